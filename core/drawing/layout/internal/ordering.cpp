#include "core/drawing/layout/internal/ordering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/drawing/layout/internal/sweeper.hpp"

namespace weir::drawing::layout {

namespace {

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

void orderLayers(Layers& layers, const std::vector<std::optional<double>>& present, const std::stop_token& stop) {
  constexpr int kFirstRounds = 6;
  constexpr int kRounds = 24;
  constexpr std::size_t kSmall = 4'000;     // vertices: there is time to go on with more than one start
  constexpr std::size_t kShuffled = 1'500;  // and to begin anywhere
  const Order given = layers.ranks;
  std::vector<Swept> tries;
  const auto attempt = [&](Order order) {
    layers.ranks = given;
    tries.push_back(sweep(layers, std::move(order), kFirstRounds, stop));
  };
  const auto fewer = [](const Swept& one, const Swept& two) { return one.crossings < two.crossings; };
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
  for (Swept& each : tries) each = sweep(layers, std::move(each.order), kRounds, stop);
  const auto best = std::min_element(tries.begin(), tries.end(), fewer);
  const bool known = std::any_of(present.begin(), present.end(), [](const auto& height) { return height.has_value(); });
  if (known) {
    layers.ranks = given;
    const std::size_t kept = polish(layers, presentOrder(layers, present), stop).crossings;
    if (4 * kept <= 5 * best->crossings + 8) return;
  }
  layers.ranks = best->order;
  layers.number();
}

}  // namespace weir::drawing::layout
