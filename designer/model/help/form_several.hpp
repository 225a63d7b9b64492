// The form of several nodes and topics that are edited at once.
#pragma once

#include <string>
#include <vector>

#include "designer/model/help/form.hpp"

namespace weir::designer {

// The settings that all of them have: of the same operator all, else what has one name and type. A field has a value
// where they agree. What can only be changed as a whole (lists, columns) can be changed where they agree. Names and
// notes are each part's own.
Form formOfSeveral(const topology::Topology& topology, const catalog::Catalog& catalog,
                   const topology::CheckOutcome& checked, const std::vector<std::string>& ids);

// setField() for a field of that form, of all of them in one step.
Result<Edit> setFieldOfAll(const topology::Topology& topology, const std::vector<std::string>& ids,
                           const std::string& path, const json::Value& value);

}  // namespace weir::designer
