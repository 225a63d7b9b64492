// Where the topology is cut: which nodes one task runs together, how many tasks there are, and where rows have to
// move because an operator needs another key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/topology/graph/typed_graph.hpp"
#include "core/topology/model/guarantee.hpp"

namespace weir::topology {

struct PartitionOptions {
  std::int32_t partitions = 1;                       // of declared topics that do not say
  std::map<std::string, std::int32_t> partitionsOf;  // topics that exist already: by name in the log
};

// All edges into one port go through the log, to the task of their key.
struct Repartition {
  std::size_t node = kNone;  // the keyed operator
  std::size_t port = 0;
  std::vector<std::string> fields;
  std::int32_t partitions = 1;
  bool combine = false;    // a partial stage puts rows together before
  bool broadcast = false;  // every row goes to every task
};

struct Cut {
  std::vector<std::size_t> subTopology;  // by node: where it runs; of a topic: where it is read
  std::vector<std::int32_t> tasks;       // by part
  std::vector<Guarantee> guarantees;     // by part
  std::vector<Repartition> repartitions;

  const Repartition* repartition(std::size_t node, std::size_t port) const;
};

// Name in the log and number of partitions of a declared topic.
std::string topicName(const TypedNode& topic);
std::int32_t topicPartitions(const TypedNode& topic, const PartitionOptions& options);
// "string", "int64", "int32", or "state" for everything else: how keys of these fields are written.
std::string keyFormatOf(const Schema& schema, const std::vector<std::string>& fields);

// The graph has no circle. Reports repartitions (info), and what cannot run as it is drawn.
Cut cutGraph(const Topology& topology, const TypedGraph& graph, const PartitionOptions& options, Problems& problems);

}  // namespace weir::topology
