// Rows as canonical JSON: what `weir topic read`, dead letters and tests show.
//
// Fields stand in the schema's order, without blanks, nulls as null. int64 and decimals are exact numbers, float64 the
// shortest text that reads back the same ("NaN", "Infinity" and "-Infinity" as strings), timestamps milliseconds since
// the epoch (with decimals only when they are not whole), dates "2024-01-31", bytes base64. Rows of a table end with
// what kind of change they are: "@op": "insert", "update_before", "update_after" or "delete".
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
