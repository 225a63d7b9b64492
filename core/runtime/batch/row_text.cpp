#include "core/runtime/batch/row_text.hpp"

#include <optional>

#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/row_json.hpp"

namespace weir::runtime {

namespace {

// For people: what has been kept is shown as it is.
constexpr JsonForm kForm{.replaceInvalidText = false, .threeDecimals = false};

}  // namespace

void appendValueText(std::string& out, const Field& field, ColumnView column, std::int64_t row) {
  appendJsonValue(out, field.type, column, row, kForm);
}

std::string_view opText(std::int8_t op) {
  switch (op) {
    case WEIR_OP_UPDATE_BEFORE: return "update_before";
    case WEIR_OP_UPDATE_AFTER: return "update_after";
    case WEIR_OP_DELETE: return "delete";
    default: return "insert";
  }
}

void appendRowText(std::string& out, const Schema& schema, const Batch& batch, std::int64_t row) {
  out += '{';
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    if (i != 0) out += ',';
    appendJsonText(out, schema.fields[i].name, kForm);
    out += ':';
    appendValueText(out, schema.fields[i], batch.column(i), row);
  }
  if (batch.get()->ops != nullptr) {
    out += schema.fields.empty() ? "" : ",";
    out += "\"@op\":\"" + std::string(opText(batch.get()->ops[row])) + "\"";
  }
  out += '}';
}

std::string rowText(const Batch& batch, std::int64_t row) {
  std::string out;
  const std::optional<Schema> schema = importSchema(*batch.get()->schema);
  if (schema) appendRowText(out, *schema, batch, row);
  return out;
}

std::string batchText(const Batch& batch) {
  std::string out;
  const std::optional<Schema> schema = importSchema(*batch.get()->schema);
  if (!schema) return out;
  batch.forEachRow([&](std::int64_t row) {
    appendRowText(out, *schema, batch, row);
    out += '\n';
  });
  return out;
}

}  // namespace weir::runtime
