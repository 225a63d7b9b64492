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

// How many decimal digits there are at `at`. Many at a time, so that the place where the next token begins is
// known long before the number is: that chain of places is what bounds the scanner's speed.
[[gnu::always_inline]] inline std::size_t countDigits(const char* at) {
  std::size_t count = 0;
#if defined(__SSE2__)
  for (;; count += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + count));
    // Digits become the ten least signed bytes.
    const __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(0x80 - '0')));
    const int others = _mm_movemask_epi8(_mm_cmpgt_epi8(shifted, _mm_set1_epi8(-128 + 9)));
    if (others != 0) return count + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(others)));
  }
#else
  while (isDigit(at[count])) ++count;
  return count;
#endif
}

// The number that `count` (1 to 8) digits at `at` make.
[[gnu::always_inline]] inline std::uint64_t eightDigits(const char* at, std::size_t count) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t digits = 0;
  std::memcpy(&digits, at, 8);
  digits = (digits ^ 0x3030303030303030ULL) << (64 - 8 * count);
  // Pairs, then fours and eights, side by side.
  digits = digits * 10 + (digits >> 8);
  return (((digits & 0x000000ff000000ffULL) * 0x000f424000000064ULL) +
          (((digits >> 16) & 0x000000ff000000ffULL) * 0x0000271000000001ULL)) >>
         32;
}

// The number that `count` (1 to 19) digits at `at` make.
[[gnu::always_inline]] inline std::uint64_t digitsValue(const char* at, std::size_t count) {
  if (count <= 8) return eightDigits(at, count);
  if (count <= 16) return eightDigits(at, 8) * kPowersOfTen[count - 8] + eightDigits(at + 8, count - 8);
  return (eightDigits(at, 8) * kPowersOfTen[8] + eightDigits(at + 8, 8)) * kPowersOfTen[count - 16] +
         eightDigits(at + 16, count - 16);
}

}  // namespace weir::json
