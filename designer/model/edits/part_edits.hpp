// Groups become parts: files that are used as nodes.
#pragma once

#include <string>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

struct GroupAsPart {
  topology::Topology part;  // what the file holds
  Edit edit;                // one node in the place of the group; one step
};

// The wires that cross the frame become ports. Parameters that are referred to come along, and get their values from
// those outside. `use`: how the topology will name the file.
GroupAsPart groupAsPart(const topology::Topology& topology, const std::string& group, const std::string& use);

// "score" of "file:parts/score.weir".
std::string nameOfPart(std::string_view use);

}  // namespace weir::designer
