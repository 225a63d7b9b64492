// Walking through UTF-8 by characters.
#pragma once

#include <string_view>

namespace weir::drawing {

// Where the character after the one at `at` begins.
inline std::size_t afterCharacter(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

// The beginning of the character in whose middle `at` may be.
inline std::size_t characterStart(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

// The character at `at`, which moves behind it.
inline char32_t nextCharacter(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t end = afterCharacter(text, at);
  char32_t out = first < 0x80 ? first : first >= 0xF0 ? first & 0x07U : first >= 0xE0 ? first & 0x0FU : first & 0x1FU;
  for (++at; at < end; ++at) out = (out << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
  return out;
}

}  // namespace weir::drawing
