// Cuts the text of an expression into tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expr.hpp"
#include "core/expr/syntax.hpp"

namespace weir::expr {

enum class TokenKind : std::uint8_t { End, Word, QuotedName, Integer, DecimalNumber, Float, String, Symbol };

struct Token {
  TokenKind kind = TokenKind::End;
  Span span;
  std::string text;   // contents without quotes; words and symbols as written
  std::string lower;  // words only: in lower case
};

// The last token is always End. False with `error` filled when the text has something that is no token.
bool tokenize(std::string_view text, std::vector<Token>& tokens, CompileError& error);

}  // namespace weir::expr
