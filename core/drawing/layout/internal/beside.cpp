#include "core/drawing/layout/internal/beside.hpp"

#include <algorithm>
#include <optional>

#include "core/drawing/layout/internal/free_place.hpp"
#include "core/drawing/layout/internal/parts.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/picture.hpp"

namespace weir::drawing::layout {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Where edges and groups want nodes to stand that belong together.
struct Wishes {
  std::optional<double> after;   // right of everything that they come from
  std::optional<double> before;  // left of everything that they lead to
  std::vector<double> y;
  std::optional<Point> under;  // the rest of their group
};

class Beside {
 public:
  explicit Beside(const LayoutInput& input)
      : input_(input), out_(input.nodes.size()), groupOf_(groupsOfNodes(input)), inside_(input.groups.size()) {}

  std::vector<Point> run() {
    std::vector<std::size_t> missing;
    for (std::size_t node = 0; node < out_.size(); ++node) {
      if (input_.nodes[node].present) {
        stand(node, *input_.nodes[node].present);
      } else {
        missing.push_back(node);
      }
    }
    if (missing.size() == out_.size()) return *layOut(input_);
    std::vector<Part> parts = partsOf(among(input_, missing));
    std::vector<std::size_t> partOf(out_.size(), kNone);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      for (std::size_t& node : parts[part].nodes) {
        node = missing[node];
        partOf[node] = part;
      }
      parts[part].places = *layOut(parts[part].input);
    }
    const std::vector<Wishes> wishes = collect(parts, partOf);
    std::vector<std::size_t> loose;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const std::optional<Point> by = wanted(wishes[part]);
      if (by) {
        put(parts[part].nodes, parts[part].places, *by);
      } else {
        loose.insert(loose.end(), parts[part].nodes.begin(), parts[part].nodes.end());
      }
    }
    if (!loose.empty()) put(loose, *layOut(among(input_, loose)), {all_.x, onGrid(all_.bottom() + 2 * kRowGap)});
    return std::move(out_);
  }

 private:
  Rect rect(std::size_t node) const { return Rect::of(out_[node], input_.nodes[node].size); }

  void stand(std::size_t node, Point at) {
    out_[node] = at;
    free_.take(rect(node));
    all_ = all_.united(rect(node));
    Rect taken = rect(node);
    for (std::size_t group = groupOf_[node]; group != kNoGroup; group = input_.groups[group].outer) {
      inside_[group] = inside_[group].united(taken);
      taken = frameAround(inside_[group]);
    }
  }

  // What stands already of the group of a node, or of the ones around that.
  Rect standingWith(std::size_t node) const {
    std::size_t group = groupOf_[node];
    while (group != kNoGroup && inside_[group].empty()) group = input_.groups[group].outer;
    return group == kNoGroup ? Rect{} : inside_[group];
  }

  bool isIn(std::size_t node, std::size_t group) const {
    std::size_t around = groupOf_[node];
    while (around != kNoGroup && around != group) around = input_.groups[around].outer;
    return around == group;
  }

  std::vector<Wishes> collect(const std::vector<Part>& parts, const std::vector<std::size_t>& partOf) const {
    std::vector<std::size_t> within(out_.size());
    for (const Part& part : parts) {
      for (std::size_t node = 0; node < part.nodes.size(); ++node) within[part.nodes[node]] = node;
    }
    std::vector<Wishes> out(parts.size());
    for (const LayoutEdge& edge : input_.edges) {
      const std::size_t to = partOf[edge.to];
      const std::size_t from = partOf[edge.from];
      if ((to == kNone) == (from == kNone)) continue;
      const double level = edge.fromOffset - edge.toOffset;
      if (from == kNone) {
        const Point own = parts[to].places[within[edge.to]];
        const double x = rect(edge.from).right() + kColumnGap - own.x;
        out[to].after = std::max(out[to].after.value_or(x), x);
        out[to].y.push_back(out_[edge.from].y + level - own.y);
      } else {
        const Point own = parts[from].places[within[edge.from]];
        const double x = out_[edge.to].x - kColumnGap - input_.nodes[edge.from].size.width - own.x;
        out[from].before = std::min(out[from].before.value_or(x), x);
        out[from].y.push_back(out_[edge.to].y - level - own.y);
      }
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
      for (const std::size_t node : parts[part].nodes) {
        const Rect inside = standingWith(node);
        if (!inside.empty())
          out[part].under = Point{inside.x, inside.bottom() + kRowGap} - parts[part].places[within[node]];
      }
    }
    return out;
  }

  static std::optional<Point> wanted(Wishes wishes) {
    if (wishes.y.empty()) return wishes.under;
    const auto middle = wishes.y.begin() + static_cast<std::ptrdiff_t>(wishes.y.size() / 2);
    std::nth_element(wishes.y.begin(), middle, wishes.y.end());
    return Point{onGrid(wishes.after ? *wishes.after : *wishes.before), onGrid(*middle)};
  }

  // All of them by as much, and down until none is in the way of anything.
  void put(const std::vector<std::size_t>& nodes, const std::vector<Point>& places, Point by) {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t node = 0; node < nodes.size(); ++node) {
        const Point at = places[node] + by;
        const double down = freeBelow(nodes[node], at) - at.y;
        by.y += down;
        moved = moved || down > 0;
      }
    }
    for (std::size_t node = 0; node < nodes.size(); ++node) stand(nodes[node], places[node] + by);
  }

  double freeBelow(std::size_t node, Point at) const {
    const Rect wanted = Rect::of(at, input_.nodes[node].size);
    double y = free_.below(wanted).y;
    for (std::size_t group = 0; group < inside_.size(); ++group) {
      if (inside_[group].empty() || isIn(node, group)) continue;
      const Rect frame = frameAround(inside_[group]);
      if (frame.intersects(Rect{at.x, y, wanted.width, wanted.height}.grown(kGrid)))
        y = onGrid(frame.bottom() + kRowGap);
    }
    return y;
  }

  const LayoutInput& input_;
  std::vector<Point> out_;
  std::vector<std::size_t> groupOf_;
  std::vector<Rect> inside_;  // what stands already of each group takes up, frames in it included
  FreePlace free_;
  Rect all_;
};

}  // namespace

std::vector<Point> placeBeside(const LayoutInput& input) {
  return Beside(input).run();
}

LayoutInput among(const LayoutInput& input, const std::vector<std::size_t>& nodes) {
  LayoutInput out;
  std::vector<std::size_t> within(input.nodes.size(), kNone);
  for (const std::size_t node : nodes) {
    within[node] = out.nodes.size();
    out.nodes.push_back(input.nodes[node]);
  }
  for (LayoutEdge edge : input.edges) {
    if (within[edge.from] == kNone || within[edge.to] == kNone) continue;
    edge.from = within[edge.from];
    edge.to = within[edge.to];
    out.edges.push_back(edge);
  }
  std::vector<std::size_t> groupWithin(input.groups.size(), kNoGroup);
  for (std::size_t group = 0; group < input.groups.size(); ++group) {
    LayoutGroup members;
    for (const std::size_t node : input.groups[group].nodes) {
      if (within[node] != kNone) members.nodes.push_back(within[node]);
    }
    if (members.nodes.empty()) continue;
    if (input.groups[group].outer != kNoGroup) members.outer = groupWithin[input.groups[group].outer];
    groupWithin[group] = out.groups.size();
    out.groups.push_back(std::move(members));
  }
  return out;
}

}  // namespace weir::drawing::layout
