#include "designer/ui/canvas/picture/reading_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace weir::designer {

namespace {

using Kind = ReadPart::Kind;

struct Flow {
  std::vector<std::vector<std::size_t>> wires;  // that leave each node
  std::vector<std::size_t> before;              // how many wires lead to it
};

Flow flowOf(const drawing::Picture& picture) {
  Flow flow{std::vector<std::vector<std::size_t>>(picture.nodes.size()),
            std::vector<std::size_t>(picture.nodes.size(), 0)};
  for (std::size_t wire = 0; wire < picture.wires.size(); ++wire) {
    const auto from = picture.node(picture.wires[wire]->fromNode);
    const auto to = picture.node(picture.wires[wire]->toNode);
    if (!from || !to) continue;
    flow.wires[*from].push_back(wire);
    ++flow.before[*to];
  }
  return flow;
}

// Of those that may come next, the first in the file; where nothing may, since there is a circle, the first that is
// left.
std::vector<std::size_t> topological(const drawing::Picture& picture, const Flow& flow) {
  std::vector<std::size_t> before = flow.before;
  std::vector<std::size_t> order;
  std::vector<bool> done(picture.nodes.size(), false);
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < before.size(); ++node) {
    if (before[node] == 0) ready.push(node);
  }
  std::size_t left = 0;
  while (order.size() < picture.nodes.size()) {
    if (ready.empty()) {
      while (done[left]) ++left;
      ready.push(left);
    }
    const std::size_t node = ready.top();
    ready.pop();
    if (done[node]) continue;
    done[node] = true;
    order.push_back(node);
    for (const std::size_t wire : flow.wires[node]) {
      const std::size_t to = *picture.node(picture.wires[wire]->toNode);
      if (--before[to] == 0 && !done[to]) ready.push(to);
    }
  }
  return order;
}

}  // namespace

std::vector<ReadPart> readingOrder(const drawing::Picture& picture) {
  const Flow flow = flowOf(picture);
  const std::vector<std::size_t> groupOf = picture.groupsOfNodes();
  std::vector<bool> read(picture.groups.size(), false);
  std::vector<ReadPart> out;
  const std::function<void(std::size_t)> readGroup = [&](std::size_t group) {
    if (group == drawing::kNoGroup || read[group]) return;
    read[group] = true;
    readGroup(picture.groups[group].outer);
    if (!picture.groups[group].hidden) out.push_back({Kind::Group, picture.groups[group].id});
  };
  for (const std::size_t node : topological(picture, flow)) {
    const std::size_t group = groupOf[node];
    readGroup(group);
    if (group != drawing::kNoGroup && !picture.groups[group].framed()) continue;
    out.push_back({Kind::Node, picture.nodes[node]->id});
    for (const std::size_t wire : flow.wires[node]) out.push_back({Kind::Wire, picture.wires[wire]->id});
  }
  for (const drawing::CommentPicture& comment : picture.comments) out.push_back({Kind::Comment, comment.id});
  return out;
}

}  // namespace weir::designer
