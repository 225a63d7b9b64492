#include "designer/ui/canvas/insertion/mend_list.hpp"

#include <memory>

#include "designer/model/help/mends.hpp"
#include "designer/ui/canvas/scene/placing.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

MendList::MendList(Document& document, const CanvasScene& scene, PopupOpener& popups)
    : document_(document), scene_(scene), popups_(popups) {}

void MendList::connectPorts(const PortRef& from, const PortRef& to, QPointF at, const std::string& instead) {
  const topology::Topology& now = document_.topology();
  Edit connected = instead.empty() ? designer::connectPorts(now, from.end(), to.end())
                                   : reconnect(now, instead, from.end(), to.end());
  topology::Topology others = now;
  std::erase_if(others.edges, [&](const auto& edge) { return edgeId(*edge) == instead; });
  const QString why = Wiring(others, *scene_.catalog(), scene_.checked().get(), from).whyUnfit(to);
  if (why.isEmpty()) return document_.apply(std::move(connected));
  auto mends = std::make_shared<std::vector<Mend>>(  // shared by the two functions below
      mendsFor(others, *scene_.catalog(), *scene_.checked(), from, to, connected));
  popups_.openAt(at).open(
      why,
      [mends](const QString& /*typed*/) {
        std::vector<PopupRow> rows;
        for (const Mend& mend : *mends) {
          const bool last = &mend == &mends->back();
          const char* const icon = last ? "spline" : mend.between.empty() ? "lightbulb" : "columns-3";
          rows.push_back({themeIcon(QString::fromLatin1(icon)), mend.title, mend.title});
        }
        return rows;
      },
      [this, mends](int row, const QString& /*typed*/) {
        Mend mend = (*mends)[static_cast<std::size_t>(row)];
        document_.apply(mend.between.empty() ? std::move(mend.edit)
                                             : placedApart(scene_, std::move(mend.edit), mend.between));
      });
}

}  // namespace weir::designer
