// Which group everything lies in. A file may say more than can be: then the first group that names something has it,
// and what would close a circle does not count. The check says so.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/topology/model/topology.hpp"

namespace weir::topology {

// Views are of the topology, which must outlive it. Groups are known by their index in Topology::groups.
class GroupNesting {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // What of the members of groups does not count.
  struct Refused {
    std::size_t group = kNone;
    const Text* member = nullptr;
    std::size_t has = kNone;  // the group that has it; none: it would be in itself
  };

  explicit GroupNesting(const Topology& topology);

  std::size_t find(std::string_view group) const;
  // The group that a node, topic or group lies in.
  std::size_t around(std::string_view part) const;
  std::size_t around(std::size_t group) const { return around_[group]; }
  // Whether a group is another one or lies in it.
  bool within(std::size_t group, std::size_t other) const;
  // Outer ones before those in them, else in the order of the file.
  const std::vector<std::size_t>& outerFirst() const { return outerFirst_; }
  const std::vector<Refused>& refused() const { return refused_; }

 private:
  void put(std::size_t group, const Text& member);

  std::unordered_map<std::string_view, std::size_t> index_;   // of groups
  std::unordered_map<std::string_view, std::size_t> owners_;  // of all members
  std::vector<std::size_t> around_;                           // of groups
  std::vector<std::size_t> outerFirst_;
  std::vector<Refused> refused_;
};

}  // namespace weir::topology
