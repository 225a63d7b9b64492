#include "plugins/json/encoder.hpp"

#include <charconv>
#include <cmath>

#include "plugins/json/base64.hpp"
#include "plugins/json/numbers.hpp"
#include "plugins/json/strings.hpp"
#include "plugins/json/times.hpp"

namespace weir::json {
namespace {

template <typename T>
void appendNumber(std::string& out, T value) {
  char text[40];
  const auto result = std::to_chars(text, text + sizeof(text), value);
  out.append(text, result.ptr);
}

// The shortest text that reads back as the same double; what JSON has no number for as a string.
void appendDouble(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    appendNumber(out, value);
  }
}

void appendDecimal(std::string& out, Int128 value, int scale) {
  __extension__ using UnsignedInt128 = unsigned __int128;
  char digits[40];
  int count = 0;
  auto magnitude =
      value < 0 ? UnsignedInt128{0} - static_cast<UnsignedInt128>(value) : static_cast<UnsignedInt128>(value);
  for (; magnitude != 0 || count <= scale; magnitude /= 10) {
    digits[count++] = static_cast<char>('0' + static_cast<int>(magnitude % 10));
  }
  if (value < 0) out += '-';
  while (count != 0) {
    if (count == scale) out += '.';
    out += digits[--count];
  }
}

// Milliseconds; with three decimals when there are microseconds.
void appendTimestamp(std::string& out, std::int64_t microseconds) {
  const std::int64_t fraction = microseconds % 1000;
  if (microseconds < 0 && microseconds > -1000) out += '-';
  if (fraction == 0) return appendNumber(out, microseconds / 1000);
  if (microseconds < 0 && microseconds > -1000) {
    out += '0';
  } else {
    appendNumber(out, microseconds / 1000);
  }
  const std::string digits = std::to_string(std::llabs(fraction));
  out += '.';
  out.append(3 - digits.size(), '0');
  out += digits;
}

std::size_t validSequence(std::string_view text, std::size_t at) {
  char copy[4] = {};
  std::memcpy(copy, text.data() + at, std::min<std::size_t>(4, text.size() - at));
  return sequenceLength(copy);
}

}  // namespace

void appendString(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= ' ' && byte != '"' && byte != '\\' && byte < 0x80) {
      ++i;
      continue;
    }
    if (byte >= 0x80) {
      if (const std::size_t length = validSequence(text, i); length != 0) {
        i += length;
        continue;
      }
    }
    out.append(text.data() + plain, i - plain);
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (byte >= 0x80) {
          out += "\xef\xbf\xbd";
        } else {
          constexpr char kHex[] = "0123456789abcdef";
          out += "\\u00";
          out += kHex[byte >> 4];
          out += kHex[byte & 15];
        }
    }
    plain = ++i;
  }
  out.append(text.data() + plain, text.size() - plain);
  out += '"';
}

Encoder::Encoder(const Schema& schema) : root_(makeNode(DataType::structure(schema.fields))) {}

Encoder::Node Encoder::makeNode(const DataType& type) {
  Node node{type, {}, {}};
  for (const Field& child : type.children) {
    std::string label = node.labels.empty() ? "{" : ",";
    appendString(label, child.name);
    node.labels.push_back(label + ":");
    node.children.push_back(makeNode(child.type));
  }
  return node;
}

void Encoder::appendRow(std::string& out, const Batch& batch, std::int64_t row) const {
  for (std::size_t i = 0; i < root_.children.size(); ++i) {
    out += root_.labels[i];
    appendValue(out, root_.children[i], batch.column(i), row);
  }
  out += root_.children.empty() ? "{}" : "}";
}

void Encoder::appendValue(std::string& out, const Node& node, ColumnView column, std::int64_t row) {
  if (column.isNull(row)) {
    out += "null";
    return;
  }
  switch (node.type.id) {
    case TypeId::Bool: out += BoolView(column)[row] ? "true" : "false"; break;
    case TypeId::Int32: appendNumber(out, FixedView<std::int32_t>(column)[row]); break;
    case TypeId::Int64: appendNumber(out, FixedView<std::int64_t>(column)[row]); break;
    case TypeId::Float64: appendDouble(out, FixedView<double>(column)[row]); break;
    case TypeId::Decimal128: appendDecimal(out, FixedView<Int128>(column)[row], node.type.scale); break;
    case TypeId::String: appendString(out, StringView(column)[row]); break;
    case TypeId::Bytes:
      out += '"';
      appendBase64(out, StringView(column)[row]);
      out += '"';
      break;
    case TypeId::Timestamp: appendTimestamp(out, FixedView<std::int64_t>(column)[row]); break;
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
        appendValue(out, node.children[0], column.child(0), i);
      }
      out += ']';
      break;
    }
    case TypeId::Struct:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        out += node.labels[i];
        appendValue(out, node.children[i], column.child(i), column.childRow(row));
      }
      out += node.children.empty() ? "{}" : "}";
      break;
  }
}

}  // namespace weir::json
