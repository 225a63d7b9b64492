// The columns of an operator's outputs, as the rules of its manifest say. Topologies and operators by themselves (the
// operator harness, `weir plugin-check`) both take them from here.
#pragma once

#include <span>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/expr/plugin_functions.hpp"
#include "weir/sdk/types.hpp"

namespace weir::topology {

// Whether only the operator's own derive_schema knows the columns of this output.
bool asksOperator(const catalog::PortSpec& port);

// The columns of one output for which nobody asks the operator. `params` have their defaults; `inputs` are by port, and
// one that is not attached has no columns. A source without its parameter `schema` has none either.
Result<Schema> schemaByRules(const catalog::OperatorSpec& spec, const catalog::PortSpec& port,
                             const json::Value& params, std::span<const Schema> inputs,
                             const expr::Functions& functions);

}  // namespace weir::topology
