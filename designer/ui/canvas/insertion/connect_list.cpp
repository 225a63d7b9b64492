#include "designer/ui/canvas/insertion/connect_list.hpp"

#include <algorithm>

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

ConnectList::ConnectList(Document& document, const CanvasScene& scene, PopupOpener& popups,
                         const KeyboardNavigation& navigation)
    : document_(document), scene_(scene), popups_(popups), navigation_(navigation) {}

void ConnectList::open() {
  std::string id = navigation_.current();
  if (id.empty() && document_.selection().size() == 1) id = *document_.selection().begin();
  const PlacedNode* const from = scene_.placed().node(id);
  if (from == nullptr) return;
  auto shown = std::make_shared<std::vector<Target>>();  // shared by the two functions below
  popups_.openAt(from->rect.topRight() + QPointF(space::kMedium, 0))
      .open(
          tr("Connect with…"),
          [targets = targetsOf(*from), shown](const QString& typed) {
            shown->clear();
            std::vector<PopupRow> rows;
            for (const Target& target : targets) {
              if (!hasWords(target.row.text, typed)) continue;
              shown->push_back(target);
              rows.push_back(target.row);
            }
            return rows;
          },
          [this, shown](int row, const QString& /*typed*/) {
            const Target& target = (*shown)[static_cast<std::size_t>(row)];
            document_.apply(connectPorts(document_.topology(), target.from.end(), target.to.end()));
          });
}

std::vector<ConnectList::Target> ConnectList::targetsOf(const PlacedNode& from) const {
  std::vector<Target> targets;
  for (const drawing::PortPicture& output : from.picture->ports) {
    if (output.output) collectTargets(from, output, targets);
  }
  std::stable_sort(targets.begin(), targets.end(), [](const Target& one, const Target& other) {
    return std::pair(one.taken, one.away) < std::pair(other.taken, other.away);
  });
  return targets;
}

void ConnectList::collectTargets(const PlacedNode& from, const drawing::PortPicture& output,
                                 std::vector<Target>& targets) const {
  const PortRef start{from.picture->id, output.name, true};
  const Wiring wiring(document_.topology(), *scene_.catalog(), start);
  for (const int number : scene_.placed().nodes()) {
    const PlacedNode& node = scene_.placed().node(number);
    for (const drawing::PortPicture& input : node.picture->ports) {
      const PortRef end{node.picture->id, input.name, false};
      if (input.output || !wiring.whyNot(end).isEmpty()) continue;
      QString text = QString::fromStdString(node.picture->fullName);
      if (hasSeveral(*node.picture, false)) text += QStringLiteral(" · ") + QString::fromStdString(input.name);
      if (hasSeveral(*from.picture, true)) text = QString::fromStdString(output.name) + QStringLiteral(" → ") + text;
      const QIcon icon = kindIcon(node.picture->kind, QString::fromStdString(node.picture->icon));
      targets.push_back({start,
                         end,
                         {icon, text, QString::fromStdString(node.picture->words[0])},
                         input.connected,
                         (node.rect.center() - from.rect.center()).manhattanLength()});
    }
  }
}

}  // namespace weir::designer
