#include "core/drawing/routing/wire_routing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/drawing/routing/internal/channels.hpp"
#include "core/drawing/routing/internal/obstacles.hpp"
#include "core/drawing/routing/internal/path_finder.hpp"

namespace weir::drawing {

namespace {

using routing::Piece;

constexpr double kBucket = 40;  // no less than how near pieces meet

// Inner pieces of all wires by where they stand: to find those that meet.
class PieceIndex {
 public:
  using Name = std::pair<std::size_t, std::size_t>;  // wire, index

  void add(const Piece& piece) { buckets_[bucket(piece.at)].push_back(piece); }
  void remove(const Piece& piece) {
    std::erase_if(buckets_[bucket(piece.at)],
                  [&](const Piece& other) { return other.wire == piece.wire && other.index == piece.index; });
  }
  template <typename Visit>
  void meeting(const Piece& piece, const Visit& visit) const {
    for (std::int64_t at = bucket(piece.at) - 1; at <= bucket(piece.at) + 1; ++at) {
      const auto found = buckets_.find(at);
      if (found == buckets_.end()) continue;
      for (const Piece& other : found->second) {
        if ((other.wire != piece.wire || other.index != piece.index) && routing::meet(piece, other)) visit(other);
      }
    }
  }
  void clear() { buckets_.clear(); }

 private:
  static std::int64_t bucket(double at) { return static_cast<std::int64_t>(std::floor(at / kBucket)); }
  std::unordered_map<std::int64_t, std::vector<Piece>> buckets_;
};

}  // namespace

struct WireRouter::State {
  struct Wire {
    WireRequest request;
    WirePath base;  // as if there were no other wires
    WirePath path;
    std::array<std::vector<Piece>, 2> pieces;  // upright ones, level ones
    bool dirty = false;
  };

  void makeDirty(std::size_t number) {
    if (!wires[number].dirty) due.push_back(number);
    wires[number].dirty = true;
  }

  void makeAllDirty() {
    for (std::size_t number = 0; number < wires.size(); ++number) makeDirty(number);
  }

  // Wires that may have seen a node at one of two places have to look again.
  void disturb(const Rect& before, const Rect& now) {
    for (std::size_t number = 0; number < seen.size(); ++number) {
      const Rect& rect = seen[number];
      if ((!before.empty() && rect.intersects(before)) || (!now.empty() && rect.intersects(now))) makeDirty(number);
    }
  }

  void makePieces(std::size_t number) {
    Wire& wire = wires[number];
    constexpr double kMostShift = 320;
    const bool bent = !wire.request.bends.empty();
    for (std::size_t point = 1; point + 2 < wire.base.size(); ++point) {
      const Point a = wire.base[point];
      const Point b = wire.base[point + 1];
      const bool upright = a.x == b.x;
      if (bent) {
        const double at = upright ? a.x : a.y;
        wire.pieces[upright ? 0 : 1].push_back(
            {number, point, wire.request.source, at, at, at, upright ? a.y : a.x, upright ? b.y : b.x, true});
        continue;
      }
      const routing::Room room = routing::roomOf(obstacles, a, b, kMostShift, seen[number]);
      Piece piece{number,   point,     wire.request.source, upright ? a.x : a.y,
                  room.low, room.high, upright ? a.y : a.x, upright ? b.y : b.x,
                  false};
      // The pieces beside it keep their direction, and some length.
      const Point before = wire.base[point - 1];
      const Point after = wire.base[point + 2];
      for (const double end : {upright ? before.x : before.y, upright ? after.x : after.y}) {
        const bool outer = (end == (upright ? before.x : before.y)) ? point == 1 : point + 3 == wire.base.size();
        const double share = outer ? routing::kStub : std::abs(piece.at - end) / 2;
        if (end <= piece.at) piece.low = std::min(piece.at, std::max(piece.low, end + share));
        if (end >= piece.at) piece.high = std::max(piece.at, std::min(piece.high, end - share));
      }
      wire.pieces[upright ? 0 : 1].push_back(piece);
    }
  }

  // Every group that one of `seeds` is in, spread anew. Writes the paths of its wires.
  void spreadGroups(int kind, const std::vector<Piece>& seeds) {
    std::map<PieceIndex::Name, bool> met;
    for (const Piece& seed : seeds) {
      if (!met.emplace(PieceIndex::Name(seed.wire, seed.index), true).second) continue;
      std::vector<Piece> group{seed};
      for (std::size_t next = 0; next < group.size(); ++next) {
        const Piece piece = group[next];
        index[kind].meeting(piece, [&](const Piece& other) {
          if (met.emplace(PieceIndex::Name(other.wire, other.index), true).second) group.push_back(other);
        });
      }
      routing::spread(group);
      for (const Piece& piece : group) {
        remember(piece.wire);
        Wire& wire = wires[piece.wire];
        for (const std::size_t point : {piece.index, piece.index + 1}) {
          (kind == 0 ? wire.path[point].x : wire.path[point].y) = piece.at;
        }
      }
    }
  }

  // Keeps what a path was before this update.
  void remember(std::size_t number) { old.emplace(number, wires[number].path); }

