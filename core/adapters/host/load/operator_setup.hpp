// An operator by itself, outside of any topology: parameters and output schemas as a plan would have them. For the
// test kit and `weir plugin-check`; real topologies go through core/topology, which also checks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

// Fills defaults in and turns durations into microseconds. Does not check types or bounds: an operator must stand
// that, and tests want to see it.
Result<json::Value> plainParams(const std::vector<catalog::ParamSpec>& specs, const json::Value& given);

// The same of parameters as JSON, and refuses what is required and missing, or not known.
Result<std::string> completeParams(const std::vector<catalog::ParamSpec>& specs, const std::string& given);

// The smallest sensible parameters: examples, then defaults, then something of the type for what is required.
json::Value exampleParams(const std::vector<catalog::ParamSpec>& specs, const Schema& input);

// By output port, from the manifest's rules and derive_schema. `functions`: that expressions may call.
Result<std::vector<Schema>> outputSchemas(runtime::PluginHost& host, const catalog::OperatorSpec& spec,
                                          const std::string& use, weir_stage stage, const json::Value& params,
                                          const std::vector<Schema>& inputs, const expr::Functions& functions);

}  // namespace weir::host
