#include "core/drawing/routing/internal/path_finder.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/drawing/routing/internal/bent_path.hpp"
#include "core/drawing/routing/internal/path_search.hpp"

namespace weir::drawing::routing {

namespace {

struct Span {
  double low;
  double high;
  double length() const { return high - low; }
};

// What is free of `blocked` between the ends of `whole`.
std::vector<Span> freeSpans(Span whole, std::vector<Span> blocked) {
  std::sort(blocked.begin(), blocked.end(), [](const Span& one, const Span& two) { return one.low < two.low; });
  std::vector<Span> out;
  double at = whole.low;
  for (const Span& each : blocked) {
    if (each.low > at) out.push_back({at, std::min(each.low, whole.high)});
    at = std::max(at, each.high);
    if (at >= whole.high) break;
  }
  if (at < whole.high) out.push_back({at, whole.high});
  std::erase_if(out, [](const Span& span) { return span.length() < 0; });
  if (whole.low == whole.high && blocked.empty()) out.push_back(whole);
  return out;
}

class Finder {
 public:
  Finder(const Obstacles& obstacles, const WireRequest& wire) : obstacles_(obstacles), from_(wire.from), to_(wire.to) {}

  FoundPath run() {
    if (std::optional<WirePath> path = straight()) return {std::move(*path), seen_};
    if (std::optional<WirePath> path = squeezed()) return {std::move(*path), seen_};
    // How far the first and the last piece may reach.
    const double limit = std::max(from_.x, to_.x) + kReach;
    sourceSpan_ = {from_.x + kStub, reach(from_, limit)};
    targetSpan_ = {reach(to_, std::min(from_.x, to_.x) - kReach), to_.x - kStub};
    if (std::optional<WirePath> path = oneChannel()) return {std::move(*path), seen_};
    if (std::optional<WirePath> path = twoChannels()) return {std::move(*path), seen_};
    if (std::optional<WirePath> path = searchPath(obstacles_, from_, to_, seen_)) return {std::move(*path), seen_};
    const double x = (from_.x + to_.x) / 2;  // there is no way: through
    return {{from_, {x, from_.y}, {x, to_.y}, to_}, seen_};
  }

 private:
  static constexpr double kReach = 160;
  static constexpr double kChannelNear = 112;  // how far from its port a first or last bend is looked for

  // The end of the free line from a port at the height of that port, towards `limit`.
  double reach(Point port, double limit) {
    const bool right = limit > port.x;
    double end = limit;
    obstacles_.near(Obstacles::between({port.x + (right ? kStub : -kStub), port.y}, {limit, port.y}), seen_,
                    [&](const Rect& node) {
                      if (right && node.right() > port.x + 1) end = std::min(end, node.x - kClear);
                      if (!right && node.x < port.x - 1) end = std::max(end, node.right() + kClear);
                    });
    return end;
  }

  std::optional<WirePath> straight() {
    if (std::abs(from_.y - to_.y) > 0.5 || to_.x < from_.x + 1) return std::nullopt;
    if (to_.x - from_.x > 2 * kClear + 2 &&
        !obstacles_.clear({from_.x + kClear + 1, from_.y}, {to_.x - kClear - 1, to_.y}, seen_)) {
      return std::nullopt;
    }
    return WirePath{from_, to_};
  }

  // Two nodes that stand so near to each other that no wire keeps its distance between them: in the middle.
  std::optional<WirePath> squeezed() {
    const double gap = to_.x - from_.x;
    if (gap <= 0 || gap >= 2 * kStub) return std::nullopt;
    const double x = from_.x + gap / 2;
    const Rect line = Obstacles::between({x, from_.y}, {x, to_.y}).grown(1);
    bool hit = false;
    obstacles_.near(line, seen_, [&](const Rect& node) { hit = hit || node.intersects(line); });
    if (hit) return std::nullopt;
    return WirePath{from_, {x, from_.y}, {x, to_.y}, to_};
  }

  // Where an upright piece between two heights may stand.
  std::vector<Span> upright(Span where, double y1, double y2) {
    if (where.low > where.high) return {};
    std::vector<Span> blocked;
    obstacles_.near(Obstacles::between({where.low, y1}, {where.high, y2}), seen_, [&](const Rect& node) {
      blocked.push_back({node.x - kClear, node.right() + kClear});
    });
    return freeSpans(where, std::move(blocked));
  }

  std::optional<WirePath> oneChannel() {
    const Span both{std::max(sourceSpan_.low, targetSpan_.low), std::min(sourceSpan_.high, targetSpan_.high)};
    const std::vector<Span> spans = upright(both, from_.y, to_.y);
    if (spans.empty()) return std::nullopt;
    // The first one that has room for more than one wire, else the widest.
    constexpr double kRoomy = 48;
    const Span* best = &spans[0];
    for (const Span& span : spans) {
      if (best->length() < kRoomy && span.length() > best->length()) best = &span;
    }
    const double x = best->low + std::min(best->length() / 2, kChannelNear);
    return WirePath{from_, {x, from_.y}, {x, to_.y}, to_};
  }

