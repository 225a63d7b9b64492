#include "designer/ui/canvas/insertion/operator_list.hpp"

#include <memory>

#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

PopupRow rowOf(const PaletteEntry& entry) {
  return {kindIcon(kindOf(entry), entry.icon), entry.title, entry.doc};
}

}  // namespace

OperatorList::OperatorList(Document& document, const CanvasScene& scene, const Camera& camera, PopupOpener& popups,
                           NodeInsertion& nodes, KeyboardNavigation& navigation)
    : document_(document), scene_(scene), camera_(camera), popups_(popups), nodes_(nodes), navigation_(navigation) {}

void OperatorList::openToAdd() {
  const QPointF at = camera_.insertionPoint();
  auto found = std::make_shared<std::vector<PaletteEntry>>();  // shared by the two functions below
  const std::vector<PaletteEntry> palette = paletteOf(*scene_.catalog());
  popups_.openAt(at).open(
      tr("Add: file, filter, window…"),
      [this, palette, found](const QString& typed) {
        *found = searched(palette, typed, recentUses_);
        std::vector<PopupRow> rows;
        for (const PaletteEntry& entry : *found) rows.push_back(rowOf(entry));
        return rows;
      },
      [this, at, found](int row, const QString& /*typed*/) {
        nodes_.addNear(QString::fromStdString((*found)[static_cast<std::size_t>(row)].use), at);
        navigation_.focus(navigation_.current());
      });
}

void OperatorList::openToConnect(const PortRef& port, QPointF at, const std::string& instead) {
  auto offers = std::make_shared<std::vector<Offer>>();  // shared by the two functions below
  const std::vector<PaletteEntry> palette = paletteOf(*scene_.catalog());
  popups_.openAt(at).open(
      tr("What comes here? where amount > 100"),
      [this, port, palette, offers](const QString& typed) {
        *offers = offersFor(document_.topology(), palette, port, typed);
        std::vector<PopupRow> rows;
        for (const Offer& offer : *offers) {
          rows.push_back(rowOf(offer.entry));
          if (!offer.params.members().empty()) rows.back().text += QStringLiteral(" · ") + typed.section(' ', 1);
        }
        return rows;
      },
      [this, port, at, instead, offers](int row, const QString& /*typed*/) {
        accept((*offers)[static_cast<std::size_t>(row)], port, at, instead);
      });
}

void OperatorList::accept(const Offer& offer, const PortRef& port, QPointF at, const std::string& instead) {
  // The port that the wire comes to stands where the wire was dropped.
  const double left = port.output ? 0 : drawing::kNodeWidth;
  const Point corner = drawing::onGrid(fromQt(at) - Point{left, drawing::kOnlyPort});
  Edit edit = acceptOffer(document_.topology(), offer, port, corner);
  std::erase_if(edit.after.edges, [&](const auto& edge) { return edgeId(*edge) == instead; });
  const std::string id = edit.selection ? *edit.selection->begin() : std::string();
  document_.apply(std::move(edit));
  navigation_.focus(id);
  Q_EMIT connected(QString::fromStdString(offer.entry.use));
}

}  // namespace weir::designer
