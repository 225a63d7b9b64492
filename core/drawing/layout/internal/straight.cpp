#include "core/drawing/layout/internal/straight.hpp"

#include <algorithm>
#include <span>

namespace weir::drawing::layout {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::int64_t kMustBeStraight = 1'000'000'000;

// The segments between two layers that are worth most together, none of which cross or share an end.
void straightAfter(const Layers& layers, std::size_t rank, std::vector<std::size_t>& chosen) {
  struct Candidate {
    int left;
    int right;
    std::size_t segment;
    std::int64_t gain;
  };
  std::vector<Candidate> candidates;
  for (const std::size_t vertex : layers.ranks[rank]) {
    const auto list = layers.out.of(vertex);
    for (const std::size_t segment : list) {
      const Segment& between = layers.segments[segment];
      const auto others = layers.in.of(between.to);
      std::int64_t gain = 4 * worth(layers, between);
      // The middle one of several, of both ends.
      const auto place = [&](std::span<const std::size_t> all, bool byTarget) {
        int lower = 0;
        for (const std::size_t each : all) {
          const Segment& other = layers.segments[each];
          const int mine = layers.vertices[byTarget ? between.to : between.from].place;
          const int its = layers.vertices[byTarget ? other.to : other.from].place;
          lower += its < mine ? 1 : 0;
        }
        return std::abs(2 * lower + 1 - static_cast<int>(all.size()));
      };
      gain += list.size() > 1 ? 3 - std::min(place(list, true), 3) : 3;
      gain += others.size() > 1 ? 3 - std::min(place(others, false), 3) : 3;
      candidates.push_back({layers.vertices[vertex].place, layers.vertices[between.to].place, segment, gain});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& one, const Candidate& two) {
    return one.left != two.left ? one.left < two.left : one.right > two.right;
  });
  // The heaviest ascending sequence: a tree of maxima over the places on the right.
  const std::size_t width = layers.ranks[rank + 1].size();
  struct Best {
    std::int64_t gain = 0;
    std::size_t last = kNone;
  };
  std::vector<Best> tree(width + 1);
  std::vector<std::size_t> before(candidates.size(), kNone);
  Best whole;
  for (std::size_t index = 0; index < candidates.size(); ++index) {
    Best sum;
    for (auto at = static_cast<std::size_t>(candidates[index].right); at > 0; at &= at - 1) {
      if (tree[at].gain > sum.gain) sum = tree[at];
    }
    before[index] = sum.last;
    sum = {sum.gain + candidates[index].gain, index};
    if (sum.gain > whole.gain) whole = sum;
    for (auto at = static_cast<std::size_t>(candidates[index].right) + 1; at <= width; at += at & (~at + 1)) {
      if (sum.gain > tree[at].gain) tree[at] = sum;
    }
  }
  for (std::size_t index = whole.last; index != kNone; index = before[index]) {
    chosen.push_back(candidates[index].segment);
  }
}

}  // namespace

std::int64_t worth(const Layers& layers, const Segment& segment) {
  if (segment.frame) return kMustBeStraight;
  const bool inner = layers.standIn(segment.from) && layers.standIn(segment.to);
  const bool outer = layers.standIn(segment.from) || layers.standIn(segment.to);
  return (inner ? 16 : outer ? 6 : 8) - (segment.aside && !inner ? 3 : 0);
}

std::vector<std::size_t> straightSegments(const Layers& layers) {
  std::vector<std::size_t> out;
  for (std::size_t rank = 0; rank + 1 < layers.ranks.size(); ++rank) straightAfter(layers, rank, out);
  return out;
}

}  // namespace weir::drawing::layout
