#include "core/drawing/layout/internal/parts.hpp"

#include <cmath>

#include "core/drawing/layout/internal/union.hpp"
#include "core/drawing/picture/picture.hpp"

namespace weir::drawing::layout {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

}  // namespace

std::vector<Part> partsOf(const LayoutInput& input) {
  Union connected(input.nodes.size());
  for (const LayoutEdge& edge : input.edges) connected.join(edge.from, edge.to);
  for (const LayoutGroup& group : input.groups) {
    for (const std::size_t node : group.nodes) connected.join(group.nodes.front(), node);
  }
  std::vector<Part> parts;
  std::vector<std::size_t> partOf(input.nodes.size(), kNone);
  std::vector<std::size_t> within(input.nodes.size());
  for (std::size_t node = 0; node < input.nodes.size(); ++node) {
    const std::size_t root = connected.first(node);
    if (root == node) {
      partOf[node] = parts.size();
      parts.emplace_back();
    }
    Part& part = parts[partOf[node] = partOf[root]];
    within[node] = part.nodes.size();
    part.nodes.push_back(node);
    part.input.nodes.push_back(input.nodes[node]);
  }
  for (LayoutEdge edge : input.edges) {
    if (edge.from == edge.to) continue;
    Part& part = parts[partOf[edge.from]];
    edge.from = within[edge.from];
    edge.to = within[edge.to];
    part.input.edges.push_back(edge);
  }
  std::vector<std::size_t> groupWithin(input.groups.size(), kNoGroup);
  for (std::size_t index = 0; index < input.groups.size(); ++index) {
    const LayoutGroup& group = input.groups[index];
    if (group.nodes.empty()) continue;
    std::vector<LayoutGroup>& groups = parts[partOf[group.nodes.front()]].input.groups;
    groupWithin[index] = groups.size();
    LayoutGroup& own = groups.emplace_back();
    for (const std::size_t node : group.nodes) own.nodes.push_back(within[node]);
    if (group.outer != kNoGroup) own.outer = groupWithin[group.outer];
  }
  return parts;
}

// Parts in rows, as a text is set: about as wide as a screen is to its height, and no narrower than the widest.
void pack(std::vector<Part>& parts) {
  constexpr double kShape = 1.6;
  double area = 0;
  double widest = 0;
  for (const Part& part : parts) {
    area += (part.size.width + kColumnGap) * (part.size.height + kRowGap);
    widest = std::max(widest, part.size.width);
  }
  const double limit = std::max(widest, std::sqrt(area * kShape));
  Point next;
  double rowHeight = 0;
  for (Part& part : parts) {
    if (next.x > 0 && next.x + part.size.width > limit) next = {0, next.y + rowHeight};
    if (next.x == 0) rowHeight = 0;
    part.at = next;
    next.x += part.size.width + kColumnGap;
    rowHeight = std::max(rowHeight, part.size.height + kRowGap);
  }
}

// Large parts first, and those of a size in the order of their first nodes; known ones in the order in which they
// stand.
void sortParts(std::vector<Part>& parts) {
  const auto standing = [](const Part& part) {
    double y = 0;
    std::size_t count = 0;
    for (const LayoutNode& node : part.input.nodes) {
      if (!node.present) continue;
      y = count == 0 ? node.present->y : std::min(y, node.present->y);
      ++count;
    }
    return count * 2 > part.nodes.size() ? std::optional(y) : std::nullopt;
  };
  const auto loose = [](const Part& part) { return part.nodes.size() == 1; };
  std::stable_sort(parts.begin(), parts.end(), [&](const Part& one, const Part& two) {
    if (loose(one) != loose(two)) return loose(two);
    const auto yOne = standing(one);
    const auto yTwo = standing(two);
    if (yOne.has_value() != yTwo.has_value()) return yOne.has_value();
    if (yOne && *yOne != *yTwo) return *yOne < *yTwo;
    return one.nodes.size() > two.nodes.size();
  });
}

void measure(Part& part) {
  Rect all;
  for (std::size_t node = 0; node < part.places.size(); ++node) {
    all = all.united(Rect::of(part.places[node], part.input.nodes[node].size));
  }
  for (const Rect& frame : framesOf(part.input, part.places)) all = all.united(frame);
  for (Point& place : part.places) place = place - all.corner();
  part.size = {onGridFrom(all.width), onGridFrom(all.height)};
}

std::vector<Rect> framesOf(const LayoutInput& input, const std::vector<Point>& places) {
  std::vector<Rect> frames(input.groups.size());
  if (frames.empty()) return frames;
  const std::vector<std::size_t> groups = groupsOfNodes(input);
  for (std::size_t node = 0; node < places.size(); ++node) {
    if (groups[node] == kNoGroup) continue;
    Rect& inside = frames[groups[node]];
    inside = inside.united(Rect::of(places[node], input.nodes[node].size));
  }
  for (std::size_t group = frames.size(); group-- > 0;) {
    frames[group] = frameAround(frames[group]);
    const std::size_t outer = input.groups[group].outer;
    if (outer != kNoGroup) frames[outer] = frames[outer].united(frames[group]);
  }
  return frames;
}

}  // namespace weir::drawing::layout
