#include "drawing/layout/ordering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir::drawing::layout {

namespace {

using Order = std::vector<std::vector<std::size_t>>;
using Key = std::int64_t;

constexpr Key kPorts = 1024;  // more than a node has room for

// Where an end of a segment is among those of its layer.
Key upperKey(const Layers& layers, const Segment& segment) {
  return layers.vertices[segment.from].place * kPorts + std::clamp(segment.fromOffset, 0, 1023);
}
Key lowerKey(const Layers& layers, const Segment& segment) {
  return layers.vertices[segment.to].place * kPorts + std::clamp(segment.toOffset, 0, 1023);
}

// Pairs out of order, by insertion into a tree of sums over the places of the right layer.
std::size_t crossingsAfter(const Layers& layers, std::size_t rank) {
  std::vector<std::pair<Key, Key>> ends;
  for (const std::size_t vertex : layers.ranks[rank]) {
    for (const std::size_t segment : layers.out.of(vertex)) {
      ends.emplace_back(upperKey(layers, layers.segments[segment]), lowerKey(layers, layers.segments[segment]));
    }
  }
  std::sort(ends.begin(), ends.end());
  std::vector<Key> rights;
  rights.reserve(ends.size());
  for (const auto& [left, right] : ends) rights.push_back(right);
  std::sort(rights.begin(), rights.end());
  rights.erase(std::unique(rights.begin(), rights.end()), rights.end());
  std::vector<std::size_t> sums(rights.size() + 1, 0);
  std::size_t crossing = 0;
  for (std::size_t start = 0; start < ends.size();) {
    std::size_t end = start;
    const auto position = [&](std::size_t index) {
      const auto found = std::lower_bound(rights.begin(), rights.end(), ends[index].second);
      return static_cast<std::size_t>(found - rights.begin()) + 1;
    };
    for (; end < ends.size() && ends[end].first == ends[start].first; ++end) {
      std::size_t notAfter = 0;
      for (std::size_t at = position(end); at > 0; at &= at - 1) notAfter += sums[at];
      crossing += start - notAfter;
    }
    for (; start < end; ++start) {
      for (std::size_t at = position(start); at < sums.size(); at += at & (~at + 1)) ++sums[at];
    }
  }
  return crossing;
}

// One run of the method of medians and exchanges.
class Sweeper {
 public:
  Sweeper(Layers& layers, const std::stop_token& stop) : layers_(layers), stop_(stop) {}

  void begin(Order order) {
    layers_.ranks = std::move(order);
    layers_.number();
    best_ = layers_.ranks;
    least_ = crossings(layers_);
    count_ = least_;
  }

  void sweep(int rounds) {
    constexpr int kPatience = 8;  // rounds without a gain
    int idle = 0;
    for (int round = 0; round < rounds && idle < kPatience && least_ > 0 && !stop_.stop_requested(); ++round) {
      medians(turn_ % 2 == 0, turn_ % 4 >= 2);
      exchange(turn_ % 4 < 2);
      ++turn_;
      count_ = crossings(layers_);
      // A gain of less than one in two hundred is not worth going on for.
      idle = static_cast<double>(count_) < 0.995 * static_cast<double>(least_) ? 0 : idle + 1;
      keepIfBetter();
    }
    layers_.ranks = best_;
    layers_.number();
  }

  // Exchanges alone: a local search that moves little.
  void polish() {
    exchange(false);
    count_ = crossings(layers_);
    keepIfBetter();
    layers_.ranks = best_;
    layers_.number();
  }

  std::size_t least() const { return least_; }
  const Order& best() const { return best_; }

 private:
  void keepIfBetter() {
    if (count_ >= least_) return;
    least_ = count_;
    best_ = layers_.ranks;
  }

