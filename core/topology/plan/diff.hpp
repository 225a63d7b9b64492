// What changed between two topologies: for undo, the change view, migration plans and `weir diff`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

struct Change {
  enum class Kind : std::uint8_t { Added, Removed, Changed };
  enum class What : std::uint8_t { Topology, Parameter, Port, Node, Topic, Group, Edge, Layout };
  Kind kind = Kind::Changed;
  What what = What::Node;
  std::string id;    // of the node, topic, group or box; "from -> to" of an edge; empty: the topology itself
  std::string path;  // Changed: "use", "params.size", "params.aggregates"; objects are followed, lists are one value
  json::Value before;
  json::Value after;  // of a member that is gone: null

  // Whether the change touches what the topology does, rather than how it is drawn.
  bool logic() const { return what != What::Layout; }
  friend bool operator==(const Change& left, const Change& right) = default;
};

// In the order of `after`, with what is gone first in each section. Empty: the two are equal, but perhaps for the
// order in which things stand in the file. A node or topic that another one says it was has changed its "id", and is
// otherwise compared with that one.
std::vector<Change> diff(const Topology& before, const Topology& after);

bool changesLogic(const std::vector<Change>& changes);
// One line a change: "~ node per_minute: params.size \"1m\" -> \"5m\"".
std::string changesText(const std::vector<Change>& changes);

}  // namespace weir::topology
