// Tokens to syntax.
#pragma once

#include <string_view>

#include "core/expr/expr.hpp"
#include "core/expr/syntax.hpp"

namespace weir::expr {

// Longer texts, deeper nesting and longer chains are refused: they would be accidents or attacks.
inline constexpr std::size_t kMaxTextBytes = 64 * 1024;
inline constexpr int kMaxNesting = 64;
inline constexpr int kMaxTreeDepth = 512;
inline constexpr std::size_t kMaxNodes = 4096;

// Null with `error` filled when the text is not an expression.
SyntaxPtr parse(std::string_view text, CompileError& error);

// Words that name no field unless they stand in double quotes.
bool isReserved(std::string_view lowerWord);

}  // namespace weir::expr
