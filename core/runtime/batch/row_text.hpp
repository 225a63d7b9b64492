// Rows as JSON: what `weir topic read`, dead letters and tests show.
//
// As weir/sdk/row_json.hpp writes them, with texts as they are kept and times with no more decimals than they need.
// Rows of a table end with what kind of change they are: "@op": "insert", "update_before", "update_after" or "delete".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

// Appends one value; `field` is the type of `column`.
void appendValueText(std::string& out, const Field& field, ColumnView column, std::int64_t row);

// The name of a WEIR_OP_*.
std::string_view opText(std::int8_t op);

// Appends one row of a batch that has this schema, without a line end.
void appendRowText(std::string& out, const Schema& schema, const Batch& batch, std::int64_t row);

// One row, by the batch's own schema. For many rows import the schema once and append.
std::string rowText(const Batch& batch, std::int64_t row);

// Every selected row, a line each.
std::string batchText(const Batch& batch);

}  // namespace weir::runtime