  std::vector<std::size_t> update() {
    old.clear();
    std::vector<Piece> seeds[2];
    std::vector<std::size_t> dirty = std::exchange(due, {});
    std::sort(dirty.begin(), dirty.end());
    for (const std::size_t number : dirty) {
      Wire& wire = wires[number];
      remember(number);
      for (const int kind : {0, 1}) {
        for (const Piece& piece : wire.pieces[kind]) {
          index[kind].remove(piece);
          index[kind].meeting(piece, [&](const Piece& other) { seeds[kind].push_back(other); });
        }
        wire.pieces[kind].clear();
      }
    }
    for (const std::size_t number : dirty) find(number);
    for (const int kind : {0, 1}) {
      // Those that met a wire which went away, unless they went themselves.
      std::erase_if(seeds[kind], [&](const Piece& piece) { return wires[piece.wire].dirty; });
      for (const std::size_t number : dirty) {
        seeds[kind].insert(seeds[kind].end(), wires[number].pieces[kind].begin(), wires[number].pieces[kind].end());
      }
      spreadGroups(kind, seeds[kind]);
    }
    for (const std::size_t number : dirty) wires[number].dirty = false;
    std::vector<std::size_t> changed;
    for (const auto& [number, path] : old) {
      if (path != wires[number].path) changed.push_back(number);
    }
    std::sort(changed.begin(), changed.end());
    return changed;
  }

  void find(std::size_t number) {
    Wire& wire = wires[number];
    wire.base.clear();
    seen[number] = {};
    if (!wire.request.hidden) {
      routing::FoundPath found = routing::findPath(obstacles, wire.request);
      wire.base = std::move(found.points);
      seen[number] = found.seen;
      makePieces(number);
    }
    wire.path = wire.base;
    for (const int kind : {0, 1}) {
      for (const Piece& piece : wire.pieces[kind]) index[kind].add(piece);
    }
  }

  routing::Obstacles obstacles;
  std::vector<Wire> wires;
  std::vector<Rect> seen;        // by wire; apart from them, since each step of a drag reads them all
  std::vector<std::size_t> due;  // the dirty ones
  PieceIndex index[2];
  std::unordered_map<std::size_t, WirePath> old;
};

WireRouter::WireRouter() : state_(std::make_unique<State>()) {}
WireRouter::~WireRouter() = default;
WireRouter::WireRouter(WireRouter&&) noexcept = default;
WireRouter& WireRouter::operator=(WireRouter&&) noexcept = default;

void WireRouter::setNodes(std::vector<Rect> nodes) {
  state_->obstacles.set(std::move(nodes));
  state_->makeAllDirty();
}

void WireRouter::setNode(std::size_t node, const Rect& rect) {
  const Rect before = state_->obstacles.rect(node);
  if (before == rect) return;
  state_->obstacles.move(node, rect);
  state_->disturb(before, rect);
}

void WireRouter::setWires(std::vector<WireRequest> wires) {
  for (PieceIndex& each : state_->index) each.clear();
  state_->wires.assign(wires.size(), {});
  state_->seen.assign(wires.size(), {});
  state_->due.clear();
  state_->makeAllDirty();
  for (std::size_t wire = 0; wire < wires.size(); ++wire) state_->wires[wire].request = wires[wire];
}

void WireRouter::setWire(std::size_t wire, const WireRequest& request) {
  if (state_->wires[wire].request == request) return;
  state_->wires[wire].request = request;
  state_->makeDirty(wire);
}

std::vector<std::size_t> WireRouter::update() {
  return state_->update();
}

const WirePath& WireRouter::path(std::size_t wire) const {
  return state_->wires[wire].path;
}

WirePath WireRouter::pathOf(const WireRequest& request) const {
  return routing::findPath(state_->obstacles, request).points;
}

std::size_t WireRouter::wireCount() const {
  return state_->wires.size();
}

PictureRouting routingOf(const Picture& picture) {
  PictureRouting out;
  out.nodes.reserve(picture.nodes.size() + picture.groups.size());
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    out.nodes.push_back(picture.hiding(node) == nullptr ? picture.nodes[node]->rect() : Rect{});
  }
  for (const GroupPicture& group : picture.groups) out.nodes.push_back(group.boxed() ? group.bounds : Rect{});
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> sources;
  for (const auto& wire : picture.wires) {
    WireRequest& request = out.wires.emplace_back();
    const std::optional<WireEnds> ends = wireEnds(picture, *wire);
    request.hidden = !ends || wire->layout.link;
    if (request.hidden) continue;
    request.bends = wire->layout.bends;
    const auto shown = [&](const std::string& id) {
      const std::size_t node = *picture.node(id);
      const GroupPicture* const group = picture.hiding(node);
      if (group == nullptr) return node;
      return picture.nodes.size() + static_cast<std::size_t>(group - picture.groups.data());
    };
    request.fromNode = shown(wire->fromNode);
    request.toNode = shown(wire->toNode);
    request.from = ends->from;
    request.to = ends->to;
    request.source = sources.emplace(std::pair(wire->fromNode, wire->fromPort), sources.size()).first->second;
  }
  return out;
}

std::vector<WirePath> routed(const Picture& picture) {
  PictureRouting request = routingOf(picture);
  WireRouter router;
  router.setNodes(std::move(request.nodes));
  router.setWires(std::move(request.wires));
  router.update();
  std::vector<WirePath> out;
  out.reserve(router.wireCount());
  for (std::size_t wire = 0; wire < router.wireCount(); ++wire) out.push_back(router.path(wire));
  return out;
}

}  // namespace weir::drawing
