#include "core/drawing/routing/internal/bent_path.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace weir::drawing::routing {

namespace {

constexpr double kCornerCost = 60;  // as long a detour is as bad as a corner
constexpr double kHitCost = 600;    // and as bad as a node that is passed over
constexpr double kShortCost = 300;  // too near to a port
constexpr double kAtBend = 4;       // what a corner is worth that stands on a bend
constexpr double kNever = std::numeric_limits<double>::max();

// In which direction a wire passes a point.
constexpr std::array<Point, 4> kDirections{{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};

Point times(Point direction, double length) {
  return {direction.x * length, direction.y * length};
}

double along(Point direction, Point way) {
  return direction.x * way.x + direction.y * way.y;
}

double lengthOf(Point way) {
  return std::abs(way.x) + std::abs(way.y);
}

struct Leg {
  WirePath corners;  // between its ends
  double cost = kNever;
};

class BentPath {
 public:
  BentPath(const Obstacles& obstacles, const WireRequest& wire) : obstacles_(obstacles) {
    points_.push_back(wire.from);
    points_.insert(points_.end(), wire.bends.begin(), wire.bends.end());
    points_.push_back(wire.to);
  }

  // The cheapest way to each point, by the direction in which it passes there, from that to the one before it.
  FoundPath run() {
    std::vector<std::array<Leg, kDirections.size()>> ways(points_.size());
    ways[0][0].cost = 0;
    for (std::size_t point = 1; point < points_.size(); ++point) {
      const std::size_t last = point + 1 == points_.size() ? 1 : kDirections.size();  // into a port: to the right
      for (std::size_t out = 0; out < last; ++out) {
        for (std::size_t in = 0; in < kDirections.size(); ++in) {
          const Leg& before = ways[point - 1][in];
          if (before.cost == kNever) continue;
          Leg leg = legTo(point, kDirections[in], kDirections[out]);
          if (leg.cost == kNever || before.cost + leg.cost >= ways[point][out].cost) continue;
          ways[point][out].cost = before.cost + leg.cost;
          ways[point][out].corners = before.corners;
          ways[point][out].corners.push_back(points_[point - 1]);
          ways[point][out].corners.insert(ways[point][out].corners.end(), leg.corners.begin(), leg.corners.end());
        }
      }
    }
    WirePath path = std::move(ways.back()[0].corners);
    path.push_back(points_.back());
    return {std::move(path), seen_};
  }

 private:
  // The best leg from the point before this one, which is left in one direction, to it, which is reached in another.
  Leg legTo(std::size_t point, Point leaves, Point reaches) {
    const Point a = points_[point - 1];
    const Point b = points_[point];
    const bool first = point == 1;
    const bool last = point + 1 == points_.size();
    Leg best;
    const auto consider = [&](WirePath corners) {
      const double cost = costOf(a, corners, b, leaves, reaches, first, last);
      if (cost < best.cost) best = {std::move(corners), cost};
    };
    const bool level = leaves.y == 0;
    const Point out = a + times(leaves, kStub);
    const Point in = b - times(reaches, kStub);
    if (level != (reaches.y == 0)) {
      consider({level ? Point{b.x, a.y} : Point{a.x, b.y}});
      consider({out, level ? Point{out.x, in.y} : Point{in.x, out.y}, in});
      return best;
    }
    consider({});
    const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
    for (const Point& at : {middle, out, in}) {
      consider(level ? WirePath{{at.x, a.y}, {at.x, b.y}} : WirePath{{a.x, at.y}, {b.x, at.y}});
    }
    for (const Point& at : {middle, Point{std::min(a.x, b.x), std::min(a.y, b.y)} - Point{kAround, kAround},
                            Point{std::max(a.x, b.x), std::max(a.y, b.y)} + Point{kAround, kAround}}) {
      consider(level ? WirePath{out, {out.x, at.y}, {in.x, at.y}, in} : WirePath{out, {at.x, out.y}, {at.x, in.y}, in});
    }
    return best;
  }

  double costOf(Point a, const WirePath& corners, Point b, Point leaves, Point reaches, bool first, bool last) {
    WirePath path{a};
    path.insert(path.end(), corners.begin(), corners.end());
    path.push_back(b);
    double cost = kCornerCost * static_cast<double>(corners.size());
    for (const Point& corner : corners) {
      if ((corner == a && !first) || (corner == b && !last)) cost -= kAtBend;
    }
    Point before = leaves;
    for (std::size_t at = 1; at < path.size(); ++at) {
      const Point way = path[at] - path[at - 1];
      if (way.x != 0 && way.y != 0) return kNever;
      const double length = lengthOf(way);
      cost += length;
      const bool turns = along(before, way) < 0;
      if (turns || (at == 1 && length != std::max(0.0, along(leaves, way)))) return kNever;
      if (length > 0) before = times(way, 1 / length);
      if ((first && at == 1) || (last && at + 1 == path.size())) cost += length < kStub ? kShortCost : 0;
    }
    if (along(before, reaches) < 0 ||
        (lengthOf(path[path.size() - 1] - path[path.size() - 2]) > 0 && before != reaches)) {
      return kNever;
    }
    for (std::size_t at = 1; at < path.size(); ++at) {
      Point from = path[at - 1];
      Point to = path[at];
      // A wire touches its own nodes.
      if (first && at == 1) from = from + times(leaves, std::min(kOut, lengthOf(to - from)));
      if (last && at + 1 == path.size()) to = to - times(reaches, std::min(kOut, lengthOf(to - from)));
      obstacles_.near(Obstacles::between(from, to), seen_, [&](const Rect&) { cost += kHitCost; });
    }
    return cost;
  }

  static constexpr double kAround = 2 * kStub;  // of a way that goes round
  static constexpr double kOut = kClear + 1;

  const Obstacles& obstacles_;
  WirePath points_;
  Rect seen_;
};

}  // namespace

FoundPath bentPath(const Obstacles& obstacles, const WireRequest& wire) {
  return BentPath(obstacles, wire).run();
}

}  // namespace weir::drawing::routing
