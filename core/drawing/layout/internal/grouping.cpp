#include "core/drawing/layout/internal/grouping.hpp"

#include <algorithm>
#include <numeric>

namespace weir::drawing::layout {

Grouping::Grouping(const Layers& layers)
    : vertices_(layers.vertices), there_(layers.ranks.size(), 0), place_(layers.groups.size(), 0) {
  for (const GroupSpan& span : layers.groups) {
    for (int rank = span.first; rank <= span.last; ++rank) there_[static_cast<std::size_t>(rank)] = 1;
  }
}

void Grouping::begin(Layers& layers) {
  if (place_.empty()) return;
  std::vector<double> sum(place_.size(), 0);
  std::vector<double> count(place_.size(), 0);
  for (const std::vector<std::size_t>& rank : layers.ranks) {
    for (std::size_t place = 0; place < rank.size(); ++place) {
      const std::size_t group = vertices_[rank[place]].group;
      if (group == kNoGroup) continue;
      sum[group] += (static_cast<double>(place) + 0.5) / static_cast<double>(rank.size());
      count[group] += 1;
    }
  }
  std::vector<std::size_t> order(place_.size());
  std::iota(order.begin(), order.end(), 0);
  const auto mean = [&](std::size_t group) { return count[group] == 0 ? 0 : sum[group] / count[group]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t two) { return mean(one) < mean(two); });
  for (std::size_t place = 0; place < order.size(); ++place) place_[order[place]] = place;
  for (std::vector<std::size_t>& rank : layers.ranks) {
    if (!in(static_cast<std::size_t>(&rank - layers.ranks.data()))) continue;
    std::vector<double> values(rank.size());
    std::iota(values.begin(), values.end(), 0);
    arrange(rank, values);
  }
}

std::vector<Unit> Grouping::units(const std::vector<std::size_t>& rank) const {
  std::vector<Unit> out;
  for (std::size_t place = 0; place < rank.size(); ++place) {
    const std::size_t group = vertices_[rank[place]].group;
    if (group == kNoGroup || out.empty() || out.back().group != group) out.push_back({group, place, 0});
    ++out.back().count;
  }
  return out;
}

void Grouping::arrange(std::vector<std::size_t>& rank, const std::vector<double>& values) const {
  std::vector<std::size_t> places(rank.size());
  std::iota(places.begin(), places.end(), 0);
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t one, std::size_t two) { return values[one] < values[two]; });
  // A group stands where its members want to on average.
  std::vector<double> sum(place_.size(), 0);
  std::vector<double> count(place_.size(), 0);
  for (const std::size_t place : places) {
    const std::size_t group = vertices_[rank[place]].group;
    if (group == kNoGroup) continue;
    sum[group] += values[place];
    count[group] += 1;
  }
  struct Slot {
    double value;
    std::size_t group;
    std::size_t place;  // of one without a group
  };
  std::vector<Slot> slots;
  std::vector<std::size_t> groups;
  for (const std::size_t place : places) {
    const std::size_t group = vertices_[rank[place]].group;
    if (group == kNoGroup) {
      slots.push_back({values[place], kNoGroup, place});
    } else if (count[group] > 0) {
      slots.push_back({sum[group] / count[group], group, 0});
      groups.push_back(group);
      count[group] = 0;
    }
  }
  std::stable_sort(slots.begin(), slots.end(), [](const Slot& one, const Slot& two) { return one.value < two.value; });
  // Groups change places among themselves only.
  std::sort(groups.begin(), groups.end(), [&](std::size_t one, std::size_t two) { return place_[one] < place_[two]; });
  std::vector<std::size_t> out;
  out.reserve(rank.size());
  std::size_t next = 0;
  for (const Slot& slot : slots) {
    if (slot.group == kNoGroup) {
      out.push_back(rank[slot.place]);
      continue;
    }
    for (const std::size_t place : places) {
      if (vertices_[rank[place]].group == groups[next]) out.push_back(rank[place]);
    }
    ++next;
  }
  rank = std::move(out);
}

void addFrames(Layers& layers) {
  if (layers.groups.empty()) return;
  std::vector<std::vector<std::size_t>> last(layers.groups.size());  // both edges in the layer before
  const Grouping grouping(layers);
  for (std::size_t rank = 0; rank < layers.ranks.size(); ++rank) {
    const std::vector<std::size_t> order = std::move(layers.ranks[rank]);
    const std::vector<Unit> units = grouping.units(order);
    layers.ranks[rank].clear();
    for (const Unit& unit : units) {
      std::vector<std::size_t> edges;
      const auto addSide = [&](FrameSide side) {
        if (unit.group == kNoGroup) return;
        Vertex vertex;
        vertex.rank = static_cast<int>(rank);
        vertex.source = kStandIn;
        vertex.group = unit.group;
        vertex.side = side;
        edges.push_back(layers.vertices.size());
        layers.ranks[rank].push_back(layers.vertices.size());
        layers.vertices.push_back(vertex);
      };
      addSide(FrameSide::Top);
      for (std::size_t at = 0; at < unit.count; ++at) layers.ranks[rank].push_back(order[unit.first + at]);
      addSide(FrameSide::Bottom);
      if (unit.group == kNoGroup) continue;
      for (std::size_t edge = 0; edge < last[unit.group].size(); ++edge) {
        Segment segment;
        segment.from = last[unit.group][edge];
        segment.to = edges[edge];
        segment.frame = true;
        layers.segments.push_back(segment);
      }
      last[unit.group] = std::move(edges);
    }
  }
  layers.number();
  layers.index();
}

}  // namespace weir::drawing::layout
