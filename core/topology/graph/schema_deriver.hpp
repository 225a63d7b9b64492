// The door to operators' own schema derivation, for what the manifest's rules cannot say.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "weir/abi/operator.h"
#include "weir/sdk/types.hpp"

namespace weir::topology {

// `params` is JSON as a plan holds it: defaults filled in, durations in microseconds. References to the environment
// and to files may still stand in texts.
struct DeriveRequest {
  std::string node;  // that asks; the answer does not hang on it
  std::string use;   // plugin.operator
  std::string params;
  weir_stage stage = WEIR_STAGE_WHOLE;
  std::vector<Schema> inputs;  // by input port
};

// Answers the complete schema of every output port. An error of kind Config says what the operator refuses; any
// other kind says that it could not be asked.
using SchemaDeriver = std::function<Result<std::vector<Schema>>(const DeriveRequest&)>;

}  // namespace weir::topology
