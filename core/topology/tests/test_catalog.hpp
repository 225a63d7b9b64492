// A small world for tests: plugins, what their operators derive, and topologies in few words.
#pragma once

#include <string>

#include "core/catalog/manifest.hpp"
#include "core/topology/graph/schema_deriver.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology::testing {

// file.source, file.sink, json.json, std.filter, std.select, window.tumbling, and odd ones in "odd".
catalog::Catalog testCatalog();

// window.tumbling and std.select as their plugins would answer.
SchemaDeriver testDeriver();

// Reads a topology that must be well-formed.
Topology topologyOf(std::string_view text);

// The lines of a topology file, each with its number from 1: the tests name places by it.
std::string contentsOf(const std::string& path);

// "WEIR1301@12:20 node param", one a line, in the order of the file; infos only when asked for.
std::string briefly(const Problems& problems, bool withInfos = false);

// Parts of a file to put a topology together from.
std::string source(const std::string& id, const std::string& more = "");  // order_id, region, amount, ts; event time ts
std::string node(const std::string& id, const std::string& use, const std::string& params);
std::string window(const std::string& id, const std::string& by, const std::string& more = "");
std::string edge(const std::string& from, const std::string& to);
// {"weir":1,"name":"t","nodes":[...],"topics":[...],"edges":[...]}
std::string file(const std::string& nodes, const std::string& edges, const std::string& topics = "",
                 const std::string& more = "");

}  // namespace weir::topology::testing
