#include "drawing/layered_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "drawing/layout/component.hpp"
#include "drawing/layout/free_place.hpp"
#include "drawing/measures.hpp"

namespace weir::drawing {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

double onGrid(double value) {
  return std::round(value / kGrid) * kGrid;
}

// A connected part, with where its nodes are in the whole.
struct Part {
  LayoutInput input;
  std::vector<std::size_t> nodes;
  std::vector<Point> places;
  Size size;
  Point at;

  // The middle of how far its nodes would move from where those of `wanted` stand.
  template <typename Wanted>
  std::optional<Point> shift(const Wanted& wanted) const {
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t node = 0; node < places.size(); ++node) {
      if (!input.nodes[node].present || !wanted(input.nodes[node])) continue;
      x.push_back(input.nodes[node].present->x - places[node].x);
      y.push_back(input.nodes[node].present->y - places[node].y);
    }
    if (x.empty()) return std::nullopt;
    const auto middle = static_cast<std::ptrdiff_t>(x.size() / 2);
    std::nth_element(x.begin(), x.begin() + middle, x.end());
    std::nth_element(y.begin(), y.begin() + middle, y.end());
    return Point{onGrid(x[static_cast<std::size_t>(middle)]), onGrid(y[static_cast<std::size_t>(middle)])};
  }
};

std::vector<Part> partsOf(const LayoutInput& input) {
  std::vector<std::size_t> owner(input.nodes.size());
  std::iota(owner.begin(), owner.end(), 0);
  const auto find = [&](std::size_t node) {
    while (owner[node] != node) node = owner[node] = owner[owner[node]];
    return node;
  };
  for (const LayoutEdge& edge : input.edges) {
    const auto [low, high] = std::minmax({find(edge.from), find(edge.to)});
    owner[high] = low;
  }
  std::vector<Part> parts;
  std::vector<std::size_t> partOf(input.nodes.size(), kNone);
  std::vector<std::size_t> within(input.nodes.size());
  for (std::size_t node = 0; node < input.nodes.size(); ++node) {
    const std::size_t root = find(node);
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
  for (std::size_t node = 0; node < part.places.size(); ++node) {
    part.size.width = std::max(part.size.width, part.places[node].x + part.input.nodes[node].size.width);
    part.size.height = std::max(part.size.height, part.places[node].y + part.input.nodes[node].size.height);
  }
  part.size = {std::ceil(part.size.width / kGrid) * kGrid, std::ceil(part.size.height / kGrid) * kGrid};
}

// Pinned nodes stand where they stand; those that are in their way move down.
void respectPins(const LayoutInput& input, std::vector<Point>& places) {
  layout::FreePlace free;
  std::vector<std::size_t> others;
  for (std::size_t node = 0; node < places.size(); ++node) {
    if (input.nodes[node].pinned && input.nodes[node].present) {
      places[node] = *input.nodes[node].present;
      free.take(Rect::of(places[node], input.nodes[node].size));
    } else {
      others.push_back(node);
    }
  }
  std::stable_sort(others.begin(), others.end(),
                   [&](std::size_t one, std::size_t two) { return places[one].y < places[two].y; });
  for (const std::size_t node : others) {
    places[node] = free.below(Rect::of(places[node], input.nodes[node].size));
    free.take(Rect::of(places[node], input.nodes[node].size));
  }
}

}  // namespace

std::optional<std::vector<Point>> layOut(const LayoutInput& input, const std::stop_token& stop) {
  std::vector<Part> parts = partsOf(input);
  for (Part& part : parts) {
    if (part.nodes.size() == 1) {
      part.places.emplace_back();
    } else {
      std::optional<std::vector<Point>> places = layout::layOutComponent(part.input, stop);
      if (!places) return std::nullopt;
      part.places = std::move(*places);
    }
    measure(part);
  }
  if (stop.stop_requested()) return std::nullopt;
  sortParts(parts);
  pack(parts);
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
  if (pinned) respectPins(input, out);
  return out;
}

PictureLayout layoutOf(const Picture& picture, Keep keep) {
  PictureLayout out;
  std::vector<std::size_t> indexOf(picture.nodes.size());
  std::vector<std::size_t> groupIndex(picture.groups.size(), kNone);
  const auto add = [&](const std::string& id, Size size, const Place& place) {
    out.ids.push_back(id);
    out.input.nodes.push_back({size, place.at, place.at && (place.pinned || keep == Keep::Placed)});
    return out.ids.size() - 1;
  };
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    const NodePicture& shown = *picture.nodes[node];
    const GroupPicture* const group = picture.hiding(node);
    if (group == nullptr) {
      indexOf[node] = add(shown.id, shown.size, shown.place);
      continue;
    }
    std::size_t& index = groupIndex[static_cast<std::size_t>(group - picture.groups.data())];
    if (index == kNone) index = add(group->id, {group->bounds.width, group->bounds.height}, {group->bounds.corner()});
    indexOf[node] = index;
  }
  for (const auto& wire : picture.wires) {
    const std::optional<WireEnds> ends = wireEnds(picture, *wire);
    if (!ends) continue;
    const std::size_t from = indexOf[*picture.node(wire->fromNode)];
    const std::size_t to = indexOf[*picture.node(wire->toNode)];
    const auto top = [&](std::size_t node) { return out.input.nodes[node].present.value_or(Point{}).y; };
    out.input.edges.push_back({from, to, ends->from.y - top(from), ends->to.y - top(to), wire->aside});
  }
  return out;
}

void placeMissing(topology::Topology& topology, const PictureMaker& maker) {
  const LayoutIndex index(topology.layout);
  const auto unplaced = [&](const auto& part) { return !index.place(part->id.value).at; };
  if (std::none_of(topology.nodes.begin(), topology.nodes.end(), unplaced) &&
      std::none_of(topology.topics.begin(), topology.topics.end(), unplaced)) {
    return;
  }
  const PictureLayout request = layoutOf(maker.make(topology, {}), Keep::Placed);
  const std::optional<std::vector<Point>> places = layOut(request.input);
  std::vector<std::pair<std::string, Point>> positions;
  for (std::size_t node = 0; places && node < places->size(); ++node) {
    if (!request.input.nodes[node].pinned) positions.emplace_back(request.ids[node], (*places)[node]);
  }
  setPositions(topology.layout, positions);
}

}  // namespace weir::drawing
