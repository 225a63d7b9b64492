#include "core/drawing/layout/picture_layout.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/drawing/layout/internal/beside.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

using Positions = std::vector<std::pair<std::string, Point>>;

// Where what stands for a collapsed group is, as far as the file says.
std::optional<Point> placeOf(const GroupPicture& group, const Picture& picture, const LayoutIndex& index) {
  if (const std::optional<Point> at = index.place(group.id).at) return at;
  Rect known;
  for (const std::size_t node : group.nodes) {
    if (picture.nodes[node]->place.at) known = known.united(picture.nodes[node]->rect());
  }
  return known.empty() ? std::nullopt : std::optional(known.corner());
}

// Nodes that nobody sees now: they stand in order when their group is opened.
void placeHidden(const Picture& picture, const LayoutIndex& index, Positions& positions) {
  Picture open = picture;
  for (GroupPicture& group : open.groups) group.collapsed = group.hidden = false;
  const PictureLayout request = layoutOf(open);
  for (const GroupPicture& group : picture.groups) {
    if (!group.boxed()) continue;
    const LayoutInput inside = layout::among(request.input, group.nodes);
    const std::vector<Point> places = layout::placeBeside(inside);
    const auto known = [](const LayoutNode& node) { return node.present.has_value(); };
    Point by;
    if (std::none_of(inside.nodes.begin(), inside.nodes.end(), known)) {
      const auto own =
          std::find_if(positions.begin(), positions.end(), [&](const auto& at) { return at.first == group.id; });
      const Point at = own != positions.end() ? own->second : index.place(group.id).at.value_or(Point{});
      Rect all;
      for (std::size_t node = 0; node < places.size(); ++node) {
        all = all.united(Rect::of(places[node], inside.nodes[node].size));
      }
      by = at + Point{kGroupSide, kGroupTop} - all.corner();
    }
    for (std::size_t node = 0; node < places.size(); ++node) {
      if (!inside.nodes[node].present) positions.emplace_back(request.ids[group.nodes[node]], places[node] + by);
    }
  }
}

}  // namespace

PictureLayout layoutOf(const Picture& picture) {
  PictureLayout out;
  std::vector<std::size_t> indexOf(picture.nodes.size());
  std::vector<std::size_t> groupIndex(picture.groups.size(), kNone);
  const auto add = [&](const std::string& id, Size size, const Place& place) {
    out.ids.push_back(id);
    out.input.nodes.push_back({size, place.at, place.at && place.pinned});
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
    if (shown.place.at) out.hidden.push_back({shown.id, index, *shown.place.at - group->bounds.corner()});
  }
  for (std::size_t group = 0; group < picture.groups.size(); ++group) {
    const GroupPicture* const box = picture.groups[group].collapsed ? picture.hidingGroup(group) : nullptr;
    if (box == nullptr || groupIndex[static_cast<std::size_t>(box - picture.groups.data())] == kNone) continue;
    out.hidden.push_back({picture.groups[group].id, groupIndex[static_cast<std::size_t>(box - picture.groups.data())],
                          picture.groups[group].box - box->bounds.corner()});
  }
  std::vector<std::size_t> framed(picture.groups.size(), kNoGroup);
  for (std::size_t index = 0; index < picture.groups.size(); ++index) {
    const GroupPicture& group = picture.groups[index];
    if (!group.framed()) continue;
    LayoutGroup members;
    std::set<std::size_t> seen;
    for (const std::size_t node : group.nodes) {
      if (seen.insert(indexOf[node]).second) members.nodes.push_back(indexOf[node]);
    }
    if (members.nodes.empty()) continue;
    if (group.outer != kNoGroup) members.outer = framed[group.outer];
    framed[index] = out.input.groups.size();
    out.input.groups.push_back(std::move(members));
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
  const Picture picture = maker.make(topology, {});
  PictureLayout request = layoutOf(picture);
  const bool hides =
      std::any_of(picture.groups.begin(), picture.groups.end(), [](const auto& group) { return group.collapsed; });
  for (const GroupPicture& group : picture.groups) {
    const auto id = group.boxed() ? std::find(request.ids.begin(), request.ids.end(), group.id) : request.ids.end();
    if (id == request.ids.end()) continue;
    request.input.nodes[static_cast<std::size_t>(id - request.ids.begin())].present = placeOf(group, picture, index);
  }
  const std::vector<Point> places = layout::placeBeside(request.input);
  Positions positions;
  for (std::size_t node = 0; node < places.size(); ++node) {
    if (!request.input.nodes[node].present) positions.emplace_back(request.ids[node], places[node]);
  }
  if (hides) placeHidden(picture, index, positions);
  setPositions(topology.layout, positions);
}

}  // namespace weir::drawing
