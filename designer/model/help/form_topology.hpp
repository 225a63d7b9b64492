// Forms that no manifest declares: of the topology itself and of groups, and what every node has; and setting fields.
#pragma once

#include <string>
#include <vector>

#include "designer/model/help/form.hpp"

namespace weir::designer {

// The form of the topology itself, for which an empty id stands: name, note, guarantee, parameters.
Form topologyForm(const topology::Topology& topology, const topology::CheckOutcome& checked);
// The form of a group.
Form groupForm(const topology::Topology& topology, const std::string& id);

// setValue() for every field of a form: knows the parameters of the topology, and takes away an object (such as
// "event_time") whose last member is taken away.
Result<Edit> setField(const topology::Topology& topology, const std::string& id, const std::string& path,
                      json::Value value);

// The note and the guarantee of a node, and the ids that it had.
std::vector<FormField> aboutFields(const topology::Node& node);

}  // namespace weir::designer
