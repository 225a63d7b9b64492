// Parts in the places where they are used: a topology that uses parts becomes one that uses none.
//
// What is in a part gets the id of the node that uses it before its own, with "__" between: "score__filter".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/references.hpp"
#include "core/topology/model/topology.hpp"
#include "core/topology/parts/part_reader.hpp"

namespace weir::topology {

// Where something in a part was drawn.
struct Origin {
  std::string user;  // the node of the topology that uses the part, or a part around it
  std::string file;  // of the part, as its user names it
  std::string id;    // in that file
};

// A port of a node that uses a part, and an end in the part to which it leads.
struct PartEnd {
  std::string user;
  std::string port;
  bool output = false;
  std::string inside;
};

struct Expanded {
  Topology topology;                // its ports: ends that are open, or about which all is said already
  std::vector<Part<Port>> settled;  // of these, the latter
  std::map<std::string, Origin, std::less<>> origins;     // by id
  std::map<std::string, std::string, std::less<>> wires;  // by "from -> to": as it is drawn
  std::vector<PartEnd> ends;
  catalog::PartOperators operators;
  Problems problems;  // of the parts, and of the nodes that use them, as those are drawn
};

bool usesParts(const Topology& topology);

// `references`: of the topology; `file`: from which it was read.
Expanded expanded(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                  const PartReader& reader, const std::string& file);

// The operators of the parts that a topology uses; those whose files cannot be read are left out.
catalog::PartOperators partOperators(const Topology& topology, const catalog::Catalog& catalog,
                                     const PartReader& reader, const std::string& file);

// What was found of an expanded topology, said of the one that is drawn.
void tellAsDrawn(const Topology& drawn, const Expanded& expanded, Problems& problems);

}  // namespace weir::topology
