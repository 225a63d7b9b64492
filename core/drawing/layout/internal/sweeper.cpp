#include "core/drawing/layout/internal/sweeper.hpp"

#include <algorithm>
#include <span>

#include "core/drawing/layout/internal/crossings.hpp"
#include "core/drawing/layout/internal/grouping.hpp"

namespace weir::drawing::layout {

namespace {

// One run of the method of medians and exchanges.
class Sweeper {
 public:
  Sweeper(Layers& layers, const std::stop_token& stop) : layers_(layers), stop_(stop), grouping_(layers) {}

  void begin(Order order) {
    layers_.ranks = std::move(order);
    grouping_.begin(layers_);
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

  void polish() {
    exchange(false);
    count_ = crossings(layers_);
    keepIfBetter();
    layers_.ranks = best_;
    layers_.number();
  }

  Swept result() { return {std::move(best_), least_}; }

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
      const auto number = static_cast<std::size_t>(fromLeft ? step : count - 1 - step);
      auto& rank = layers_.ranks[number];
      if (grouping_.in(number)) {
        grouping_.arrange(rank, wanted(rank, fromLeft));
        renumber(rank);
        continue;
      }
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
      renumber(rank);
    }
  }

  void renumber(const std::vector<std::size_t>& rank) {
    for (std::size_t place = 0; place < rank.size(); ++place) {
      layers_.vertices[rank[place]].place = static_cast<int>(place);
    }
  }

  // The medians of a layer; what has none wants to stay about where it is.
  std::vector<double> wanted(const std::vector<std::size_t>& rank, bool fromLeft) {
    const auto here = static_cast<std::ptrdiff_t>(layers_.vertices[rank.front()].rank);
    const std::size_t beside = layers_.ranks[static_cast<std::size_t>(fromLeft ? here - 1 : here + 1)].size();
    std::vector<double> out;
    for (std::size_t place = 0; place < rank.size(); ++place) {
      const double value = median(rank[place], fromLeft);
      const double share = (static_cast<double>(place) + 0.5) / static_cast<double>(rank.size());
      out.push_back(value >= 0 ? value : share * static_cast<double>(beside) * kPorts);
    }
    return out;
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
    for (std::size_t rank = 0; rank < layers_.ranks.size(); ++rank) {
      if (grouping_.in(rank)) exchangeUnits(layers_.ranks[rank]);
    }
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
      if (layers_.vertices[before[one]].group != layers_.vertices[before[two]].group) continue;
      const std::size_t now = crossingsOf(left_.of(one), left_.of(two)) + crossingsOf(right_.of(one), right_.of(two));
      if (now == 0) continue;
      const std::size_t then = crossingsOf(left_.of(two), left_.of(one)) + crossingsOf(right_.of(two), right_.of(one));
      if (then > now || (then == now && !ties)) continue;
      std::swap(index_[place], index_[place + 1]);
      improved = improved || then < now;
    }
    for (std::size_t place = 0; place < rank.size(); ++place) rank[place] = before[index_[place]];
    renumber(rank);
    return improved;
  }

  // A group as a whole and what stands beside it.
  void exchangeUnits(std::vector<std::size_t>& rank) {
    const std::vector<std::size_t> before = std::move(rank);
    rank.clear();
    collect(before, true, left_);
    collect(before, false, right_);
    exchangeWithin({kNoGroup, 0, before.size()}, before, rank);
    renumber(rank);
  }

  // Of what lies in a group, or in none.
  void exchangeWithin(const Unit& around, const std::vector<std::size_t>& before, std::vector<std::size_t>& out) {
    std::vector<Unit> units = grouping_.units(before, around);
    const auto crossing = [&](const Unit& above, const Unit& below) {
      std::size_t count = 0;
      for (std::size_t upper = above.first; upper < above.first + above.count; ++upper) {
        for (std::size_t lower = below.first; lower < below.first + below.count; ++lower) {
          count += crossingsOf(left_.of(upper), left_.of(lower)) + crossingsOf(right_.of(upper), right_.of(lower));
        }
      }
      return count;
    };
    for (std::size_t unit = 0; unit + 1 < units.size(); ++unit) {
      Unit& one = units[unit];
      Unit& two = units[unit + 1];
      if (one.group == two.group || !Grouping::free(one, two) || crossing(two, one) >= crossing(one, two)) continue;
      std::swap(one, two);
    }
    for (const Unit& unit : units) {
      if (unit.group == kNoGroup) {
        out.push_back(before[unit.first]);
      } else {
        exchangeWithin(unit, before, out);
      }
    }
  }

  Layers& layers_;
  const std::stop_token& stop_;
  Grouping grouping_;
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

}  // namespace

Swept sweep(Layers& layers, Order start, int rounds, const std::stop_token& stop) {
  Sweeper sweeper(layers, stop);
  sweeper.begin(std::move(start));
  sweeper.sweep(rounds);
  return sweeper.result();
}

Swept polish(Layers& layers, Order start, const std::stop_token& stop) {
  Sweeper sweeper(layers, stop);
  sweeper.begin(std::move(start));
  sweeper.polish();
  return sweeper.result();
}

}  // namespace weir::drawing::layout
