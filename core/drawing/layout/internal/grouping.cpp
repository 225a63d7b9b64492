#include "core/drawing/layout/internal/grouping.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace weir::drawing::layout {

Grouping::Grouping(const Layers& layers)
    : vertices_(layers.vertices),
      groups_(layers.groups),
      there_(layers.ranks.size(), 0),
      place_(layers.groups.size(), 0) {
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
      for (std::size_t group = vertices_[rank[place]].group; group != kNoGroup; group = groups_[group].outer) {
        sum[group] += (static_cast<double>(place) + 0.5) / static_cast<double>(rank.size());
        count[group] += 1;
      }
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

std::size_t Grouping::within(std::size_t vertex, std::size_t around) const {
  std::size_t group = vertices_[vertex].group;
  if (group == around) return kNoGroup;
  while (groups_[group].outer != around) group = groups_[group].outer;
  return group;
}

std::vector<Unit> Grouping::units(const std::vector<std::size_t>& rank, const Unit& around) const {
  std::vector<Unit> out;
  for (std::size_t place = around.first; place < around.first + around.count; ++place) {
    const std::size_t group = within(rank[place], around.group);
    if (group == kNoGroup || out.empty() || out.back().group != group) out.push_back({group, place, 0});
    ++out.back().count;
  }
  return out;
}

void Grouping::arrange(std::vector<std::size_t>& rank, const std::vector<double>& values) const {
  std::vector<Wanted> wanted;
  for (std::size_t place = 0; place < rank.size(); ++place) wanted.push_back({values[place], rank[place]});
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const Wanted& one, const Wanted& two) { return one.value < two.value; });
  rank.clear();
  arrangeIn(kNoGroup, wanted, rank);
}

// `wanted` is sorted, and lies in `around`.
void Grouping::arrangeIn(std::size_t around, const std::vector<Wanted>& wanted, std::vector<std::size_t>& out) const {
  struct Slot {
    double value;
    std::size_t group;
    std::size_t vertex;  // of one without a group
  };
  struct Members {
    double sum = 0;
    std::vector<Wanted> wanted;
  };
  std::vector<Slot> slots;
  std::vector<std::size_t> groups;
  std::unordered_map<std::size_t, Members> members;
  for (const Wanted& each : wanted) {
    const std::size_t group = within(each.vertex, around);
    if (group == kNoGroup) {
      slots.push_back({each.value, kNoGroup, each.vertex});
      continue;
    }
    Members& own = members[group];
    if (own.wanted.empty()) {
      slots.push_back({0, group, 0});
      groups.push_back(group);
    }
    own.sum += each.value;
    own.wanted.push_back(each);
  }
  // A group stands where its members want to on average.
  for (Slot& slot : slots) {
    if (slot.group == kNoGroup) continue;
    const Members& own = members[slot.group];
    slot.value = own.sum / static_cast<double>(own.wanted.size());
  }
  std::stable_sort(slots.begin(), slots.end(), [](const Slot& one, const Slot& two) { return one.value < two.value; });
  // Groups change places among themselves only.
  std::sort(groups.begin(), groups.end(), [&](std::size_t one, std::size_t two) { return place_[one] < place_[two]; });
  std::size_t next = 0;
  for (const Slot& slot : slots) {
    if (slot.group == kNoGroup) {
      out.push_back(slot.vertex);
    } else {
      const std::size_t group = groups[next++];
      arrangeIn(group, members[group].wanted, out);
    }
  }
}

namespace {

// Puts the edges of frames into the layers.
class Framing {
 public:
  explicit Framing(Layers& layers) : layers_(layers), grouping_(layers), last_(layers.groups.size()) {}

  void run() {
    for (std::size_t rank = 0; rank < layers_.ranks.size(); ++rank) {
      const std::vector<std::size_t> order = std::move(layers_.ranks[rank]);
      layers_.ranks[rank].clear();
      add(order, {kNoGroup, 0, order.size()}, rank);
    }
    layers_.number();
    layers_.index();
  }

 private:
  void add(const std::vector<std::size_t>& order, const Unit& around, std::size_t rank) {
    for (const Unit& unit : grouping_.units(order, around)) {
      if (unit.group == kNoGroup) {
        layers_.ranks[rank].push_back(order[unit.first]);
        continue;
      }
      const std::size_t top = addSide(unit.group, FrameSide::Top, rank);
      add(order, unit, rank);
      const std::size_t bottom = addSide(unit.group, FrameSide::Bottom, rank);
      std::vector<std::size_t>& last = last_[unit.group];
      for (std::size_t edge = 0; edge < last.size(); ++edge) {
        Segment segment;
        segment.from = last[edge];
        segment.to = edge == 0 ? top : bottom;
        segment.frame = true;
        layers_.segments.push_back(segment);
      }
      last = {top, bottom};
    }
  }

  std::size_t addSide(std::size_t group, FrameSide side, std::size_t rank) {
    Vertex vertex;
    vertex.rank = static_cast<int>(rank);
    vertex.source = kStandIn;
    vertex.group = group;
    vertex.side = side;
    layers_.ranks[rank].push_back(layers_.vertices.size());
    layers_.vertices.push_back(vertex);
    return layers_.vertices.size() - 1;
  }

  Layers& layers_;
  Grouping grouping_;
  std::vector<std::vector<std::size_t>> last_;  // both edges in the layer before
};

}  // namespace

void addFrames(Layers& layers) {
  if (!layers.groups.empty()) Framing(layers).run();
}

}  // namespace weir::drawing::layout
