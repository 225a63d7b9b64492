// What run, check, fmt, draw and diff share: reading a topology from a file, and where that is.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/check/surroundings.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::app {

// The bytes of a file; "-" is the standard input. The error names the file and what is wrong with it.
Result<std::string> readWholeFile(const std::string& path);

// Both answer kExitOk, or the status with which the command ends: what is wrong, with the file or with the form of the
// topology in it, has been said.
int takeTopology(const std::string& path, topology::Topology& topology);
int takeTopology(const std::string& path, const std::string& text, topology::Topology& topology);

// The same for a file `out`, given by -o, into which something of the topology in `path` is to be written: not over
// what the topology reads or writes.
int checkOutput(const std::string& path, const topology::Topology& topology, const catalog::Catalog& catalog,
                const std::string& out);

// The catalog with the parts that a topology, read from that file, uses; as far as they can be read.
catalog::Catalog withParts(catalog::Catalog catalog, const topology::Topology& topology, const std::string& file);

// Where the topology of that name, read from that file, would run here, in its default home.
topology::Surroundings surroundingsOf(const std::string& file, const std::string& topology);

}  // namespace weir::app
