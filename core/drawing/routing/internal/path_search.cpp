#include "core/drawing/routing/internal/path_search.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

namespace weir::drawing::routing {

namespace {

constexpr double kBend = 48;  // a bend costs as much as this much way
constexpr std::size_t kMostNodes = 150;

// Lines outside are left out: what stands there is not known.
void tidy(std::vector<double>& lines, double low, double high) {
  std::erase_if(lines, [&](double line) { return line < low || line > high; });
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
}

std::size_t indexOf(const std::vector<double>& lines, double value) {
  return static_cast<std::size_t>(std::lower_bound(lines.begin(), lines.end(), value) - lines.begin());
}

// Shortest ways over the crossings of lines around nodes; a place counts once for each direction it is reached from.
class Search {
 public:
  Search(const std::vector<Rect>& nodes, const Rect& area, Point start, Point end)
      : nodes_(nodes), start_(start), end_(end) {
    xs_ = {start.x, end.x};
    ys_ = {start.y, end.y};
    for (const Rect& node : nodes) {
      xs_.insert(xs_.end(), {node.x - kClear, node.right() + kClear});
      ys_.insert(ys_.end(), {node.y - kClear, node.bottom() + kClear});
    }
    tidy(xs_, area.x, area.right());
    tidy(ys_, area.y, area.bottom());
  }

  std::optional<WirePath> run() {
    const std::size_t places = xs_.size() * ys_.size();
    std::vector<double> cost(2 * places, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> before(2 * places, 2 * places);
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    const std::size_t first = 2 * place(indexOf(xs_, start_.x), indexOf(ys_, start_.y));  // even: comes level
    const std::size_t goal = 2 * place(indexOf(xs_, end_.x), indexOf(ys_, end_.y));
    cost[first] = 0;
    open.emplace(0, first);
    while (!open.empty()) {
      // No structured binding: lambdas may not name one by the letter of the standard.
      const double reached = open.top().first;
      const std::size_t state = open.top().second;
      open.pop();
      if (reached > cost[state]) continue;
      if (state == goal) return path(before, goal);
      const std::size_t x = state / 2 % xs_.size();
      const std::size_t y = state / 2 / xs_.size();
      const auto go = [&](std::size_t toX, std::size_t toY, bool upright) {
        const Point a{xs_[x], ys_[y]};
        const Point b{xs_[toX], ys_[toY]};
        if (blocked(a, b)) return;
        const bool bends = (state % 2 == 1) != upright;
        const double sum = reached + std::abs(a.x - b.x) + std::abs(a.y - b.y) + (bends ? kBend : 0);
        const std::size_t next = 2 * place(toX, toY) + (upright ? 1 : 0);
        if (sum >= cost[next]) return;
        cost[next] = sum;
        before[next] = state;
        open.emplace(sum, next);
      };
      if (x > 0) go(x - 1, y, false);
      if (x + 1 < xs_.size()) go(x + 1, y, false);
      if (y > 0) go(x, y - 1, true);
      if (y + 1 < ys_.size()) go(x, y + 1, true);
    }
    return std::nullopt;
  }

 private:
  std::size_t place(std::size_t x, std::size_t y) const { return y * xs_.size() + x; }

  bool blocked(Point a, Point b) const {
    const Rect line = Obstacles::between(a, b).grown(kClear - 0.5);
    return std::any_of(nodes_.begin(), nodes_.end(), [&](const Rect& node) { return node.intersects(line); });
  }

  WirePath path(const std::vector<std::size_t>& before, std::size_t state) const {
    WirePath out;
    for (; state < before.size(); state = before[state]) {
      out.push_back({xs_[state / 2 % xs_.size()], ys_[state / 2 / xs_.size()]});
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

  const std::vector<Rect>& nodes_;
  Point start_;
  Point end_;
  std::vector<double> xs_;
  std::vector<double> ys_;
};

}  // namespace

std::optional<WirePath> searchPath(const Obstacles& obstacles, Point from, Point to, Rect& seen) {
  const Point start{from.x + kStub, from.y};
  const Point end{to.x - kStub, to.y};
  // Nearby first; a way that exists may lead far around.
  for (const double around : {300.0, 1'200.0, 5'000.0}) {
    const Rect area = Obstacles::between(start, end).grown(around);
    std::vector<Rect> nodes;
    obstacles.near(area, seen, [&](const Rect& node) {
      if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
    });
    if (nodes.size() > kMostNodes) break;
    std::sort(nodes.begin(), nodes.end(),
              [](const Rect& one, const Rect& two) { return std::tie(one.x, one.y) < std::tie(two.x, two.y); });
    std::optional<WirePath> found = Search(nodes, area, start, end).run();
    if (!found) continue;
    found->insert(found->begin(), from);
    found->push_back(to);
    return found;
  }
  return std::nullopt;
}

}  // namespace weir::drawing::routing
