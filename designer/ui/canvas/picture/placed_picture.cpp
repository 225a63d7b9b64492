#include "designer/ui/canvas/picture/placed_picture.hpp"

#include <QPolygonF>
#include <algorithm>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/changes.hpp"
#include "designer/ui/canvas/picture/hiding_groups.hpp"
#include "designer/ui/canvas/picture/numbering.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

void PlacedPicture::become(drawing::Picture next) {
  // Kept until all is placed: the places point into it.
  const drawing::Picture before = std::exchange(picture_, std::move(next));
  moved_.clear();
  changed_.clear();
  becomeNodes();
  moveBorders(before);
  becomeWires();
  const std::vector<QRectF> frames = changedFrames(before, picture_);
  changed_.insert(changed_.end(), frames.begin(), frames.end());
}

void PlacedPicture::follow(const drawing::PictureMaker& maker,
                           const std::shared_ptr<const topology::Topology>& topology,
                           const topology::Problems& problems) {
  become(maker.makeOutOf(picture_, topology, problems));
}

// Wires end elsewhere at a collapsed group whose ports are others.
void PlacedPicture::moveBorders(const drawing::Picture& before) {
  for (std::size_t index = 0; index < picture_.groups.size(); ++index) {
    const drawing::GroupPicture& group = picture_.groups[index];
    if (!group.boxed()) continue;
    const drawing::GroupPicture* const old = index < before.groups.size() ? &before.groups[index] : nullptr;
    if (old != nullptr && old->id == group.id && old->ports == group.ports) continue;
    for (const std::size_t node : group.nodes) moved_.push_back(nodeOrder_[node]);
  }
}

void PlacedPicture::becomeNodes() {
  std::vector<int> order = Numbering::of(picture_.nodes, nodeOrder_, nodes_, freeNodes_, nodeNumbers_);
  for (const int number : Numbering::gone(nodeOrder_, order)) removeNode(number);
  const std::vector<int> groups = hidingGroups(picture_);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const PlacedNode& node = nodes_[static_cast<std::size_t>(order[i])];
    const drawing::NodePicture& picture = *picture_.nodes[i];
    const int group = groups.empty() ? -1 : groups[i];
    if (node.picture != &picture || node.hidingGroup != group || group >= 0) placeNode(order[i], picture, group);
    nodes_[static_cast<std::size_t>(order[i])].position = i;
  }
  nodeOrder_ = std::move(order);
}

void PlacedPicture::placeNode(int number, const drawing::NodePicture& picture, int hidingGroup) {
  PlacedNode& node = nodes_[static_cast<std::size_t>(number)];
  const QRectF rect = toQt(picture.rect());
  const QRectF box = hidingGroup < 0 ? QRectF() : toQt(picture_.groups[static_cast<std::size_t>(hidingGroup)].bounds);
  const bool fresh = node.picture == nullptr;
  if (fresh || !sameLooks(*node.picture, picture)) node.looks = ++looks_;
  if (fresh || node.rect != rect || node.hidingBox != box || node.hidingGroup != hidingGroup ||
      node.picture->ports != picture.ports) {
    moved_.push_back(number);
  }
  if (node.picture != &picture || node.hidingGroup != hidingGroup) {
    if (!fresh) changed_.push_back(node.rect);
    changed_.push_back(rect);
  }
  if (fresh || node.rect != rect) {
    if (!fresh) nodeGrid_.remove(number, fromQt(node.rect));
    nodeGrid_.insert(number, picture.rect());
  }
  if (node.picture != &picture) ++placed_;
  node.picture = &picture;
  node.rect = rect;
  node.hidingBox = box;
  node.hidingGroup = hidingGroup;
}

void PlacedPicture::removeNode(int number) {
  PlacedNode& node = nodes_[static_cast<std::size_t>(number)];
  changed_.push_back(node.rect);
  nodeGrid_.remove(number, fromQt(node.rect));
  nodeNumbers_.erase(node.picture->id);
  node = {};
  freeNodes_.push_back(number);
  if (static_cast<std::size_t>(number) < nodeRoom_) router_.setNode(static_cast<std::size_t>(number), {});
}

