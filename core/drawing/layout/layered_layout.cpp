#include "core/drawing/layout/layered_layout.hpp"

#include <algorithm>

#include "core/drawing/layout/internal/component.hpp"
#include "core/drawing/layout/internal/parts.hpp"
#include "core/drawing/layout/internal/pins.hpp"

namespace weir::drawing {

namespace {

using layout::Part;

}  // namespace

std::vector<std::size_t> groupsOfNodes(const LayoutInput& input) {
  std::vector<std::size_t> out(input.nodes.size(), kNoGroup);
  for (std::size_t group = 0; group < input.groups.size(); ++group) {
    for (const std::size_t node : input.groups[group].nodes) out[node] = group;
  }
  return out;
}

std::optional<std::vector<Point>> layOut(const LayoutInput& input, const std::stop_token& stop) {
  std::vector<Part> parts = layout::partsOf(input);
  for (Part& part : parts) {
    if (part.nodes.size() == 1) {
      part.places.emplace_back();
    } else {
      std::optional<std::vector<Point>> places = layout::layOutComponent(part.input, stop);
      if (!places) return std::nullopt;
      part.places = std::move(*places);
    }
    layout::measure(part);
  }
  if (stop.stop_requested()) return std::nullopt;
  layout::sortParts(parts);
  layout::pack(parts);
  // All together to where they stood; a part with pinned nodes to those.
  Part all;
  for (const Part& part : parts) {
    for (std::size_t node = 0; node < part.nodes.size(); ++node) {
      all.input.nodes.push_back(part.input.nodes[node]);
      all.places.push_back(part.places[node] + part.at);
    }
  }
  const Point shift = all.shift([](const LayoutNode&) { return true; }).value_or(Point{});
  std::vector<Point> out(input.nodes.size());
  bool pinned = false;
  for (const Part& part : parts) {
    const std::optional<Point> toPins = part.shift([](const LayoutNode& node) { return node.pinned; });
    pinned = pinned || toPins.has_value();
    for (std::size_t node = 0; node < part.nodes.size(); ++node) {
      out[part.nodes[node]] = part.places[node] + (toPins ? *toPins : part.at + shift);
    }
  }
  if (pinned) layout::respectPins(input, out);
  return out;
}

}  // namespace weir::drawing