  // The median of the places of the neighbours, drawn towards where they stand closer together; below 0: there are
  // none.
  double median(std::size_t vertex, bool fromLeft) {
    keys_.clear();
    for (const std::size_t segment : fromLeft ? layers_.in.of(vertex) : layers_.out.of(vertex)) {
      const Segment& between = layers_.segments[segment];
      keys_.push_back(fromLeft ? upperKey(layers_, between) : lowerKey(layers_, between));
    }
    if (keys_.empty()) return -1;
    std::sort(keys_.begin(), keys_.end());
    const std::size_t middle = keys_.size() / 2;
    if (keys_.size() % 2 == 1) return static_cast<double>(keys_[middle]);
    if (keys_.size() == 2) return static_cast<double>(keys_[0] + keys_[1]) / 2;
    const auto left = static_cast<double>(keys_[middle - 1] - keys_.front());
    const auto right = static_cast<double>(keys_.back() - keys_[middle]);
    const auto low = static_cast<double>(keys_[middle - 1]);
    const auto high = static_cast<double>(keys_[middle]);
    return left + right == 0 ? (low + high) / 2 : (low * right + high * left) / (left + right);
  }

  void medians(bool fromLeft, bool turnTies) {
    const auto count = static_cast<std::ptrdiff_t>(layers_.ranks.size());
    for (std::ptrdiff_t step = 1; step < count; ++step) {
      auto& rank = layers_.ranks[static_cast<std::size_t>(fromLeft ? step : count - 1 - step)];
      sorted_.clear();
      free_.clear();
      for (std::size_t place = 0; place < rank.size(); ++place) {
        const double value = median(rank[place], fromLeft);
        if (value < 0) continue;  // stays where it is
        sorted_.emplace_back(value, rank[place]);
        free_.push_back(place);
      }
      if (turnTies) std::reverse(sorted_.begin(), sorted_.end());
      std::stable_sort(sorted_.begin(), sorted_.end(),
                       [](const auto& one, const auto& two) { return one.first < two.first; });
      for (std::size_t index = 0; index < sorted_.size(); ++index) rank[free_[index]] = sorted_[index].second;
      for (std::size_t place = 0; place < rank.size(); ++place) {
        layers_.vertices[rank[place]].place = static_cast<int>(place);
      }
    }
  }

  // Crossings between the segments of two vertices when the first stands above the second.
  static std::size_t crossingsOf(std::span<const Key> above, std::span<const Key> below) {
    std::size_t count = 0;
    std::size_t passed = 0;
    for (const Key key : above) {
      while (passed < below.size() && below[passed] < key) ++passed;
      count += passed;
    }
    return count;
  }

  struct Keys {
    std::vector<std::size_t> starts;
    std::vector<Key> keys;
    std::span<const Key> of(std::size_t index) const {
      return {keys.data() + starts[index], starts[index + 1] - starts[index]};
    }
  };

  void collect(const std::vector<std::size_t>& rank, bool fromLeft, Keys& out) const {
    out.starts.assign(1, 0);
    out.keys.clear();
    for (const std::size_t vertex : rank) {
      const auto first = static_cast<std::ptrdiff_t>(out.keys.size());
      for (const std::size_t segment : fromLeft ? layers_.in.of(vertex) : layers_.out.of(vertex)) {
        const Segment& between = layers_.segments[segment];
        out.keys.push_back(fromLeft ? upperKey(layers_, between) : lowerKey(layers_, between));
      }
      std::sort(out.keys.begin() + first, out.keys.end());
      out.starts.push_back(out.keys.size());
    }
  }

  // Neighbours change places while that saves crossings (or, when asked to, while it costs none: a way out of dead
  // ends).
  void exchange(bool evenTies) {
    constexpr int kMostRounds = 12;
    std::vector<char> dirty(layers_.ranks.size() + 2, 1);
    for (int round = 0; round < kMostRounds && !stop_.stop_requested(); ++round) {
      bool improved = false;
      for (std::size_t rank = 0; rank < layers_.ranks.size(); ++rank) {
        if (dirty[rank + 1] == 0) continue;
        dirty[rank + 1] = 0;
        if (exchangeIn(layers_.ranks[rank], evenTies && round == 0)) {
          improved = true;
          dirty[rank] = dirty[rank + 1] = dirty[rank + 2] = 1;
        }
      }
      if (!improved) return;
    }
  }

