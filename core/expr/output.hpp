// Vectors to Arrow columns.
#pragma once

#include "core/expr/node.hpp"
#include "core/expr/vector.hpp"
#include "weir/sdk/column_builder.hpp"

namespace weir::expr {

// A column of frame.rowCount rows; those outside `rows` are zero or empty. Strings that do not fit into one column
// (2 GiB) become errors of their rows.
OwnedColumn makeColumn(Frame& frame, TypeId type, Rows rows, const Vector& values);

}  // namespace weir::expr
