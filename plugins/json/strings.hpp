// JSON strings: finding their end, taking them apart, checking UTF-8.
#pragma once

#include <string>

#include "plugins/json/buffer.hpp"
#include "plugins/json/failure.hpp"
#include "plugins/json/scan.hpp"

namespace weir::json {

// All take the place after the opening quote and answer the place after the closing one. Escapes must be
// complete, surrogates paired, UTF-8 valid (no overlong forms, nothing above U+10FFFF).

// Everything that is not plain text: the rest of a string from its first special byte at `at`.
const char* readSpecialString(const char* at, Buffer<char>* out, Failure& failure);

// Appends the text to `out`. On failure `out` may hold a part of it.
inline const char* readString(const char* at, Buffer<char>& out, Failure& failure) {
  for (;;) {
    char* room = out.room(32);
    const std::uint32_t special = specialBytes(at);
    std::memcpy(room, at, 32);
    if (special != 0) [[likely]] {
      const auto plain = static_cast<std::size_t>(std::countr_zero(special));
      out.setSize(out.size() + plain);
      at += plain;
      if (*at == '"') [[likely]]
        return at + 1;
      return readSpecialString(at, &out, failure);
    }
    out.setSize(out.size() + 32);
    at += 32;
  }
}

// Checks the string without keeping it.
inline const char* skipString(const char* at, Failure& failure) {
  for (;;) {
    const std::uint32_t special = specialBytes(at);
    if (special != 0) {
      at += std::countr_zero(special);
      return *at == '"' ? at + 1 : readSpecialString(at, nullptr, failure);
    }
    at += 32;
  }
}

}  // namespace weir::json
