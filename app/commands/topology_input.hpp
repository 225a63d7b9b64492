// What check, fmt and diff share: reading a topology from a file, and the plugins that it may use.
#pragma once

#include <string>
#include <string_view>

#include "adapters/host/plugin_finder.hpp"
#include "base/result.hpp"
#include "topology/topology_file.hpp"

namespace weir::app {

// The bytes of a file; "-" is the standard input. The error names the file and what is wrong with it.
Result<std::string> readWholeFile(std::string_view path);

// Every plugin that may be used, without loading any.
Result<host::FoundPlugins> findPlugins();

// Reads a topology; the error is everything that is wrong with its form.
Result<topology::Topology> readTopologyFile(std::string_view path);

}  // namespace weir::app
