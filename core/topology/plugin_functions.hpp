// The functions and aggregates of a catalog, as expressions and drawings know them.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "catalog/manifest.hpp"
#include "expr/plugin_functions.hpp"

namespace weir::topology {

std::vector<expr::FunctionSignature> functionsOf(const catalog::Catalog& catalog);

// What comes out of an aggregate over columns of these types; an error says which it takes.
Result<Field> pureResult(const catalog::OperatorSpec& spec, const std::string& use, const Schema& arguments);

}  // namespace weir::topology
