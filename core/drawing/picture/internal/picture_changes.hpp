// What differs between two versions of a topology, as far as their pictures care.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/drawing/picture/internal/picture_node.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing {

// "node.port", or the id of a topic with no port.
inline std::pair<std::string_view, std::string_view> endOf(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return {text, {}};
  return {text.substr(0, point), text.substr(point + 1)};
}

using Ids = std::unordered_set<std::string_view>;

// The ports that edges name, of some nodes or of all.
class EdgeUses {
 public:
  EdgeUses(const std::vector<topology::Part<topology::Edge>>& edges, const Ids* only) : only_(only) {
    if (only_ != nullptr && only_->empty()) return;
    // Backwards, so that the list of each node is in the order of the edges.
    for (std::size_t at = edges.size(); at-- > 0;) {
      add(edges[at]->from.value, true);
      add(edges[at]->to.value, false);
    }
  }

  void collect(std::string_view node, Surroundings& around) const {
    const auto found = first_.find(node);
    if (found == first_.end()) return;
    for (std::size_t use = found->second; use != kEnd; use = uses_[use].next) {
      auto& ports = uses_[use].output ? around.outputs : around.inputs;
      if (std::find(ports.begin(), ports.end(), uses_[use].port) == ports.end()) ports.push_back(uses_[use].port);
    }
  }

 private:
  static constexpr std::size_t kEnd = static_cast<std::size_t>(-1);
  struct Use {
    std::string_view port;
    bool output;
    std::size_t next;
  };

  void add(std::string_view text, bool output) {
    const auto [node, port] = endOf(text);
    if (only_ != nullptr && only_->count(node) == 0) return;
    std::size_t& first = first_.emplace(node, kEnd).first->second;
    uses_.push_back({port, output, first});
    first = uses_.size() - 1;
  }

  const Ids* only_;
  std::vector<Use> uses_;
  std::unordered_map<std::string_view, std::size_t> first_;
};

// Which edges are as they were: the first and the last ones. Edits change few, and in one place.
struct EdgeChange {
  std::size_t head = 0;  // as many at the beginning
  std::size_t tail = 0;  // and at the end

  EdgeChange(const std::vector<topology::Part<topology::Edge>>& before,
             const std::vector<topology::Part<topology::Edge>>& after) {
    const std::size_t most = std::min(before.size(), after.size());
    while (head < most && before[head].same(after[head])) ++head;
    while (tail < most - head && before[before.size() - 1 - tail].same(after[after.size() - 1 - tail])) ++tail;
  }

  // The nodes at the ends of those that differ.
  void collect(const std::vector<topology::Part<topology::Edge>>& edges, Ids& ids) const {
    for (std::size_t edge = head; edge + tail < edges.size(); ++edge) {
      ids.insert(endOf(edges[edge]->from.value).first);
      ids.insert(endOf(edges[edge]->to.value).first);
    }
  }
};

template <typename T>
bool sameParts(const std::vector<topology::Part<T>>& left, const std::vector<topology::Part<T>>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const topology::Part<T>& one, const topology::Part<T>& other) { return one.same(other); });
}

// Whether two layouts say the same of wires, as far as that is quickly seen.
inline bool sameWires(const Layout& before, const Layout& after) {
  const std::size_t most = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < most && before[head].same(after[head])) ++head;
  std::size_t tail = 0;
  while (tail < most - head && before[before.size() - 1 - tail].same(after[after.size() - 1 - tail])) ++tail;
  // Where nothing came or went, most of what lies between is as it was, too.
  const bool paired = before.size() == after.size();
  const auto hasWires = [&](const Layout& layout, const Layout& other) {
    for (std::size_t index = head; index + tail < layout.size(); ++index) {
      if ((!paired || !layout[index].same(other[index])) && isWireId(layout[index]->id)) return true;
    }
    return false;
  };
  return !hasWires(before, after) && !hasWires(after, before);
}

// Where something of an id stood before: as far away as the last one, else by its id.
class Cursor {
 public:
  template <typename T>
  std::optional<std::size_t> find(std::size_t position, const topology::Part<T>& part,
                                  const std::vector<topology::Part<T>>& old) {
    const std::size_t guess = position + shift_;
    if (guess < old.size() && (old[guess].same(part) || old[guess]->id.value == part->id.value)) return guess;
    if (byId_.empty()) {
      for (std::size_t index = 0; index < old.size(); ++index) byId_.emplace(old[index]->id.value, index);
    }
    const auto found = byId_.find(part->id.value);
    if (found == byId_.end()) return std::nullopt;
    shift_ = found->second - position;
    return found->second;
  }

 private:
  std::size_t shift_ = 0;  // wraps around for negative ones
  std::unordered_map<std::string_view, std::size_t> byId_;
};

}  // namespace weir::drawing