  bool exchangeIn(std::vector<std::size_t>& rank, bool ties) {
    collect(rank, true, left_);
    collect(rank, false, right_);
    index_.resize(rank.size());
    for (std::size_t place = 0; place < rank.size(); ++place) index_[place] = place;
    const std::vector<std::size_t> before = rank;
    bool improved = false;
    for (std::size_t place = 0; place + 1 < rank.size(); ++place) {
      const std::size_t one = index_[place];
      const std::size_t two = index_[place + 1];
      const std::size_t now = crossingsOf(left_.of(one), left_.of(two)) + crossingsOf(right_.of(one), right_.of(two));
      if (now == 0) continue;
      const std::size_t then = crossingsOf(left_.of(two), left_.of(one)) + crossingsOf(right_.of(two), right_.of(one));
      if (then > now || (then == now && !ties)) continue;
      std::swap(index_[place], index_[place + 1]);
      improved = improved || then < now;
    }
    for (std::size_t place = 0; place < rank.size(); ++place) {
      rank[place] = before[index_[place]];
      layers_.vertices[rank[place]].place = static_cast<int>(place);
    }
    return improved;
  }

  Layers& layers_;
  const std::stop_token& stop_;
  Order best_;
  std::size_t least_ = 0;
  std::size_t count_ = 0;
  int turn_ = 0;
  std::vector<Key> keys_;
  std::vector<std::pair<double, std::size_t>> sorted_;
  std::vector<std::size_t> free_;
  std::vector<std::size_t> index_;
  Keys left_;
  Keys right_;
};

// Vertices in the order in which a walk along the segments first comes to them.
Order walked(const Layers& layers, bool fromLeft, bool deep) {
  Order out(layers.ranks.size());
  std::vector<char> seen(layers.vertices.size(), 0);
  std::vector<std::size_t> open;
  const auto reach = [&](std::size_t vertex) {
    if (seen[vertex] != 0) return;
    if (!deep) {
      seen[vertex] = 1;
      out[static_cast<std::size_t>(layers.vertices[vertex].rank)].push_back(vertex);
    }
    open.push_back(vertex);
  };
  const auto start = [&](std::size_t first) {
    open.clear();
    reach(first);
    for (std::size_t next = 0; deep ? !open.empty() : next < open.size(); ++next) {
      std::size_t vertex = 0;
      if (deep) {
        vertex = open.back();
        open.pop_back();
        if (seen[vertex] != 0) continue;
        seen[vertex] = 1;
        out[static_cast<std::size_t>(layers.vertices[vertex].rank)].push_back(vertex);
      } else {
        vertex = open[next];
      }
      const auto forwards = layers.out.of(vertex);
      const auto back = layers.in.of(vertex);
      if (deep) {  // what is put in last comes out first
        for (const std::size_t segment : back) reach(layers.segments[segment].from);
        for (std::size_t at = forwards.size(); at-- > 0;) reach(layers.segments[forwards[at]].to);
      } else if (fromLeft) {
        for (const std::size_t segment : forwards) reach(layers.segments[segment].to);
      } else {
        for (const std::size_t segment : back) reach(layers.segments[segment].from);
      }
    }
  };
  const std::size_t count = layers.ranks.size();
  for (std::size_t step = 0; step < count; ++step) {
    for (const std::size_t vertex : layers.ranks[fromLeft ? step : count - 1 - step]) {
      if (seen[vertex] == 0) start(vertex);
    }
  }
  return out;
}

// By height; what has none stands at the mean of its neighbours that have one.
Order presentOrder(const Layers& layers, const std::vector<std::optional<double>>& present) {
  std::vector<double> height(layers.vertices.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::size_t> unknown;
  for (std::size_t vertex = 0; vertex < height.size(); ++vertex) {
    if (present[vertex]) {
      height[vertex] = *present[vertex];
    } else {
      unknown.push_back(vertex);
    }
  }
  while (!unknown.empty()) {
    std::vector<std::size_t> left;
    std::vector<std::pair<std::size_t, double>> found;
    for (const std::size_t vertex : unknown) {
      double sum = 0;
      int count = 0;
      const auto add = [&](std::size_t neighbour) {
        if (std::isnan(height[neighbour])) return;
        sum += height[neighbour];
        ++count;
      };
      for (const std::size_t segment : layers.in.of(vertex)) add(layers.segments[segment].from);
      for (const std::size_t segment : layers.out.of(vertex)) add(layers.segments[segment].to);
      if (count > 0) {
        found.emplace_back(vertex, sum / count);
      } else {
        left.push_back(vertex);
      }
    }
    if (found.empty()) break;
    for (const auto& [vertex, value] : found) height[vertex] = value;
    unknown = std::move(left);
  }
  for (const std::size_t vertex : unknown) height[vertex] = 0;
  Order out = layers.ranks;
  for (auto& rank : out) {
    std::stable_sort(rank.begin(), rank.end(),
                     [&](std::size_t one, std::size_t two) { return height[one] < height[two]; });
  }
  return out;
}

}  // namespace

std::size_t crossings(const Layers& layers) {
  std::size_t sum = 0;
  for (std::size_t rank = 0; rank + 1 < layers.ranks.size(); ++rank) sum += crossingsAfter(layers, rank);
  return sum;
}

void orderLayers(Layers& layers, const std::vector<std::optional<double>>& present, const std::stop_token& stop) {
  constexpr int kFirstRounds = 6;
  constexpr int kRounds = 24;
  constexpr std::size_t kSmall = 4'000;     // vertices: there is time to go on with more than one start
  constexpr std::size_t kShuffled = 1'500;  // and to begin anywhere
  const Order given = layers.ranks;
  struct Try {
    Order order;
    std::size_t crossings;
  };
  std::vector<Try> tries;
  const auto attempt = [&](Order order) {
    layers.ranks = given;
    Sweeper sweeper(layers, stop);
    sweeper.begin(std::move(order));
    sweeper.sweep(kFirstRounds);
    tries.push_back({sweeper.best(), sweeper.least()});
  };
  const auto fewer = [](const Try& one, const Try& two) { return one.crossings < two.crossings; };
  for (const auto& [fromLeft, deep] : {std::pair(true, true), std::pair(true, false), std::pair(false, false)}) {
    layers.ranks = given;
    attempt(walked(layers, fromLeft, deep));
  }
  std::stable_sort(tries.begin(), tries.end(), fewer);
  if (layers.vertices.size() > kSmall) tries.resize(1);
  if (layers.vertices.size() <= kShuffled && tries[0].crossings > 0) {
    constexpr int kShuffles = 12;
    std::uint32_t dice = 1;
    for (int shuffle = 0; shuffle < kShuffles; ++shuffle) {
      Order order = given;
      for (auto& rank : order) {
        for (std::size_t place = rank.size(); place > 1; --place) {
          dice = dice * 1664525U + 1013904223U;
          std::swap(rank[place - 1], rank[(dice >> 8U) % place]);
        }
      }
      attempt(std::move(order));
    }
    std::stable_sort(tries.begin(), tries.end(), fewer);
    tries.resize(6);
  }
  for (Try& each : tries) {
    Sweeper sweeper(layers, stop);
    sweeper.begin(std::move(each.order));
    sweeper.sweep(kRounds);
    each = {sweeper.best(), sweeper.least()};
  }
  const auto best = std::min_element(tries.begin(), tries.end(), fewer);
  const bool known = std::any_of(present.begin(), present.end(), [](const auto& height) { return height.has_value(); });
  if (known) {
    Sweeper sweeper(layers, stop);
    layers.ranks = given;
    sweeper.begin(presentOrder(layers, present));
    sweeper.polish();
    if (4 * sweeper.least() <= 5 * best->crossings + 8) return;
  }
  layers.ranks = best->order;
  layers.number();
}

}  // namespace weir::drawing::layout
