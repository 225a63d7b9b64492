#include "designer/ui/canvas/insertion/operator_list.hpp"

#include <algorithm>
#include <memory>

#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/bends.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/scene/placing.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

PopupRow rowOf(const Offer& offer, const QString& typed) {
  const PaletteEntry& entry = offer.entry;
  PopupRow row{kindIcon(kindOf(entry), entry.icon), entry.title, entry.doc};
  if (!offer.params.members().empty()) row.text += QStringLiteral(" · ") + typed.simplified();
  return row;
}

}  // namespace

OperatorList::OperatorList(Document& document, const CanvasScene& scene, const Camera& camera, PopupOpener& popups,
                           NodeInsertion& nodes, KeyboardNavigation& navigation)
    : document_(document), scene_(scene), camera_(camera), popups_(popups), nodes_(nodes), navigation_(navigation) {}

std::optional<OperatorList::Behind> OperatorList::behindSelected() const {
  const Selection& selection = document_.selection();
  const PlacedNode* const node = selection.size() == 1 ? scene_.placed().node(*selection.begin()) : nullptr;
  if (node == nullptr) return std::nullopt;
  const drawing::NodePicture& picture = *node->picture;
  const auto goesOn = [](const drawing::PortPicture& port) {
    return port.output && !port.unknown && port.mark != drawing::PortMark::Triangle;
  };
  const auto port = std::find_if(picture.ports.begin(), picture.ports.end(), goesOn);
  if (port == picture.ports.end()) return std::nullopt;
  // In one row with it.
  const QPointF at = node->rect.topRight() + QPointF(drawing::kColumnGap, drawing::kOnlyPort);
  return Behind{{picture.id, port->name, true}, at};
}

void OperatorList::openToAdd() {
  const std::optional<Behind> behind = behindSelected();
  const std::optional<PortRef> port = behind ? std::optional(behind->port) : std::nullopt;
  const QPointF alone = camera_.insertionPoint();
  const PlacedNode* const before = behind ? scene_.placed().node(behind->port.node) : nullptr;
  open(
      before == nullptr ? tr("Add: file, filter, window…")
                        : tr("After %1: where amount > 100").arg(QString::fromStdString(before->picture->fullName)),
      behind ? behind->at : alone,
      [this, palette = paletteOf(*scene_.catalog()), port](const QString& typed) {
        return offersFor(document_.topology(), palette, port, typed, Unfit::Last, recentUses_);
      },
      [this, behind, alone](const Offer& offer) {
        if (behind && offer.port) return acceptAt(offer, behind->port, behind->at, {});
        acceptAlone(offer, alone);
      });
}

void OperatorList::openToConnect(const PortRef& port, QPointF at, const std::string& instead) {
  open(
      tr("What comes here? where amount > 100"), at,
      [this, palette = paletteOf(*scene_.catalog()), port](const QString& typed) {
        return offersFor(document_.topology(), palette, port, typed);
      },
      [this, port, at, instead](const Offer& offer) { acceptAt(offer, port, at, instead); });
}

void OperatorList::open(const QString& words, QPointF at,
                        const std::function<std::vector<Offer>(const QString& typed)>& offers,
                        const std::function<void(const Offer& offer)>& accept) {
  auto found = std::make_shared<std::vector<Offer>>();  // shared by the two functions below
  popups_.openAt(at).open(
      words,
      [offers, found](const QString& typed) {
        *found = offers(typed);
        std::vector<PopupRow> rows;
        for (const Offer& offer : *found) rows.push_back(rowOf(offer, typed));
        return rows;
      },
      [accept, found](int row, const QString& /*typed*/) { accept((*found)[static_cast<std::size_t>(row)]); });
}

void OperatorList::acceptAt(const Offer& offer, const PortRef& port, QPointF at, const std::string& instead) {
  // The port that the wire comes to stands where the wire was dropped.
  const double left = port.output ? 0 : drawing::kNodeWidth;
  const Point corner = drawing::onGrid(fromQt(at) - Point{left, drawing::kOnlyPort});
  Edit edit = acceptOffer(document_.topology(), offer, port, corner);
  std::erase_if(edit.after.edges, [&](const auto& edge) { return edgeId(*edge) == instead; });
  dropLostWires(edit.after, document_.topology());
  apply(std::move(edit), offer);
}

void OperatorList::acceptAlone(const Offer& offer, QPointF at) {
  const QRectF rect = nodes_.rectAt(QString::fromStdString(offer.entry.use), at);
  apply(acceptOffer(document_.topology(), offer, std::nullopt, fromQt(rect.topLeft())), offer);
}

void OperatorList::apply(Edit edit, const Offer& offer) {
  const std::string id = *edit.selection->begin();
  document_.apply(placedClear(scene_, std::move(edit)));
  navigation_.focus(id);
  navigation_.reveal(id);
  Q_EMIT used(QString::fromStdString(offer.entry.use));
}

}  // namespace weir::designer
