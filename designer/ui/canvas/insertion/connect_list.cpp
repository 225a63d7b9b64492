#include "designer/ui/canvas/insertion/connect_list.hpp"

#include <algorithm>
#include <tuple>

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

bool hasSeveral(const drawing::NodePicture& node, bool outputs) {
  return std::count_if(node.ports.begin(), node.ports.end(),
                       [&](const drawing::PortPicture& port) { return port.output == outputs; }) > 1;
}

bool hasWords(const QString& text, const QString& typed) {
  const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  return std::all_of(words.begin(), words.end(),
                     [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

}  // namespace

ConnectList::ConnectList(const CanvasScene& scene, PopupOpener& popups, const KeyboardNavigation& navigation,
                         MendList& mends)
    : scene_(scene), popups_(popups), navigation_(navigation), mends_(mends) {}

void ConnectList::open() {
  const PlacedNode* const node = scene_.placed().node(navigation_.at());
  if (node == nullptr) return;
  const QPointF at = node->rect.topRight() + QPointF(space::kMedium, 0);
  auto shown = std::make_shared<std::vector<Target>>();  // shared by the two functions below
  popups_.openAt(at).open(
      tr("Connect %1 with…").arg(QString::fromStdString(node->picture->fullName)),
      [targets = targetsOf(*node), shown](const QString& typed) {
        shown->clear();
        std::vector<PopupRow> rows;
        for (const Target& target : targets) {
          if (!hasWords(target.row.text, typed)) continue;
          shown->push_back(target);
          rows.push_back(target.row);
        }
        return rows;
      },
      [this, shown, at](int row, const QString& /*typed*/) {
        const Target& target = (*shown)[static_cast<std::size_t>(row)];
        mends_.connectPorts(target.from, target.to, at, {});
      });
}

std::vector<ConnectList::Target> ConnectList::targetsOf(const PlacedNode& node) const {
  std::vector<Target> targets;
  for (const drawing::PortPicture& port : node.picture->ports) collectTargets(node, port, targets);
  const auto rank = [](const Target& target) {
    return std::tuple(target.unfit, target.taken, target.back, target.away);
  };
  std::stable_sort(targets.begin(), targets.end(),
                   [&](const Target& one, const Target& other) { return rank(one) < rank(other); });
  return targets;
}

void ConnectList::collectTargets(const PlacedNode& node, const drawing::PortPicture& port,
                                 std::vector<Target>& targets) const {
  const PortRef own{node.picture->id, port.name, port.output};
  const Wiring wiring(*scene_.snapshot(), *scene_.catalog(), scene_.checked().get(), own);
  const QString ownName = hasSeveral(*node.picture, port.output) ? QString::fromStdString(port.name) + u' ' : QString();
  for (const int number : scene_.placed().nodes()) {
    const PlacedNode& other = scene_.placed().node(number);
    for (const drawing::PortPicture& end : other.picture->ports) {
      const PortRef ref{other.picture->id, end.name, end.output};
      if (end.output == port.output || !wiring.whyNot(ref).isEmpty()) continue;
      const QString unfit = wiring.whyUnfit(ref);
      QString text = ownName + (port.output ? u'→' : u'←') + u' ' + QString::fromStdString(other.picture->fullName);
      if (hasSeveral(*other.picture, end.output)) text += QStringLiteral(" · ") + QString::fromStdString(end.name);
      const QIcon icon = kindIcon(other.picture->kind, QString::fromStdString(other.picture->icon));
      const QString detail = unfit.isEmpty() ? QString::fromStdString(other.picture->words[0]) : unfit;
      if (!unfit.isEmpty()) text += QStringLiteral(" · ") + tr("other columns");
      const bool taken = port.output ? end.connected : port.connected;  // an output may lead to many
      targets.push_back({port.output ? own : ref,
                         port.output ? ref : own,
                         {icon, text, detail},
                         !unfit.isEmpty(),
                         taken,
                         !port.output,
                         (other.rect.center() - node.rect.center()).manhattanLength()});
    }
  }
}

}  // namespace weir::designer
