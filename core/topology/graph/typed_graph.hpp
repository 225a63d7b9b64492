// The topology with everything looked up: operators, ports, parameters, schemas, time. Made once, read by the checks
// and by the planner. Points into the topology and the catalog that it was made from.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/graph/normalise.hpp"
#include "core/topology/graph/schema_deriver.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct TypedOutput {
  std::size_t node = kNone;
  std::size_t port = 0;
};

struct TypedNode {
  const Node* node = nullptr;                   // or
  const Topic* topic = nullptr;                 // exactly one of the two
  const catalog::OperatorSpec* spec = nullptr;  // nodes whose operator is known
  Normalised normalised;                        // parameters, or settings of a topic
  std::vector<std::optional<Schema>> inputs;    // by port; nothing: not known
  std::vector<std::optional<Schema>> outputs;
  std::vector<std::vector<std::size_t>> incoming;  // edges by input port
  std::vector<std::vector<std::size_t>> outgoing;  // edges by output port
  bool table = false;                              // topics: their rows change others (insert, update, delete)
  bool timed = false;                              // its rows have event time and watermarks
  std::vector<bool> open;                          // by input port: an open end of a part leads to it
  bool fed = false;                                // an edge ends here, even one that could not be looked up
  bool idle = false;                               // it does not run: it is disabled, or something else is
  std::optional<TypedOutput> passed = {};          // disabled nodes past which rows go: where they come from

  const std::string& id() const { return node != nullptr ? node->id.value : topic->id.value; }
  json::Position position() const { return node != nullptr ? node->id.position : topic->id.position; }
  bool disabled() const { return node != nullptr && !node->disabled.empty(); }
  bool runs() const { return !idle && !disabled(); }
  const json::Value* param(std::string_view name) const { return normalised.params.find(name); }
};

struct TypedEdge {
  std::size_t from = kNone;  // node
  std::size_t fromPort = 0;
  std::size_t to = kNone;
  std::size_t toPort = 0;
  const Edge* edge = nullptr;
};

struct TypedGraph {
  std::vector<TypedNode> nodes;    // nodes, then topics
  std::vector<TypedEdge> edges;    // good ones only, of what runs
  std::vector<std::size_t> order;  // topological, of what runs; without the nodes of a cycle
  bool cyclic = false;
};

class CheckMemory;

// `deriver` may be empty: what it would say stays unknown, and is reported as pending.
TypedGraph makeTypedGraph(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                          const SchemaDeriver& deriver, Problems& problems, CheckMemory* memory = nullptr,
                          const catalog::PartOperators* parts = nullptr);

}  // namespace weir::topology
