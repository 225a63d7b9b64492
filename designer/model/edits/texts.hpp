// The texts that somebody wrote into the parts of a topology: what finding reads, and replacing changes.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

// Visits every text in a value, however deep. `Value` is json::Value or const json::Value.
template <typename Value, typename Visit>
void eachText(Value& value, const Visit& visit) {
  if (value.isText()) visit(value);
  for (auto& item : value.items()) eachText(item, visit);
  for (auto& member : value.members()) eachText(member.value, visit);
}

struct Replacing {
  Edit edit;
  int places = 0;  // that were changed
};

// Puts `with` in the place of `what`, whatever its case, in names, remarks and settings of the parts `ids`. Ids stay:
// changeId changes one wherever it stands. [any]
Replacing replaceText(const topology::Topology& topology, const std::vector<std::string>& ids, const QString& what,
                      const QString& with);

}  // namespace weir::designer
