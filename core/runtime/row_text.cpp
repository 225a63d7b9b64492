#include "runtime/row_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "weir/sdk/arrow_schema.hpp"

namespace weir::runtime {

namespace {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UnsignedInt128;

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

void appendPadded(std::string& out, std::int64_t value, int digits) {
  std::array<char, 20> buffer;
  for (int i = digits; i-- > 0; value /= 10) buffer[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  out.append(buffer.data(), static_cast<std::size_t>(digits));
}

void appendDecimal(std::string& out, Int128 value, int scale) {
  auto magnitude = static_cast<UnsignedInt128>(value);
  if (value < 0) {
    out += '-';
    magnitude = -magnitude;
  }
  std::string digits;
  for (; magnitude != 0; magnitude /= 10) digits += static_cast<char>('0' + static_cast<int>(magnitude % 10));
  while (digits.size() <= static_cast<std::size_t>(scale)) digits += '0';
  std::reverse(digits.begin(), digits.end());
  if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), 1, '.');
  out += digits;
}

void appendMilliseconds(std::string& out, std::int64_t microseconds) {
  const std::int64_t whole = microseconds / 1000;
  std::int64_t rest = microseconds % 1000;
  if (rest != 0 && microseconds < 0 && whole == 0) out += '-';
  appendNumber(out, whole);
  if (rest == 0) return;
  rest = rest < 0 ? -rest : rest;
  out += '.';
  appendPadded(out, rest, 3);
  while (out.back() == '0') out.pop_back();
}

void appendDay(std::string& out, std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year < 0) out += '-';
  appendPadded(out, std::abs(year), 4);
  out += '-';
  appendPadded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  appendPadded(out, static_cast<unsigned>(date.day()), 2);
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

void appendJsonString(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[c >> 4];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

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
    case TypeId::Decimal128: appendDecimal(out, FixedView<Int128>(column)[row], field.type.scale); return;
    case TypeId::String: appendJsonString(out, StringView(column)[row]); return;
    case TypeId::Bytes:
      out += '"';
      appendBase64(out, StringView(column)[row]);
      out += '"';
      return;
    case TypeId::Timestamp: appendMilliseconds(out, FixedView<std::int64_t>(column)[row]); return;
    case TypeId::Date:
      out += '"';
      appendDay(out, std::chrono::sys_days(std::chrono::days(FixedView<std::int32_t>(column)[row])));
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
        appendJsonString(out, field.type.children[i].name);
        out += ':';
        appendValueText(out, field.type.children[i], column.child(i), column.childRow(row));
      }
      out += '}';
      return;
  }
}

void appendRowText(std::string& out, const Schema& schema, const Batch& batch, std::int64_t row) {
  out += '{';
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    if (i != 0) out += ',';
    appendJsonString(out, schema.fields[i].name);
    out += ':';
    appendValueText(out, schema.fields[i], batch.column(i), row);
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

std::string timestampText(std::int64_t microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(microseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::int64_t inDay = (time - day).count();
  std::string out;
  appendDay(out, day);
  out += 'T';
  appendPadded(out, inDay / 3'600'000'000, 2);
  out += ':';
  appendPadded(out, inDay / 60'000'000 % 60, 2);
  out += ':';
  appendPadded(out, inDay / 1'000'000 % 60, 2);
  out += '.';
  appendPadded(out, inDay % 1'000'000, inDay % 1000 == 0 ? 0 : 6);
  if (inDay % 1000 == 0) appendPadded(out, inDay / 1000 % 1000, 3);
  out += 'Z';
  return out;
}

}  // namespace weir::runtime