  // Out, up or down, along between two rows of nodes, up or down, in.
  std::optional<WirePath> twoChannels() {
    if (sourceSpan_.low > sourceSpan_.high || targetSpan_.low > targetSpan_.high) return std::nullopt;
    const double left = std::min(sourceSpan_.low, targetSpan_.high);
    const double right = std::max(sourceSpan_.low, targetSpan_.high);
    constexpr double kAround = 600;  // how far above and below the ends
    const Span heights{std::min(from_.y, to_.y) - kAround, std::max(from_.y, to_.y) + kAround};
    std::vector<Span> blocked;
    obstacles_.near({left, heights.low, right - left, heights.length()}, seen_, [&](const Rect& node) {
      blocked.push_back({node.y - kClear, node.bottom() + kClear});
    });
    struct Row {
      double y;
      double cost;
    };
    std::vector<Row> rows;
    const auto add = [&](double y) { rows.push_back({y, std::abs(y - from_.y) + std::abs(y - to_.y)}); };
    for (const Span& span : freeSpans(heights, std::move(blocked))) {
      constexpr double kNarrow = 96;
      for (const double port : {from_.y, to_.y}) {
        if (port >= span.low && port <= span.high) add(port);
      }
      if (span.length() <= kNarrow) {
        add((span.low + span.high) / 2);
      } else {
        const double inset = kNarrow / 4;
        add(std::clamp((from_.y + to_.y) / 2, span.low + inset, span.high - inset));
      }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& one, const Row& two) { return one.cost < two.cost; });
    constexpr std::size_t kMostRows = 24;
    if (rows.size() > kMostRows) rows.resize(kMostRows);
    for (const Row& row : rows) {
      const Span near{sourceSpan_.low, std::min(sourceSpan_.high, sourceSpan_.low + kChannelNear)};
      const Span far{std::max(targetSpan_.low, targetSpan_.high - kChannelNear), targetSpan_.high};
      const std::vector<Span> first = upright(near, from_.y, row.y);
      if (first.empty() || first[0].low > near.low + kChannelNear / 2) continue;
      const std::vector<Span> last = upright(far, row.y, to_.y);
      if (last.empty()) continue;
      const double x1 = (first[0].low + first[0].high) / 2;
      const double x2 = (last.back().low + last.back().high) / 2;
      if (!obstacles_.clear({x1, row.y}, {x2, row.y}, seen_)) continue;
      return WirePath{from_, {x1, from_.y}, {x1, row.y}, {x2, row.y}, {x2, to_.y}, to_};
    }
    return std::nullopt;
  }

  const Obstacles& obstacles_;
  const Point from_;
  const Point to_;
  Span sourceSpan_{};
  Span targetSpan_{};
  Rect seen_;
};

// Without points that lie on a line between others, or on top of each other.
WirePath simplified(const WirePath& path) {
  WirePath out;
  for (const Point& point : path) {
    if (!out.empty() && std::abs(out.back().x - point.x) < 0.5 && std::abs(out.back().y - point.y) < 0.5) continue;
    if (out.size() >= 2) {
      const Point& a = out[out.size() - 2];
      const Point& b = out.back();
      const bool upright = std::abs(a.x - b.x) < 0.5 && std::abs(b.x - point.x) < 0.5;
      const bool level = std::abs(a.y - b.y) < 0.5 && std::abs(b.y - point.y) < 0.5;
      if (upright || level) out.pop_back();
    }
    out.push_back(point);
  }
  return out;
}

}  // namespace

FoundPath findPath(const Obstacles& obstacles, const WireRequest& wire) {
  FoundPath found = wire.bends.empty() ? Finder(obstacles, wire).run() : bentPath(obstacles, wire);
  found.points = simplified(found.points);
  return found;
}

Room roomOf(const Obstacles& obstacles, Point a, Point b, double most, Rect& seen) {
  const bool upright = a.x == b.x;
  const double at = upright ? a.x : a.y;
  Room room{at - most, at + most};
  const Rect line = Obstacles::between(a, b);
  const Rect area =
      upright ? Rect{line.x - most, line.y, 2 * most, line.height} : Rect{line.x, line.y - most, line.width, 2 * most};
  obstacles.near(area, seen, [&](const Rect& node) {
    const double low = upright ? node.x : node.y;
    const double high = upright ? node.right() : node.bottom();
    if (low >= at) room.high = std::min(room.high, std::max(at, low - kClear));
    if (high <= at) room.low = std::max(room.low, std::min(at, high + kClear));
  });
  return room;
}

}  // namespace weir::drawing::routing
