// A topology cut into sub-topologies: what the runtime executes. A value; made by `makePlan`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/topology/model/guarantee.hpp"
#include "core/topology/model/topology.hpp"
#include "weir/abi/operator.h"
#include "weir/sdk/types.hpp"

namespace weir::topology {

// Where a stream's time comes from.
struct EventTime {
  std::string field;
  Duration disorder = 0;
  Duration maxAhead = -1;  // of the clock when a row is first read; -1: as far as it likes
};

struct PlannedTopic {
  std::string name;  // in the log
  std::int32_t partitions = 1;
  Schema schema;
  std::vector<std::string> keyFields;    // rows are placed by these; empty: by the writer, in turn
  std::string keyFormat;                 // "string", "int64", "int32", "json", or "state" (internal)
  std::string valueFormat;               // plugin.format: its rows are records of it; empty: blocks
  std::string valueFormatParams = "{}";  // JSON object
  std::string valueFormatShown = "{}";   // the same without secrets: what may be kept
  std::optional<EventTime> eventTime;
  std::int64_t retentionTime = -1;
  std::int64_t retentionBytes = -1;
  bool skipsGaps = false;    // a reader goes on where rows that it had still to read are gone
  bool table = false;        // its rows change others; a stream otherwise
  bool broadcast = false;    // every row stands in every partition
  bool repartition = false;  // made by the planner: trimmed as soon as it is read
};

enum class NodeRole : std::uint8_t {
  Source,  // an operator that reads the outside world
  Processor,
  Sink,
  TopicRead,   // reads a topic of the log
  TopicWrite,  // writes one
};

struct PlannedEdge {
  std::size_t fromPort = 0;
  std::size_t toNode = 0;  // index into the sub-topology's nodes
  std::size_t toPort = 0;
};

struct PlannedNode {
  std::string id;   // of the node in the topology; repartitions: "<node>.<port>.repartition"
  std::string use;  // plugin.operator; empty for topic nodes
  NodeRole role = NodeRole::Processor;
  weir_stage stage = WEIR_STAGE_WHOLE;
  std::string params;           // JSON object: defaults filled in, references resolved, durations in microseconds
  std::vector<Schema> inputs;   // by port
  std::vector<Schema> outputs;  // by port
  std::vector<PlannedEdge> edges;
  std::size_t topic = 0;               // topic nodes: index into Plan::topics
  std::optional<EventTime> eventTime;  // sources
  bool sourceTellsTime = false;        // sources: times and watermarks come with the records
  std::string format;                  // sources that give bytes: plugin.format
  std::string formatParams = "{}";     // JSON object
  Duration idleAfter = -1;             // sources: a split silent for so long holds no time back; -1: never
  std::string stateStamp;              // the meaning of its stores
  std::string keptAs;                  // name of its state in the home; empty: its id

  // Nodes that were renamed keep their state where it was.
  const std::string& nameInHome() const { return keptAs.empty() ? id : keptAs; }
};

// A part of the topology that one task runs per partition. Nodes stand in topological order.
struct SubTopology {
  std::string id;  // of its first node: stable when other parts change
  std::vector<PlannedNode> nodes;
  std::int32_t tasks = 1;
  Guarantee guarantee = Guarantee::ExactlyOnce;
};

struct Plan {
  std::string name;  // of the topology
  std::vector<SubTopology> subTopologies;
  std::vector<PlannedTopic> topics;
  std::map<std::string, std::vector<std::string>> formerIds;  // of nodes and topics of the topology, by their ids
  // Ids of the topology, and of what they were before, that do not run and may again: nothing of theirs is given up.
  std::set<std::string, std::less<>> waiting = {};

  // Whether it stands for one of these, or for something in it.
  bool waits(std::string_view plannedId) const;
};

// The node or topic of the topology that a planned node stands for: what the planner adds to an id begins with a point.
inline std::string drawnId(std::string_view plannedId) {
  return std::string(plannedId.substr(0, plannedId.find('.')));
}

inline bool Plan::waits(std::string_view plannedId) const {
  const std::string id = drawnId(plannedId);
  if (waiting.contains(id)) return true;
  for (std::size_t at = id.find(kInPart, 1); at != std::string::npos; at = id.find(kInPart, at + 1)) {
    if (waiting.contains(std::string_view(id).substr(0, at))) return true;
  }
  return false;
}

}  // namespace weir::topology
