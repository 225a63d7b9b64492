// The smallest steps through JSON text: spaces, digits, runs of plain characters.
//
// Everything here may look up to kPadding bytes beyond the place that it is given, so texts end with a
// terminator (a line feed or a zero) and that much readable memory after it. No step goes past the terminator.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace weir::json {

inline constexpr std::size_t kPadding = 64;
inline constexpr int kMaximumDepth = 64;

// How the text ends, and whether a line feed may stand between tokens.
enum class Framing : bool { Lines, Records };

inline bool isSpace(char c, Framing framing) {
  return c == ' ' || c == '\t' || c == '\r' || (c == '\n' && framing == Framing::Records);
}

inline const char* skipSpace(const char* at, Framing framing) {
  while (isSpace(*at, framing)) ++at;
  return at;
}

inline bool isDigit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

// One bit for each of the 32 bytes at `at` that is a quote, a backslash, a control character or not ASCII.
inline std::uint32_t specialBytes(const char* at) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i space = _mm_set1_epi8(' ');
  const auto look = [&](const char* from) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    // As signed numbers, control characters and bytes above 127 are both below the space.
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                      _mm_cmplt_epi8(bytes, space));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
  };
  return look(at) | (look(at + 16) << 16);
#else
  std::uint32_t hits = 0;
  for (int i = 0; i < 32; ++i) {
    const char c = at[i];
    if (c == '"' || c == '\\' || static_cast<signed char>(c) < ' ') hits |= 1U << i;
  }
  return hits;
#endif
}

// Whether the first `size` (at most 32) bytes agree. Looks at 32 bytes of both.
inline bool sameBytes(const char* left, const char* right, std::size_t size) {
#if defined(__SSE2__)
  const auto equal = [&](int from) {
    return static_cast<std::uint32_t>(
        _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(left + from)),
                                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(right + from)))));
  };
  const std::uint64_t wanted = (std::uint64_t{1} << size) - 1;
  if (size <= 16) return (~equal(0) & wanted) == 0;
  return (~(equal(0) | (equal(16) << 16)) & wanted) == 0;
#else
  return std::memcmp(left, right, size) == 0;
#endif
}

// A run of decimal digits. `value` holds it when `count` is at most 19.
struct Digits {
  std::uint64_t value = 0;
  std::size_t count = 0;
};

inline constexpr std::uint64_t kPowersOfTen[20] = {1ULL,
                                                   10ULL,
                                                   100ULL,
                                                   1000ULL,
                                                   10000ULL,
                                                   100000ULL,
                                                   1000000ULL,
                                                   10000000ULL,
                                                   100000000ULL,
                                                   1000000000ULL,
                                                   10000000000ULL,
                                                   100000000000ULL,
                                                   1000000000000ULL,
                                                   10000000000000ULL,
                                                   100000000000000ULL,
                                                   1000000000000000ULL,
                                                   10000000000000000ULL,
                                                   100000000000000000ULL,
                                                   1000000000000000000ULL,
                                                   10000000000000000000ULL};

// The number that eight digits make; `digits` holds them as values 0 to 9, the first in the lowest byte.
inline std::uint64_t eightDigits(std::uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  return (((digits & 0x000000ff000000ffULL) * 0x000f424000000064ULL) +
          (((digits >> 16) & 0x000000ff000000ffULL) * 0x0000271000000001ULL)) >>
         32;
}

// Eight bytes at a time: the usual loop costs a wrong guess of the processor per number.
inline const char* scanDigits(const char* at, Digits& digits) {
  static_assert(std::endian::native == std::endian::little);
  for (;;) {
    std::uint64_t bytes;
    std::memcpy(&bytes, at, 8);
    bytes ^= 0x3030303030303030ULL;
    const std::uint64_t others = ((bytes + 0x7676767676767676ULL) | bytes) & 0x8080808080808080ULL;
    if (others == 0) {
      digits.value = digits.value * 100000000ULL + eightDigits(bytes);
      digits.count += 8;
      at += 8;
      continue;
    }
    const auto count = static_cast<std::size_t>(std::countr_zero(others)) / 8;
    if (count != 0) {
      digits.value = digits.value * kPowersOfTen[count] + eightDigits(bytes << (64 - 8 * count));
      digits.count += count;
    }
    return at + count;
  }
}

}  // namespace weir::json
