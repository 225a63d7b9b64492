// When a source says that what follows has another schema, the run ends and goes on with a new plan. This says what has
// changed, and tells a source that gets nowhere that way.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/input/task_input.hpp"
#include "core/topology/plan/plan.hpp"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

// "added b (string), removed c, a is string and was int64"; empty when the columns are the same ones, in any order.
std::string columnChanges(const Schema& before, const Schema& after);

// What the source gives in this plan; nullptr: it is not in it.
const Schema* schemaOfSource(const topology::Plan& plan, const std::string& node);

// Of one run of the program.
class SchemaChanges {
 public:
  // The source has said so, and this is the schema that it gives now. An error: it had given that before, and has read
  // nothing since, so that it would say the same again for ever.
  Result<void> planned(const SchemaChange& change, const Schema& schema);

 private:
  std::map<std::string, std::vector<Schema>> given_;  // by source, since it last got on
};

}  // namespace weir::runtime
