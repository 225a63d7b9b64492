// Rows as JSON text: what the format json.json, `weir topic read` and dead letters write.
//
// Fields stand in the schema's order, without blanks, nulls as null. Integers and decimals are exact numbers, float64
// the shortest text that reads back the same ("NaN", "Infinity" and "-Infinity" as strings), timestamps milliseconds
// since the epoch (with decimals only when they are not whole), dates "2024-01-31", bytes base64 (RFC 4648, padded).
#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/json_escape.hpp"
#include "weir/sdk/types.hpp"

namespace weir {

struct JsonForm {
  // Bytes that are not UTF-8 become U+FFFD, because JSON cannot hold them. Otherwise they stay as they are: for people.
  bool replaceInvalidText = true;
  // Timestamps that are not whole milliseconds have three decimals. Otherwise as many as they need.
  bool threeDecimals = true;
};

// Length of the UTF-8 sequence that begins with the byte at `at`, which is not ASCII; 0 when it is none (overlong
// forms, surrogates and what is above U+10FFFF included). Reads as many bytes as its first one asks for, and stops at
// the first that does not fit. Unicode, table 3-7.
inline std::size_t utf8SequenceLength(const char* at) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
  const auto follows = [&](int i, unsigned low = 0x80, unsigned high = 0xbf) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead >= 0xc2 && lead <= 0xdf) return follows(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const bool second = follows(1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
    return second && follows(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const bool second = follows(1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

// A JSON string with its quotation marks; escapes only what JSON demands.
inline void appendJsonText(std::string& out, std::string_view text, JsonForm form = {}) {
  const auto sequenceAt = [&](std::size_t at) -> std::size_t {
    if (!form.replaceInvalidText) return 1;
    char copy[4] = {};  // the text may end within the sequence
    std::memcpy(copy, text.data() + at, text.size() - at < 4 ? text.size() - at : 4);
    return utf8SequenceLength(copy);
  };
  out += '"';
  std::size_t plain = 0;  // from here on nothing has been written
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= ' ' && byte != '"' && byte != '\\' && byte < 0x80) {
      ++i;
      continue;
    }
    if (byte >= 0x80) {
      if (const std::size_t length = sequenceAt(i); length != 0) {
        i += length;
        continue;
      }
    }
    out.append(text.data() + plain, i - plain);
    if (byte >= 0x80) {
      out += "\xef\xbf\xbd";
    } else {
      appendJsonEscape(out, text[i]);
    }
    plain = ++i;
  }
  out.append(text.data() + plain, text.size() - plain);
  out += '"';
}

template <typename Number>
void appendJsonNumber(std::string& out, Number value) {
  char text[40];
  const auto result = std::to_chars(text, text + sizeof(text), value);
  out.append(text, result.ptr);
}

inline void appendJsonDouble(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    appendJsonNumber(out, value);
  }
}

inline void appendJsonDecimal(std::string& out, Int128 value, int scale) {
  char digits[40];
  int count = 0;
  auto magnitude = value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
  for (; magnitude != 0 || count <= scale; magnitude /= 10) {
    digits[count++] = static_cast<char>('0' + static_cast<int>(magnitude % 10));
  }
  if (value < 0) out += '-';
  while (count != 0) {
    if (count == scale) out += '.';
    out += digits[--count];
  }
}

inline void appendJsonTimestamp(std::string& out, std::int64_t microseconds, JsonForm form = {}) {
  const std::int64_t whole = microseconds / 1000;
  auto rest = static_cast<int>(microseconds % 1000);
  if (rest == 0) return appendJsonNumber(out, whole);
  if (microseconds < 0 && whole == 0) out += '-';
  appendJsonNumber(out, whole);
  rest = rest < 0 ? -rest : rest;
  const char decimals[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                           static_cast<char>('0' + rest % 10)};
  std::size_t size = sizeof(decimals);
  while (!form.threeDecimals && decimals[size - 1] == '0') --size;
  out.append(decimals, size);
}

// Without quotation marks, in the proleptic Gregorian calendar; years outside 0000 to 9999 carry a sign: +12013-01-31.
inline void appendDate(std::string& out, std::int32_t days) {
  // The usual arithmetic over eras of 400 years that begin in March.
  const std::int64_t since = std::int64_t{days} + 719'468;
  const std::int64_t era = (since >= 0 ? since : since - 146'096) / 146'097;
  const auto dayOfEra = static_cast<unsigned>(since - era * 146'097);
  const unsigned yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
  const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const unsigned shifted = (5 * dayOfYear + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  const unsigned day = dayOfYear - (153 * shifted + 2) / 5 + 1;
  const std::int64_t year = static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0);

  if (year < 0 || year > 9999) out += year < 0 ? '-' : '+';
  const auto years = static_cast<std::uint64_t>(year < 0 ? -year : year);
  for (std::uint64_t least = 1000; least > years && least > 1; least /= 10) out += '0';
  appendJsonNumber(out, years);
  const auto appendTwo = [&](unsigned value) {
    out += '-';
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
  };
  appendTwo(month);
  appendTwo(day);
}

// Without quotation marks.
inline void appendBase64(std::string& out, std::string_view bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [&](std::size_t at) {
    return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0U;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kAlphabet[bits >> 18];
    out += kAlphabet[(bits >> 12) & 63];
    out += i + 1 < bytes.size() ? kAlphabet[(bits >> 6) & 63] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[bits & 63] : '=';
  }
}

// A type whose members' names have been written beforehand: for whoever writes many rows.
struct JsonNode {
  DataType type;
  std::vector<std::string> labels;  // of members: `{"name":` or `,"name":`
  std::vector<JsonNode> children;

  explicit JsonNode(DataType of, JsonForm form = {}) : type(std::move(of)) {
    for (const Field& child : type.children) {
      std::string label = labels.empty() ? "{" : ",";
      appendJsonText(label, child.name, form);
      labels.push_back(label + ":");
      children.emplace_back(child.type, form);
    }
  }
};

// What the recursion below asks of a type, prepared or not.
inline const DataType& jsonType(const DataType& type) {
  return type;
}
inline const DataType& jsonType(const JsonNode& node) {
  return node.type;
}
inline const DataType& jsonChild(const DataType& type, std::size_t i) {
  return type.children[i].type;
}
inline const JsonNode& jsonChild(const JsonNode& node, std::size_t i) {
  return node.children[i];
}
inline void appendJsonLabel(std::string& out, const DataType& type, std::size_t i, JsonForm form) {
  out += i == 0 ? '{' : ',';
  appendJsonText(out, type.children[i].name, form);
  out += ':';
}
inline void appendJsonLabel(std::string& out, const JsonNode& node, std::size_t i, JsonForm) {
  out += node.labels[i];
}

// One value of a column; Type is DataType or JsonNode.
template <typename Type>
void appendJsonValue(std::string& out, const Type& type, ColumnView column, std::int64_t row, JsonForm form = {}) {
  if (column.isNull(row)) {
    out += "null";
    return;
  }
  const DataType& plain = jsonType(type);
  switch (plain.id) {
    case TypeId::Bool: out += BoolView(column)[row] ? "true" : "false"; break;
    case TypeId::Int32: appendJsonNumber(out, FixedView<std::int32_t>(column)[row]); break;
    case TypeId::Int64: appendJsonNumber(out, FixedView<std::int64_t>(column)[row]); break;
    case TypeId::Float64: appendJsonDouble(out, FixedView<double>(column)[row]); break;
    case TypeId::Decimal128: appendJsonDecimal(out, FixedView<Int128>(column)[row], plain.scale); break;
    case TypeId::String: appendJsonText(out, StringView(column)[row], form); break;
    case TypeId::Bytes:
      out += '"';
      appendBase64(out, StringView(column)[row]);
      out += '"';
      break;
    case TypeId::Timestamp: appendJsonTimestamp(out, FixedView<std::int64_t>(column)[row], form); break;
    case TypeId::Date:
      out += '"';
      appendDate(out, FixedView<std::int32_t>(column)[row]);
      out += '"';
      break;
    case TypeId::List: {
      const ListView list(column);
      out += '[';
      for (std::int64_t i = list.begin(row); i < list.end(row); ++i) {
        if (i != list.begin(row)) out += ',';
        appendJsonValue(out, jsonChild(type, 0), column.child(0), i, form);
      }
      out += ']';
      break;
    }
    case TypeId::Struct:
      for (std::size_t i = 0; i < plain.children.size(); ++i) {
        appendJsonLabel(out, type, i, form);
        appendJsonValue(out, jsonChild(type, i), column.child(i), column.childRow(row), form);
      }
      out += plain.children.empty() ? "{}" : "}";
      break;
  }
}

// Rows of one schema. What kind of change a row is, is not told.
class RowJsonWriter {
 public:
  explicit RowJsonWriter(const Schema& schema, JsonForm form = {})
      : form_(form), root_(DataType::structure(schema.fields), form) {}

  // Appends one row of a batch of this schema, without a line feed.
  void appendRow(std::string& out, const Batch& batch, std::int64_t row) const {
    for (std::size_t i = 0; i < root_.children.size(); ++i) {
      out += root_.labels[i];
      appendJsonValue(out, root_.children[i], batch.column(i), row, form_);
    }
    out += root_.children.empty() ? "{}" : "}";
  }

 private:
  JsonForm form_;
  JsonNode root_;
};

}  // namespace weir
