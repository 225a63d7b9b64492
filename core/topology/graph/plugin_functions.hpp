// The functions and aggregates of a catalog, as expressions and topologies know them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/expr/plugin_functions.hpp"

namespace weir::topology {

// Where an aggregate may stand, for messages.
inline constexpr std::string_view kAggregateUse = "Name it as the \"function\" of an aggregate, in a window";

std::vector<expr::FunctionSignature> functionsOf(const catalog::Catalog& catalog);

// What can be called where expressions are checked and not computed. `known` is what functionsOf answers; both are
// looked at as long as the functions are used.
expr::Functions checkedFunctions(const std::vector<expr::FunctionSignature>& known, const catalog::Catalog& catalog);

// What comes out of an aggregate over columns of these types; an error says which it takes.
Result<Field> pureResult(const catalog::OperatorSpec& spec, const std::string& use, const Schema& arguments);

}  // namespace weir::topology
