#include "core/drawing/layout/internal/placing.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "core/drawing/layout/internal/straight.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing::layout {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr int kBetweenNodes = static_cast<int>(kRowGap / kGrid);
constexpr int kBesideNode = 4;  // between a wire that passes and a node
constexpr int kBetweenWires = 2;

constexpr int kAroundFrame = 4;  // between a frame and what is outside
constexpr int kWireToFrame = 1;

// Between the edge of a frame and what is next to it.
int distanceToFrame(const Layers& layers, std::size_t above, std::size_t below) {
  const Vertex& upper = layers.vertices[above];
  const Vertex& lower = layers.vertices[below];
  const bool wireAbove = upper.side == FrameSide::None && layers.standIn(above);
  const bool wireBelow = lower.side == FrameSide::None && layers.standIn(below);
  if (wireAbove || wireBelow) {
    // One that passes a frame within a frame leaves room for the title of the outer one.
    const bool outside = (wireAbove ? lower : upper).side == (wireAbove ? FrameSide::Top : FrameSide::Bottom);
    const std::size_t group = (wireAbove ? lower : upper).group;
    return outside && layers.groups[group].outer != kNoGroup ? kBesideNode : kWireToFrame;
  }
  if (upper.side == FrameSide::Top) return static_cast<int>(kGroupTop / kGrid);
  if (lower.side == FrameSide::Bottom) return static_cast<int>(kGroupBottom / kGrid);
  return kAroundFrame;
}

int distance(const Layers& layers, std::size_t above, std::size_t below) {
  if (layers.vertices[above].side != FrameSide::None || layers.vertices[below].side != FrameSide::None) {
    return distanceToFrame(layers, above, below);
  }
  const bool one = layers.standIn(above);
  const bool two = layers.standIn(below);
  if (one && two) return layers.vertices[above].source == layers.vertices[below].source ? 0 : kBetweenWires;
  return one || two ? kBesideNode : kBetweenNodes;
}

// Vertices that move together, with the distances that they keep from others.
struct Limit {
  std::size_t other;
  int distance;  // of the tops of the two blocks
};

struct Pull {
  std::size_t other;
  int offset;  // where this block stands straight: top of the other + offset
  int weight;
};

class Rows {
 public:
  Rows(const Layers& layers, const std::stop_token& stop)
      : layers_(layers), stop_(stop), block_(layers.vertices.size(), kNone), offset_(layers.vertices.size(), 0) {
    makeBlocks();
    makeLimits();
    makePulls();
  }

  std::vector<int> run() {
    order();
    for (const std::size_t block : order_) top_[block] = std::max(0, lowest(block));
    constexpr int kPasses = 12;
    bool moved = true;
    for (int pass = 0; pass < kPasses && moved && !stop_.stop_requested(); ++pass) {
      moved = false;
      for (std::size_t index = 0; index < order_.size(); ++index) {
        const std::size_t block = pass % 2 == 0 ? order_[order_.size() - 1 - index] : order_[index];
        moved = settle(block) || moved;
      }
      moved = pushTogether(pass % 2 == 0) || moved;
    }
    std::vector<int> out(layers_.vertices.size());
    int least = std::numeric_limits<int>::max();
    for (std::size_t vertex = 0; vertex < out.size(); ++vertex) {
      out[vertex] = top_[block_[vertex]] + offset_[vertex];
      least = std::min(least, out[vertex]);
    }
    for (int& row : out) row -= least;
    return out;
  }

 private:
  void makeBlocks() {
    std::vector<std::size_t> after(layers_.vertices.size(), kNone);
    std::vector<char> begun(layers_.vertices.size(), 0);
    for (const std::size_t segment : straightSegments(layers_)) {
      after[layers_.segments[segment].from] = segment;
      begun[layers_.segments[segment].to] = 1;
    }
    std::size_t blocks = 0;
    for (const auto& rank : layers_.ranks) {
      for (const std::size_t first : rank) {
        if (begun[first] != 0) continue;
        int offset = 0;
        for (std::size_t vertex = first;;) {
          block_[vertex] = blocks;
          offset_[vertex] = offset;
          if (after[vertex] == kNone) break;
          const Segment& segment = layers_.segments[after[vertex]];
          offset += segment.fromOffset - segment.toOffset;
          vertex = segment.to;
        }
        ++blocks;
      }
    }
    top_.assign(blocks, 0);
    side_.assign(blocks, FrameSide::None);
    for (std::size_t vertex = 0; vertex < block_.size(); ++vertex) {
      if (layers_.vertices[vertex].side != FrameSide::None) side_[block_[vertex]] = layers_.vertices[vertex].side;
    }
  }

