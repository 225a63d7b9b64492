#include "ui/canvas/picture/placed_picture.hpp"

#include <algorithm>

#include "drawing/measures.hpp"
#include "ui/canvas/picture/qt_geometry.hpp"
#include "ui/theme/tokens.h"

namespace weir::designer {

namespace {

// The numbers for the parts of the next picture, in its order: those that they had, else fresh ones.
class Numbering {
 public:
  template <typename Part, typename Placed>
  static std::vector<int> of(const std::vector<Part>& parts, const std::vector<int>& order,
                             std::vector<Placed>& places, std::vector<int>& free,
                             std::unordered_map<std::string, int>& numbers) {
    std::vector<int> out;
    out.reserve(parts.size());
    std::size_t shift = 0;  // wraps around for negative ones
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::size_t guess = i + shift;
      if (guess < order.size()) {
        const auto* const there = places[static_cast<std::size_t>(order[guess])].picture;
        if (there == &*parts[i] || there->id == parts[i]->id) {
          out.push_back(order[guess]);
          continue;
        }
      }
      const auto [found, fresh] = numbers.emplace(parts[i]->id, -1);
      if (fresh) {
        found->second = take(places, free);
      } else {
        shift = places[static_cast<std::size_t>(found->second)].position - i;
      }
      out.push_back(found->second);
    }
    return out;
  }

 private:
  template <typename Placed>
  static int take(std::vector<Placed>& places, std::vector<int>& free) {
    if (free.empty()) {
      places.emplace_back();
      return static_cast<int>(places.size()) - 1;
    }
    const int number = free.back();
    free.pop_back();
    return number;
  }
};

// Those of `before` that are not in `after`.
std::vector<int> gone(const std::vector<int>& before, const std::vector<int>& after) {
  if (before == after) return {};
  std::vector<int> old = before;
  std::vector<int> now = after;
  std::sort(old.begin(), old.end());
  std::sort(now.begin(), now.end());
  std::vector<int> out;
  std::set_difference(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(out));
  return out;
}

bool sameLooks(const drawing::NodePicture& one, const drawing::NodePicture& other) {
  return one.name == other.name && one.words == other.words && one.size == other.size && one.kind == other.kind &&
         one.badge == other.badge && one.icon == other.icon;
}

}  // namespace

void PlacedPicture::become(drawing::Picture next) {
  // Kept until all is placed: the places point into it.
  const drawing::Picture before = std::exchange(picture_, std::move(next));
  moved_.clear();
  becomeNodes();
  becomeWires();
}

std::vector<QRectF> PlacedPicture::hidingBoxes() const {
  std::vector<QRectF> out;
  for (const drawing::GroupPicture& group : picture_.groups) {
    if (!group.collapsed) continue;
    out.resize(picture_.nodes.size());
    for (const std::size_t index : group.nodes) out[index] = toQt(group.bounds);
  }
  return out;
}

void PlacedPicture::becomeNodes() {
  std::vector<int> order = Numbering::of(picture_.nodes, nodeOrder_, nodes_, freeNodes_, nodeNumbers_);
  for (const int number : gone(nodeOrder_, order)) removeNode(number);
  const std::vector<QRectF> boxes = hidingBoxes();
  for (std::size_t i = 0; i < order.size(); ++i) {
    PlacedNode& node = nodes_[static_cast<std::size_t>(order[i])];
    const drawing::NodePicture& picture = *picture_.nodes[i];
    const QRectF box = boxes.empty() ? QRectF() : boxes[i];
    if (node.picture != &picture || node.hidingBox != box) placeNode(order[i], picture, box);
    node.position = i;
  }
  nodeOrder_ = std::move(order);
}

void PlacedPicture::placeNode(int number, const drawing::NodePicture& picture, const QRectF& hidingBox) {
  PlacedNode& node = nodes_[static_cast<std::size_t>(number)];
  const QRectF rect = toQt(picture.rect());
  const bool fresh = node.picture == nullptr;
  if (fresh || !sameLooks(*node.picture, picture)) node.looks = ++looks_;
  if (fresh || node.rect != rect || node.hidingBox != hidingBox || node.picture->ports != picture.ports) {
    moved_.push_back(number);
  }
  if (fresh || node.rect != rect) {
    if (!fresh) nodeGrid_.remove(number, node.rect);
    nodeGrid_.insert(number, rect);
  }
  node.picture = &picture;
  node.rect = rect;
  node.hidingBox = hidingBox;
  ++placed_;
}

void PlacedPicture::removeNode(int number) {
  PlacedNode& node = nodes_[static_cast<std::size_t>(number)];
  nodeGrid_.remove(number, node.rect);
  nodeNumbers_.erase(node.picture->id);
  node = {};
  freeNodes_.push_back(number);
}

