#include "designer/ui/panels/panel/selection_words.hpp"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <set>

#include "core/drawing/picture/layout_block.hpp"
#include "core/drawing/picture/picture.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(SelectionWords)
};

bool isGroup(const topology::Topology& topology, const std::string& id) {
  return std::any_of(topology.groups.begin(), topology.groups.end(),
                     [&](const auto& group) { return group->id.value == id; });
}

SelectionWords wordsOfOne(const topology::Topology& topology, const std::string& id) {
  if (topology.node(id) != nullptr || topology.topic(id) != nullptr || isGroup(topology, id))
    return {id, {}, {}, {}, {}, {}};
  if (drawing::isCommentId(id))
    return {{}, Words::tr("Comment"), {}, Words::tr("Double-click it on the canvas to write."), {}, {}};
  return {{}, Words::tr("Wire"), QString::fromStdString(id).replace("->", "→"), {}, id, {}};
}

}  // namespace

SelectionWords selectionWords(const topology::Topology& topology, const catalog::Catalog& catalog,
                              const Selection& selection) {
  if (selection.empty()) return {{}, Words::tr("Topology"), {}, {}, {}, {}};
  if (selection.size() == 1) return wordsOfOne(topology, *selection.begin());
  int nodes = 0;
  int topics = 0;
  int others = 0;
  std::set<std::string> uses;
  std::vector<std::string> several;
  for (const std::string& id : selection) {
    const topology::Node* const node = topology.node(id);
    const bool topic = topology.topic(id) != nullptr;
    nodes += node != nullptr ? 1 : 0;
    topics += topic ? 1 : 0;
    others += node == nullptr && !topic ? 1 : 0;
    if (node != nullptr) uses.insert(node->use.value);
    if (node != nullptr || topic) several.push_back(id);
  }
  SelectionWords words;
  words.several = std::move(several);
  QStringList counts;
  // One node with its wires is still that node's business.
  if (nodes > 0) counts.append(nodes == 1 ? Words::tr("1 node") : Words::tr("%1 nodes").arg(nodes));
  if (topics > 0) counts.append(topics == 1 ? Words::tr("1 topic") : Words::tr("%1 topics").arg(topics));
  if (others > 0 && nodes + topics == 0)
    counts.append(others == 1 ? Words::tr("1 part") : Words::tr("%1 parts").arg(others));
  words.title = Words::tr("%1 selected").arg(counts.join(QStringLiteral(", ")));
  const catalog::OperatorSpec* const spec = uses.size() == 1 ? catalog.find(*uses.begin()) : nullptr;
  if (uses.size() == 1 && topics == 0) {
    const QString use = QString::fromStdString(*uses.begin());
    words.subtitle = spec == nullptr ? Words::tr("All use %1").arg(use)
                                     : Words::tr("All are %1 · %2").arg(QString::fromStdString(spec->title), use);
  }
  if (words.several.empty()) words.hint = Words::tr("Select one to see its settings.");
  return words;
}

QString shownName(const topology::Topology& topology, const std::string& id) {
  std::string name;
  if (const topology::Node* const node = topology.node(id)) name = node->name.value;
  if (const topology::Topic* const topic = topology.topic(id)) {
    const json::Value* const given = topic->settings.find("topic");
    if (given != nullptr && given->isText()) name = given->asText();
  }
  return QString::fromStdString(name.empty() ? drawing::nameFromId(id) : name);
}

}  // namespace weir::designer
