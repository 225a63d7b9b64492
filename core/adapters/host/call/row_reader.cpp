#include "core/adapters/host/call/row_reader.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <string>

#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"
#include "core/expr/civil_time.hpp"
#include "core/expr/decimal.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::host {

namespace {

Error wrong(const Field& field, const std::string& why) {
  return configError("Field '" + field.name + "' (" + typeName(field.type) + ") " + why + ".");
}

bool isWord(const json::Value& value) {
  return value.isText() || value.kind() == json::Kind::Number;
}

std::optional<std::int64_t> timestampOf(const json::Value& value) {
  std::int64_t micros = 0;
  if (value.isText()) return expr::parseTimestamp(value.asText(), micros) ? std::optional(micros) : std::nullopt;
  expr::Decimal exact = 0;
  if (value.kind() != json::Kind::Number || !expr::parseDecimal(value.asText(), 3, exact)) return std::nullopt;
  if (exact < std::numeric_limits<std::int64_t>::min() || exact > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(exact);
}

std::optional<std::string> fromBase64(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  int have = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (const char c : text) {
    static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    have += 6;
    if (have >= 8) {
      have -= 8;
      bytes += static_cast<char>(group >> have & 0xff);
    }
  }
  return bytes;
}

Result<void> append(AnyBuilder& column, const Field& field, const json::Value* value) {
  if (value == nullptr || value->isNull()) {
    if (!field.nullable) return wrong(field, "is missing or null, which its schema does not allow");
    column.appendNull();
    return {};
  }
  const auto unfit = [&] { return wrong(field, "cannot be " + json::write(*value)); };
  switch (field.type.id) {
    case TypeId::Bool:
      if (value->kind() != json::Kind::Boolean) return unfit();
      column.append(value->asBoolean());
      return {};
    case TypeId::Int32:
    case TypeId::Int64: {
      const std::optional<std::int64_t> number =
          value->kind() == json::Kind::Number ? value->asInteger() : std::nullopt;
      const bool narrow = field.type.id == TypeId::Int32;
      if (!number || (narrow && *number != static_cast<std::int32_t>(*number))) return unfit();
      column.append(*number);
      return {};
    }
    case TypeId::Float64: {
      if (!isWord(*value)) return unfit();
      const std::string& text = value->asText();
      double number = 0;
      const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);  // NaN and Infinity too
      if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return unfit();
      column.append(number);
      return {};
    }
    case TypeId::Decimal128: {
      expr::Decimal unscaled = 0;
      if (!isWord(*value) || !expr::parseDecimal(value->asText(), field.type.scale, unscaled) ||
          !expr::fitsPrecision(unscaled, field.type.precision)) {
        return unfit();
      }
      column.append(Decimal{unscaled});
      return {};
    }
    case TypeId::String:
      if (!value->isText()) return unfit();
      column.append(value->asText());
      return {};
    case TypeId::Bytes: {
      const std::optional<std::string> bytes = value->isText() ? fromBase64(value->asText()) : std::nullopt;
      if (!bytes) return unfit();
      column.append(*bytes);
      return {};
    }
    case TypeId::Timestamp: {
      const std::optional<std::int64_t> micros = timestampOf(*value);
      if (!micros) return unfit();
      column.append(*micros);
      return {};
    }
    case TypeId::Date: {
      std::int32_t days = 0;
      if (!value->isText() || !expr::parseDate(value->asText(), days)) return unfit();
      column.append(days);
      return {};
    }
    case TypeId::List:
      if (!value->isList()) return unfit();
      for (const json::Value& item : value->items()) {
        WEIR_TRY(append(column.child(), field.type.children[0], &item));
      }
      column.endRow();
      return {};
    case TypeId::Struct:
      if (!value->isObject()) return unfit();
      for (std::size_t i = 0; i < field.type.children.size(); ++i) {
        const Field& child = field.type.children[i];
        WEIR_TRY(append(column.child(i), child, value->find(child.name)));
      }
      column.endRow();
      return {};
  }
  return unfit();
}

Result<std::int8_t> opOf(const std::string& name) {
  for (std::int8_t op = WEIR_OP_INSERT; op <= WEIR_OP_DELETE; ++op) {
    if (name == runtime::opText(op)) return op;
  }
  return configError("There is no @op '" + name + "'.");
}

class RowReader {
 public:
  RowReader(const SchemaRef& schema, std::string_view timeField) : builder_(schema), timeField_(timeField) {}

  Result<void> line(const json::Value& row) {
    if (!row.isObject()) return configError("A row is a JSON object.");
    if (row.members().size() == 1 && row.members()[0].name.ends_with("watermark")) return step(row.members()[0]);
    const Schema& schema = builder_.schema()->schema();
    for (const json::Member& member : row.members()) {
      if (!member.name.starts_with('@') && !schema.find(member.name)) {
        return configError("The schema has no field '" + member.name + "'.");
      }
    }
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
      WEIR_TRY(append(builder_.column(i), schema.fields[i], row.find(schema.fields[i].name)));
    }
    builder_.endRow();
    const json::Value* time = row.find("@time");
    if (time == nullptr && !timeField_.empty()) time = row.find(timeField_);
    if (time != nullptr && !time->isNull()) {
      const std::optional<std::int64_t> micros = timestampOf(*time);
      if (!micros) return configError("An event time cannot be " + json::write(*time) + ".");
      builder_.time(*micros);
    }
    if (const json::Value* op = row.find("@op")) {
      WEIR_TRY_ASSIGN(value, opOf(op->asText()));
      builder_.op(value);
    }
    if (const json::Value* key = row.find("@key")) builder_.key(key->asText());
    return {};
  }
  Batch finish() { return builder_.finish(); }

 private:
  Result<void> step(const json::Member& member) {
    std::optional<std::int64_t> micros = timestampOf(member.value);
    if (member.value.isText() && member.value.asText() == "end") micros = WEIR_WATERMARK_MAX;
    if (!micros) return configError("A watermark cannot be " + json::write(member.value) + ".");
    if (member.name == "@watermark") {
      builder_.watermark(*micros);
    } else if (member.name == "@origin_watermark") {
      builder_.originWatermark(*micros);
    } else {
      return configError("There is no '" + member.name + "'; steps are @watermark and @origin_watermark.");
    }
    return {};
  }
  BatchBuilder builder_;
  std::string timeField_;
};

}  // namespace

Result<Batch> readRows(const SchemaRef& schema, std::string_view lines, std::string_view timeField) {
  RowReader reader(schema, timeField);
  for (int number = 1; !lines.empty(); ++number) {
    const std::size_t end = lines.find('\n');
    const std::string_view text = lines.substr(0, end);
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto located = [&](const Error& error) {
      return configError("Row line " + std::to_string(number) + ": " + error.message);
    };
    const Result<json::Value> row = json::parseText(text);
    if (!row) return located(row.error());
    const Result<void> read = reader.line(*row);
    if (!read) return located(read.error());
  }
  return reader.finish();
}

Result<Schema> parseSchema(std::string_view text) {
  if (text.find_first_not_of(" \n") == std::string_view::npos) return Schema{};
  WEIR_TRY_ASSIGN(type, parseType("struct<" + std::string(text) + ">"));
  return Schema{type.children};
}

}  // namespace weir::host