void PlacedPicture::becomeWires() {
  std::vector<int> order = Numbering::of(picture_.wires, wireOrder_, wires_, freeWires_, wireNumbers_);
  for (const int number : gone(wireOrder_, order)) removeWire(number);
  std::vector<int> again;
  for (const int number : moved_) {
    const std::vector<int>& touching = nodes_[static_cast<std::size_t>(number)].wires;
    again.insert(again.end(), touching.begin(), touching.end());
  }
  for (const int number : again) wires_[static_cast<std::size_t>(number)].route.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    PlacedWire& wire = wires_[static_cast<std::size_t>(order[i])];
    const drawing::WirePicture& picture = *picture_.wires[i];
    if (wire.picture != &picture) placeWire(order[i], picture);
    wire.position = i;
  }
  std::sort(again.begin(), again.end());
  again.erase(std::unique(again.begin(), again.end()), again.end());
  for (const int number : again) {
    const PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
    if (wire.picture != nullptr && wire.route.empty()) placeWire(number, *wire.picture);
  }
  wireOrder_ = std::move(order);
}

void PlacedPicture::placeWire(int number, const drawing::WirePicture& picture) {
  PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
  const auto unlink = [&](int node) {
    if (node >= 0) std::erase(nodes_[static_cast<std::size_t>(node)].wires, number);
  };
  unlink(wire.from);
  unlink(wire.to);
  if (!wire.bounds.isNull()) wireGrid_.remove(number, wire.bounds);
  wire.picture = &picture;
  const auto numberOf = [&](const std::string& id) {
    const auto found = nodeNumbers_.find(id);
    return found == nodeNumbers_.end() ? -1 : found->second;
  };
  wire.from = numberOf(picture.fromNode);
  wire.to = numberOf(picture.toNode);
  if (wire.from >= 0) nodes_[static_cast<std::size_t>(wire.from)].wires.push_back(number);
  if (wire.to >= 0 && wire.to != wire.from) nodes_[static_cast<std::size_t>(wire.to)].wires.push_back(number);
  findRoute(wire);
  wire.path = pathOf(wire.route);
  wire.bounds = QRectF();
  if (!wire.route.empty()) {
    const double margin = wire::kHitWidth;
    wire.bounds = wire.path.controlPointRect().adjusted(-margin, -margin, margin, margin);
    wireGrid_.insert(number, wire.bounds);
  }
  ++placed_;
}

void PlacedPicture::removeWire(int number) {
  PlacedWire& wire = wires_[static_cast<std::size_t>(number)];
  for (const int node : {wire.from, wire.to}) {
    if (node >= 0) std::erase(nodes_[static_cast<std::size_t>(node)].wires, number);
  }
  if (!wire.bounds.isNull()) wireGrid_.remove(number, wire.bounds);
  wireNumbers_.erase(wire.picture->id);
  wire = {};
  freeWires_.push_back(number);
}

void PlacedPicture::findRoute(PlacedWire& wire) const {
  wire.route.clear();
  if (wire.picture->dangling || wire.from < 0 || wire.to < 0) return;
  const PlacedNode& from = node(wire.from);
  const PlacedNode& to = node(wire.to);
  if (from.hidden() && from.hidingBox == to.hidingBox) return;
  const drawing::PortPicture* const out = from.picture->port(wire.picture->fromPort, true);
  const drawing::PortPicture* const in = to.picture->port(wire.picture->toPort, false);
  if (out == nullptr || in == nullptr) return;
  QPointF start = toQt(from.picture->portPoint(*out));
  QPointF end = toQt(to.picture->portPoint(*in));
  if (from.hidden()) start = from.hidingBox.topRight() + QPointF(0, drawing::kOnlyPort);
  if (to.hidden()) end = to.hidingBox.topLeft() + QPointF(0, drawing::kOnlyPort);
  wire.route = routeBetween(start, end);
}

std::vector<int> PlacedPicture::nodesIn(const QRectF& rect) const {
  std::vector<int> found = nodeGrid_.near(rect);
  std::erase_if(found, [&](int number) { return node(number).hidden() || !node(number).rect.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return node(a).position < node(b).position; });
  return found;
}

std::vector<int> PlacedPicture::wiresIn(const QRectF& rect) const {
  std::vector<int> found = wireGrid_.near(rect);
  std::erase_if(found, [&](int number) { return !wire(number).bounds.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return wire(a).position < wire(b).position; });
  return found;
}

QRectF PlacedPicture::bounds() const {
  return toQt(picture_.bounds());
}

}  // namespace weir::designer
