// Nodes and wires keep their numbers from picture to picture.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <unordered_map>
#include <vector>

namespace weir::designer {

// The numbers for the parts of the next picture, in its order: those that they had, else fresh ones.
class Numbering {
 public:
  template <typename Part, typename Placed>
  static std::vector<int> of(const std::vector<Part>& parts, const std::vector<int>& order, std::vector<Placed>& places,
                             std::vector<int>& free, std::unordered_map<std::string, int>& numbers) {
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

  // Those of `before` that are not in `after`.
  static std::vector<int> gone(const std::vector<int>& before, const std::vector<int>& after) {
    if (before == after) return {};
    std::vector<int> old = before;
    std::vector<int> now = after;
    std::sort(old.begin(), old.end());
    std::sort(now.begin(), now.end());
    std::vector<int> out;
    std::set_difference(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(out));
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

}  // namespace weir::designer
