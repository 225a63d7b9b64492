// What run, check, fmt, draw and diff share: reading a topology from a file, and where that is.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/topology/check/surroundings.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::app {

// The bytes of a file; "-" is the standard input. The error names the file and what is wrong with it.
Result<std::string> readWholeFile(std::string_view path);

// The error is everything that is wrong with the form of a topology; `path` is named in it.
Result<topology::Topology> topologyOf(const std::string& text, std::string_view path);
Result<topology::Topology> readTopologyFile(std::string_view path);

// Where the topology of that name, read from that file, would run here, in its default home.
topology::Surroundings surroundingsOf(const std::string& file, const std::string& topology);

}  // namespace weir::app
