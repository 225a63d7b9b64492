// What an expression says, before anything is known about types.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "weir/sdk/types.hpp"

namespace weir::expr {

// Bytes [begin, end) of the text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

enum class SyntaxKind : std::uint8_t {
  Integer,        // text: digits, with '-' before them when the sign was written
  DecimalNumber,  // text: digits with a point
  Float,          // text: with an exponent
  String,         // text: the contents
  Timestamp,      // text: the contents of timestamp '...'; Date and Interval likewise
  Date,
  Interval,
  Boolean,  // text: "true" or "false"
  Null,
  Field,      // path
  Operation,  // text: an operator or a function name in lower case; children: its operands
  Cast,       // castType; children: the operand
  Case,       // children: (operand)? (when then)* (else)?
};

struct Syntax {
  SyntaxKind kind = SyntaxKind::Null;
  Span span;
  std::string text;
  std::vector<std::string> path;
  std::vector<Span> pathSpans;  // of each name in `path`; of a qualified call: of its whole name
  std::vector<std::unique_ptr<Syntax>> children;
  DataType castType;
  bool isCall = false;       // Operation: written as name(...)
  bool isQualified = false;  // Operation: written as plugin.name(...), and in `text` as written
  bool hasOperand = false;   // Case
  bool hasElse = false;      // Case
  int depth = 1;             // levels from here to the deepest leaf
};

using SyntaxPtr = std::unique_ptr<Syntax>;

}  // namespace weir::expr
