#include "core/drawing/picture/picture.hpp"

#include <algorithm>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/internal/picture_memory.hpp"

namespace weir::drawing {

const PortPicture* NodePicture::port(std::string_view portName, bool output) const {
  for (const PortPicture& port : ports) {
    if (port.output == output && port.name == portName) return &port;
  }
  return nullptr;
}

Point NodePicture::portPoint(const PortPicture& port) const {
  return at() + Point{port.output ? size.width : 0, port.offset};
}

const BorderPort* GroupPicture::port(std::size_t node, std::string_view name, bool output) const {
  for (const BorderPort& port : ports) {
    if (port.node == node && port.output == output && port.name == name) return &port;
  }
  return nullptr;
}

Point GroupPicture::portPoint(const BorderPort* port, bool output) const {
  return bounds.corner() + Point{output ? bounds.width : 0, port == nullptr ? kOnlyPort : port->offset};
}

Rect LinkTag::area() const {
  Rect out = bounds;
  for (const Point& point : stub) out = out.united({point.x, point.y - kGrid / 2, 1, kGrid});
  return out;
}

std::optional<std::size_t> Picture::node(std::string_view id) const {
  if (memory == nullptr) return std::nullopt;
  const auto found = memory->index->find(id);
  return found == memory->index->end() ? std::nullopt : std::optional(found->second);
}

std::size_t Picture::group(std::string_view id) const {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const GroupPicture& group) { return group.id == id; });
  return found == groups.end() ? kNoGroup : static_cast<std::size_t>(found - groups.begin());
}

std::vector<std::size_t> Picture::groupsOfNodes() const {
  std::vector<std::size_t> out(nodes.size(), kNoGroup);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::size_t node : groups[group].nodes) out[node] = group;
  }
  return out;
}

bool Picture::within(std::size_t group, std::size_t other) const {
  while (group != kNoGroup && group != other) group = groups[group].outer;
  return group == other;
}

const GroupPicture* Picture::hiding(std::size_t node) const {
  for (const GroupPicture& group : groups) {
    if (!group.boxed()) continue;
    if (std::find(group.nodes.begin(), group.nodes.end(), node) != group.nodes.end()) return &group;
  }
  return nullptr;
}

const GroupPicture* Picture::hidingGroup(std::size_t group) const {
  if (!groups[group].hidden) return nullptr;
  std::size_t outer = groups[group].outer;
  while (groups[outer].hidden) outer = groups[outer].outer;
  return &groups[outer];
}

Rect Picture::bounds() const {
  Rect out;
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    if (hiding(index) == nullptr) out = out.united(nodes[index]->rect());
  }
  for (const GroupPicture& group : groups) out = out.united(group.bounds);
  for (const CommentPicture& comment : comments) out = out.united(comment.bounds);
  for (const LinkTag& link : links) out = out.united(link.bounds);
  if (memory == nullptr) return out;
  for (const auto& [id, wire] : *memory->wireLayouts) {
    if (wire.link) continue;
    for (const Point& bend : wire.bends) out = out.united(Rect{bend.x, bend.y, 0, 0}.grown(kWireWidth));
  }
  return out;
}

std::optional<WireEnds> wireEnds(const Picture& picture, const WirePicture& wire) {
  if (wire.dangling) return std::nullopt;
  const auto fromNode = picture.node(wire.fromNode);
  const auto toNode = picture.node(wire.toNode);
  if (!fromNode || !toNode) return std::nullopt;
  const NodePicture& from = *picture.nodes[*fromNode];
  const NodePicture& to = *picture.nodes[*toNode];
  const PortPicture* const out = from.port(wire.fromPort, true);
  const PortPicture* const in = to.port(wire.toPort, false);
  if (out == nullptr || in == nullptr) return std::nullopt;
  WireEnds ends{from.portPoint(*out), to.portPoint(*in)};
  const GroupPicture* const fromGroup = picture.hiding(*fromNode);
  const GroupPicture* const toGroup = picture.hiding(*toNode);
  if (fromGroup != nullptr && fromGroup == toGroup) return std::nullopt;
  if (fromGroup != nullptr) ends.from = fromGroup->portPoint(fromGroup->port(*fromNode, wire.fromPort, true), true);
  if (toGroup != nullptr) ends.to = toGroup->portPoint(toGroup->port(*toNode, wire.toPort, false), false);
  return ends;
}

Rect frameAround(const Rect& inside) {
  return {inside.x - kGroupSide, inside.y - kGroupTop, inside.width + 2 * kGroupSide,
          inside.height + kGroupTop + kGroupBottom};
}

}  // namespace weir::drawing