// The router knows a fixed number of nodes and wires: gives it more than there are, so that a few more of them do not
// make it route everything again.
void PlacedPicture::makeRoom() {
  const bool enough = nodes_.size() <= nodeRoom_ && wires_.size() <= wireRoom_ && picture_.groups.size() <= groupRoom_;
  if (enough) return;
  constexpr std::size_t kMore = 256;
  nodeRoom_ = nodes_.size() + nodes_.size() / 4 + kMore;
  wireRoom_ = wires_.size() + wires_.size() / 4 + kMore;
  groupRoom_ = picture_.groups.size() + kMore;
  drawing::WireRequest hidden;
  hidden.hidden = true;
  std::vector<drawing::WireRequest> requests(wireRoom_, hidden);
  for (std::size_t number = 0; number < wires_.size(); ++number) {
    if (wires_[number].picture != nullptr) requests[number] = requestOf(wires_[number]);
  }
  std::vector<drawing::Rect> rects(nodeRoom_ + groupRoom_);
  for (std::size_t number = 0; number < nodes_.size(); ++number) {
    if (nodes_[number].picture != nullptr && !nodes_[number].hidden()) rects[number] = fromQt(nodes_[number].rect);
  }
  router_.setNodes(std::move(rects));
  router_.setWires(std::move(requests));
  // It tells those that have a way from now on.
  for (std::size_t number = 0; number < wires_.size(); ++number) placeWire(static_cast<int>(number));
}

void PlacedPicture::becomeWires() {
  std::vector<int> order = Numbering::of(picture_.wires, wireOrder_, wires_, freeWires_, wireNumbers_);
  for (const int number : Numbering::gone(wireOrder_, order)) removeWire(number);
  std::vector<int> asked;
  for (std::size_t i = 0; i < order.size(); ++i) {
    PlacedWire& wire = wires_[static_cast<std::size_t>(order[i])];
    wire.position = i;
    if (wire.picture == &*picture_.wires[i]) continue;
    linkWire(order[i], *picture_.wires[i]);
    if (!wire.bounds.isNull()) changed_.push_back(wire.bounds);
    asked.push_back(order[i]);
  }
  wireOrder_ = std::move(order);
  makeRoom();
  for (const int number : moved_) {
    const PlacedNode& moved = node(number);
    router_.setNode(static_cast<std::size_t>(number), moved.hidden() ? drawing::Rect{} : fromQt(moved.rect));
    asked.insert(asked.end(), moved.wires.begin(), moved.wires.end());
  }
  for (std::size_t group = 0; group < groupRoom_; ++group) {
    const bool box = group < picture_.groups.size() && picture_.groups[group].boxed();
    router_.setNode(nodeRoom_ + group, box ? picture_.groups[group].bounds : drawing::Rect{});
  }
  for (const int number : asked) router_.setWire(static_cast<std::size_t>(number), requestOf(wire(number)));
  for (const std::size_t number : router_.update()) placeWire(static_cast<int>(number));
}

void PlacedPicture::linkWire(int number, const drawing::WirePicture& picture) {
  PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
  const auto numberOf = [&](const std::string& id) {
    const auto found = nodeNumbers_.find(id);
    return found == nodeNumbers_.end() ? -1 : found->second;
  };
  for (const int end : {wire.from, wire.to}) {
    if (end >= 0) std::erase(nodes_[static_cast<std::size_t>(end)].wires, number);
  }
  wire.picture = &picture;
  wire.from = numberOf(picture.fromNode);
  wire.to = numberOf(picture.toNode);
  if (wire.from >= 0) nodes_[static_cast<std::size_t>(wire.from)].wires.push_back(number);
  if (wire.to >= 0 && wire.to != wire.from) nodes_[static_cast<std::size_t>(wire.to)].wires.push_back(number);
  ++placed_;
}

void PlacedPicture::placeWire(int number) {
  PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
  forgetBounds(number);
  wire.route.clear();
  for (const drawing::Point point : router_.path(static_cast<std::size_t>(number))) wire.route.push_back(toQt(point));
  wire.bounds = QRectF();
  if (wire.picture == nullptr || wire.route.empty()) return;
  const double margin = wire::kHitWidth;
  const QPolygonF points(QList<QPointF>(wire.route.begin(), wire.route.end()));
  wire.bounds = points.boundingRect().adjusted(-margin, -margin, margin, margin);
  wireGrid_.insert(number, fromQt(wire.bounds));
  changed_.push_back(wire.bounds);
}

void PlacedPicture::forgetBounds(int number) {
  const QRectF& bounds = wire(number).bounds;
  if (bounds.isNull()) return;
  wireGrid_.remove(number, fromQt(bounds));
  changed_.push_back(bounds);
}

void PlacedPicture::removeWire(int number) {
  PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
  for (const int end : {wire.from, wire.to}) {
    if (end >= 0) std::erase(nodes_[static_cast<std::size_t>(end)].wires, number);
  }
  forgetBounds(number);
  wireNumbers_.erase(wire.picture->id);
  wire = {};
  freeWires_.push_back(number);
  drawing::WireRequest hidden;
  hidden.hidden = true;
  if (static_cast<std::size_t>(number) < wireRoom_) router_.setWire(static_cast<std::size_t>(number), hidden);
}

