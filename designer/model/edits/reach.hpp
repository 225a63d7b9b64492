// What hangs together along wires.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "core/topology/model/topology.hpp"

namespace weir::designer {

enum class Flow : std::uint8_t { Downstream, Upstream };

// Views are of the topology, which must outlive it, and of what is asked for. [any]
class Reach {
 public:
  Reach(const topology::Topology& topology, Flow flow);

  // The ids of what rows come to from these parts, or come from; these too.
  std::set<std::string_view> from(std::vector<std::string_view> parts) const;

 private:
  std::multimap<std::string_view, std::string_view> next_;
};

}  // namespace weir::designer
