#include "core/runtime/batch/row_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/json.hpp"
#include "core/expr/civil_time.hpp"
#include "core/expr/decimal.hpp"
#include "weir/sdk/arrow_schema.hpp"

namespace weir::runtime {

namespace {

template <typename T>
void appendNumber(std::string& out, T value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end.ptr);
}

void appendFloat(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    appendNumber(out, value);
  }
}

void appendMilliseconds(std::string& out, std::int64_t microseconds) {
  const std::int64_t whole = microseconds / 1000;
  std::int64_t rest = microseconds % 1000;
  if (rest != 0 && microseconds < 0 && whole == 0) out += '-';
  appendNumber(out, whole);
  if (rest == 0) return;
  rest = rest < 0 ? -rest : rest;
  const std::string digits = std::to_string(1000 + rest);
  out += '.';
  out += digits.substr(1);
  while (out.back() == '0') out.pop_back();
}

void appendBase64(std::string& out, std::string_view bytes) {
  static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < left ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= left ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
  }
}

}  // namespace

void appendValueText(std::string& out, const Field& field, ColumnView column, std::int64_t row) {
  if (column.isNull(row)) {
    out += "null";
    return;
  }
  switch (field.type.id) {
    case TypeId::Bool: out += BoolView(column)[row] ? "true" : "false"; return;
    case TypeId::Int32: appendNumber(out, FixedView<std::int32_t>(column)[row]); return;
    case TypeId::Int64: appendNumber(out, FixedView<std::int64_t>(column)[row]); return;
    case TypeId::Float64: appendFloat(out, FixedView<double>(column)[row]); return;
    case TypeId::Decimal128: out += expr::decimalText(FixedView<Int128>(column)[row], field.type.scale); return;
    case TypeId::String: out += json::quote(StringView(column)[row]); return;
    case TypeId::Bytes:
      out += '"';
      appendBase64(out, StringView(column)[row]);
      out += '"';
      return;
    case TypeId::Timestamp: appendMilliseconds(out, FixedView<std::int64_t>(column)[row]); return;
    case TypeId::Date:
      out += '"';
      out += expr::dateText(FixedView<std::int32_t>(column)[row]);
      out += '"';
      return;
    case TypeId::List: {
      const ListView list(column);
      out += '[';
      for (std::int64_t element = list.begin(row); element < list.end(row); ++element) {
        if (element != list.begin(row)) out += ',';
        appendValueText(out, field.type.children[0], column.child(0), element);
      }
      out += ']';
      return;
    }
    case TypeId::Struct:
      out += '{';
      for (std::size_t i = 0; i < field.type.children.size(); ++i) {
        if (i != 0) out += ',';
        out += json::quote(field.type.children[i].name);
        out += ':';
        appendValueText(out, field.type.children[i], column.child(i), column.childRow(row));
      }
      out += '}';
      return;
  }
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
    out += json::quote(schema.fields[i].name);
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