drawing::WireRequest PlacedPicture::requestOf(const PlacedWire& wire) const {
  constexpr std::size_t kMostPorts = 1024;
  drawing::WireRequest request;
  request.hidden = true;
  if (wire.picture->dangling || wire.from < 0 || wire.to < 0) return request;
  const PlacedNode& from = node(wire.from);
  const PlacedNode& to = node(wire.to);
  if (from.hidden() && from.hidingGroup == to.hidingGroup) return request;
  const drawing::PortPicture* const out = from.picture->port(wire.picture->fromPort, true);
  const drawing::PortPicture* const in = to.picture->port(wire.picture->toPort, false);
  if (out == nullptr || in == nullptr) return request;
  request.hidden = wire.picture->layout.link;
  request.bends = wire.picture->layout.bends;
  const auto routedAs = [&](const PlacedNode& end, int number) {
    return end.hidden() ? nodeRoom_ + static_cast<std::size_t>(end.hidingGroup) : static_cast<std::size_t>(number);
  };
  request.fromNode = routedAs(from, wire.from);
  request.toNode = routedAs(to, wire.to);
  request.source =
      static_cast<std::size_t>(wire.from) * kMostPorts + static_cast<std::size_t>(out - from.picture->ports.data());
  request.from = from.picture->portPoint(*out);
  request.to = to.picture->portPoint(*in);
  if (from.hidden()) request.from = borderPoint(from, wire.picture->fromPort, true);
  if (to.hidden()) request.to = borderPoint(to, wire.picture->toPort, false);
  return request;
}

drawing::Point PlacedPicture::borderPoint(const PlacedNode& hidden, std::string_view port, bool output) const {
  const drawing::GroupPicture& group = picture_.groups[static_cast<std::size_t>(hidden.hidingGroup)];
  return group.portPoint(group.port(hidden.position, port, output), output);
}

const PlacedNode* PlacedPicture::node(std::string_view id) const {
  const auto found = nodeNumbers_.find(std::string(id));
  return found == nodeNumbers_.end() ? nullptr : &node(found->second);
}

const PlacedWire* PlacedPicture::wire(std::string_view id) const {
  const auto found = wireNumbers_.find(std::string(id));
  return found == wireNumbers_.end() ? nullptr : &wire(found->second);
}

std::vector<int> PlacedPicture::nodesIn(const QRectF& rect) const {
  std::vector<int> found = nodeGrid_.near(fromQt(rect));
  std::erase_if(found, [&](int number) { return node(number).hidden() || !node(number).rect.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return node(a).position < node(b).position; });
  return found;
}

std::vector<int> PlacedPicture::wiresIn(const QRectF& rect) const {
  std::vector<int> found = wireGrid_.near(fromQt(rect));
  std::erase_if(found, [&](int number) { return !wire(number).bounds.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return wire(a).position < wire(b).position; });
  return found;
}

QRectF PlacedPicture::bounds() const {
  return toQt(picture_.bounds());
}

QPointF PlacedPicture::pointOf(const PortRef& port) const {
  const PlacedNode* const found = node(port.node);
  if (found == nullptr) return {};
  if (found->hidden()) return toQt(borderPoint(*found, port.port, port.output));
  const drawing::PortPicture* const picture = found->picture->port(port.port, port.output);
  return picture == nullptr ? found->rect.center() : toQt(found->picture->portPoint(*picture));
}

Route PlacedPicture::wholeRoute(const PlacedWire& wire) const {
  Route route;
  if (linkTag(*this, wire, true) == nullptr) return route;
  drawing::WireRequest request = requestOf(wire);
  request.hidden = false;
  for (const drawing::Point point : router_.pathOf(request)) route.push_back(toQt(point));
  return route;
}

std::optional<QRectF> PlacedPicture::rectOf(std::string_view id) const {
  if (const PlacedNode* const found = node(id)) return found->hidden() ? found->hidingBox : found->rect;
  if (const std::size_t group = picture_.group(id); group != drawing::kNoGroup) {
    const drawing::GroupPicture* const box = picture_.hidingGroup(group);
    return toQt((box != nullptr ? *box : picture_.groups[group]).bounds);
  }
  for (const drawing::CommentPicture& comment : picture_.comments) {
    if (comment.id == id) return toQt(comment.bounds);
  }
  if (const PlacedWire* const found = wire(id)) {
    if (!found->route.empty()) return found->bounds;
    if (const drawing::LinkTag* const tag = linkTag(*this, *found, true)) return toQt(tag->bounds);
  }
  return std::nullopt;
}

}  // namespace weir::designer