  void makeLimits() {
    struct Pair {
      std::size_t above;
      std::size_t below;
      int distance;
    };
    std::vector<Pair> pairs;
    for (const auto& rank : layers_.ranks) {
      for (std::size_t place = 0; place + 1 < rank.size(); ++place) {
        const std::size_t above = rank[place];
        const std::size_t below = rank[place + 1];
        const int apart =
            offset_[above] + layers_.vertices[above].height + distance(layers_, above, below) - offset_[below];
        pairs.push_back({block_[above], block_[below], apart});
      }
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& one, const Pair& two) {
      return std::tie(one.above, one.below, two.distance) < std::tie(two.above, two.below, one.distance);
    });
    pairs.erase(
        std::unique(pairs.begin(), pairs.end(),
                    [](const Pair& one, const Pair& two) { return one.above == two.above && one.below == two.below; }),
        pairs.end());
    const auto lists = [&](const Incidence& index, bool above) {
      std::vector<std::vector<Limit>> out(top_.size());
      for (std::size_t block = 0; block < top_.size(); ++block) {
        for (const std::size_t pair : index.of(block)) {
          out[block].push_back({above ? pairs[pair].above : pairs[pair].below, pairs[pair].distance});
        }
      }
      return out;
    };
    above_ = lists(Incidence(top_.size(), pairs.size(), [&](std::size_t pair) { return pairs[pair].below; }), true);
    below_ = lists(Incidence(top_.size(), pairs.size(), [&](std::size_t pair) { return pairs[pair].above; }), false);
  }

  void makePulls() {
    pulls_.resize(top_.size());
    for (const Segment& segment : layers_.segments) {
      const std::size_t from = block_[segment.from];
      const std::size_t to = block_[segment.to];
      if (from == to) continue;
      const int offset = offset_[segment.from] + segment.fromOffset - offset_[segment.to] - segment.toOffset;
      const int weight = static_cast<int>(worth(layers_, segment));
      pulls_[to].push_back({from, offset, weight});
      pulls_[from].push_back({to, -offset, weight});
    }
  }

  void order() {
    std::vector<std::size_t> waiting(top_.size());
    for (std::size_t block = 0; block < top_.size(); ++block) {
      waiting[block] = above_[block].size();
      if (waiting[block] == 0) order_.push_back(block);
    }
    for (std::size_t next = 0; next < order_.size(); ++next) {
      for (const Limit& limit : below_[order_[next]]) {
        if (--waiting[limit.other] == 0) order_.push_back(limit.other);
      }
    }
  }

  // How far up and down a block may be.
  int lowest(std::size_t block) const {
    int out = std::numeric_limits<int>::min() / 2;
    for (const Limit& limit : above_[block]) out = std::max(out, top_[limit.other] + limit.distance);
    return out;
  }
  int highest(std::size_t block) const {
    int out = std::numeric_limits<int>::max() / 2;
    for (const Limit& limit : below_[block]) out = std::min(out, top_[limit.other] - limit.distance);
    return out;
  }

  // Moves a block to where its segments are least bent, as far as its neighbours let it.
  bool settle(std::size_t block) {
    if (side_[block] != FrameSide::None) return tighten(block);
    if (pulls_[block].empty()) return false;
    wanted_.clear();
    int sum = 0;
    for (const Pull& pull : pulls_[block]) {
      wanted_.emplace_back(top_[pull.other] + pull.offset, pull.weight);
      sum += pull.weight;
    }
    std::sort(wanted_.begin(), wanted_.end());
    int low = 0;
    int part = 0;
    std::size_t index = 0;
    for (; index < wanted_.size(); ++index) {
      part += wanted_[index].second;
      low = wanted_[index].first;
      if (2 * part >= sum) break;
    }
    // Between two that pull alike, the middle; a block that already stands between them stays.
    int target = low;
    if (2 * part == sum && index + 1 < wanted_.size()) {
      const int high = wanted_[index + 1].first;
      target = top_[block] >= low && top_[block] <= high ? top_[block] : (low + high) / 2;
    }
    target = std::clamp(target, lowest(block), std::max(lowest(block), highest(block)));
    if (target == top_[block]) return false;
    top_[block] = target;
    return true;
  }

  // Edges of frames come as near to the members as they can.
  bool tighten(std::size_t block) {
    const int target = side_[block] == FrameSide::Top ? highest(block) : lowest(block);
    return std::exchange(top_[block], target) != target;
  }

  // Blocks that touch hold each other back: those that one pushes move with it, when that is better for all together.
  bool pushTogether(bool down) {
    constexpr std::size_t kMostTogether = 200;
    bool moved = false;
    std::vector<std::size_t> stamp(top_.size(), 0);
    std::size_t run = 0;
    for (std::size_t index = 0; index < order_.size() && !stop_.stop_requested(); ++index) {
      const std::size_t start = down ? order_[order_.size() - 1 - index] : order_[index];
      if (pulls_[start].empty()) continue;
      if (gain(start, down, stamp, kNone) <= 0) continue;
      group_.assign(1, start);
      stamp[start] = ++run;
      int room = std::numeric_limits<int>::max();
      for (std::size_t next = 0; next < group_.size() && group_.size() <= kMostTogether; ++next) {
        for (const Limit& limit : down ? below_[group_[next]] : above_[group_[next]]) {
          if (stamp[limit.other] == run) continue;
          const int free = down ? top_[limit.other] - top_[group_[next]] - limit.distance
                                : top_[group_[next]] - top_[limit.other] - limit.distance;
          if (free == 0) {
            stamp[limit.other] = run;
            group_.push_back(limit.other);
          }
        }
      }
      if (group_.size() > kMostTogether) continue;
      int sum = 0;
      int step = std::numeric_limits<int>::max();
      for (const std::size_t block : group_) {
        sum += gain(block, down, stamp, run);
        for (const Limit& limit : down ? below_[block] : above_[block]) {
          if (stamp[limit.other] == run) continue;
          room = std::min(room, down ? top_[limit.other] - top_[block] - limit.distance
                                     : top_[block] - top_[limit.other] - limit.distance);
        }
        for (const Pull& pull : pulls_[block]) {
          const int missing = top_[pull.other] + pull.offset - top_[block];
          if (stamp[pull.other] != run && (down ? missing > 0 : missing < 0)) step = std::min(step, std::abs(missing));
        }
      }
      step = std::min(step, room);
      if (sum <= 0 || step <= 0 || step == std::numeric_limits<int>::max()) continue;
      for (const std::size_t block : group_) top_[block] += down ? step : -step;
      moved = true;
    }
    return moved;
  }

  // What one step saves, counting segments that lead out of the group of `run`.
  int gain(std::size_t block, bool down, const std::vector<std::size_t>& stamp, std::size_t run) const {
    int sum = 0;
    for (const Pull& pull : pulls_[block]) {
      if (stamp[pull.other] == run) continue;
      const int missing = top_[pull.other] + pull.offset - top_[block];
      sum += (down ? missing > 0 : missing < 0) ? pull.weight : -pull.weight;
    }
    return sum;
  }

  const Layers& layers_;
  const std::stop_token& stop_;
  std::vector<std::size_t> block_;
  std::vector<int> offset_;      // of a vertex in its block
  std::vector<int> top_;         // of each block
  std::vector<FrameSide> side_;  // of each block: of a frame, or none
  std::vector<std::vector<Limit>> above_;
  std::vector<std::vector<Limit>> below_;
  std::vector<std::vector<Pull>> pulls_;
  std::vector<std::size_t> order_;  // from the top
  std::vector<std::pair<int, int>> wanted_;
  std::vector<std::size_t> group_;
};

}  // namespace

std::vector<int> placeRows(const Layers& layers, const std::stop_token& stop) {
  return Rows(layers, stop).run();
}

}  // namespace weir::drawing::layout
