// What the tests of pictures draw: the operators and topologies that ship with Weir.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing::testing {

std::string contentsOf(const std::string& path);
// Of every plugins/*/plugin.json.
catalog::Catalog shippedCatalog();
// Every topologies/*.weir, in order of name.
std::vector<std::string> shippedFiles();
topology::Topology topologyOf(std::string_view text);
// A topology of these nodes, topics and edges, each the inside of a JSON list.
topology::Topology drawn(const std::string& nodes, const std::string& edges = "", const std::string& topics = "",
                         const std::string& more = "");

}  // namespace weir::drawing::testing
