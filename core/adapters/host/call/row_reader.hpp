// Rows from JSON lines, as tests and `weir plugin-check` write them: the inverse of runtime/row_text.hpp. Slow and
// exact; data comes in through format plugins.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::host {

// One object a line. Missing fields are null; unknown ones are refused. Timestamps are milliseconds or ISO 8601 texts.
// Members that begin with @ are not fields: "@time" is the row's event time (a timestamp; without it the row has the
// value of `timeField`, when that is not empty), "@op" is "insert", "update_before", "update_after" or "delete", "@key"
// its key bytes. A line that has only "@watermark", or "@origin_watermark", is a step before the next row.
Result<Batch> readRows(const SchemaRef& schema, std::string_view lines, std::string_view timeField = {});

// "region string not null, amount decimal(12,2)"
Result<Schema> parseSchema(std::string_view text);

}  // namespace weir::host
