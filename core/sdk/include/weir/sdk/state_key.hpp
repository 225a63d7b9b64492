// Keys in state: bytes whose order (memcmp, a prefix first) is the order of the values.
//
// A key is one version byte and then its parts. A part is 0x00 for null, or 0x01 and the value:
//   bool                 0x00 or 0x01
//   int32, date          4 bytes big-endian, sign bit flipped
//   int64, timestamp     8 bytes big-endian, sign bit flipped
//   float64              8 bytes big-endian; -0 as 0, every NaN as one; positive: sign bit flipped, negative: all bits
//   decimal              16 bytes big-endian, sign bit flipped (the scale is the type's)
//   string, bytes        the bytes with 0x00 as 0x00 0xff, then 0x00 0x01
//   list                 each element: 0x01 (null) or 0x02 and its value; then 0x00
//   struct               its fields, as parts
// So nulls come first, NaN after infinity, "a" before "a\0" before "ab", and a list before its extensions.
// The version stands in every key, not once per store, so that a key is meaningful wherever it is found.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/small_copy.hpp"
#include "weir/sdk/types.hpp"

namespace weir {

inline constexpr char kStateKeyVersion = 1;

// Appends to a buffer that it owns and reuses; `clear` starts a key.
class StateKeyWriter {
 public:
  StateKeyWriter() : buffer_(64, '\0') { clear(); }

  void clear() {
    buffer_[0] = kStateKeyVersion;
    size_ = 1;
  }
  std::string_view view() const { return {buffer_.data(), size_}; }
  std::string_view body() const { return view().substr(1); }  // without the version

  void null() { byte(0); }
  void boolean(bool value) { *room(2) = 1, last(2)[1] = value ? 1 : 0; }
  void int32(std::int32_t value) { fixed(static_cast<std::uint32_t>(value) ^ 0x80000000U); }
  void int64(std::int64_t value) { fixed(flip(value)); }
  void float64(double value) { fixed(orderedBits(value)); }
  void decimal(Int128 value) {
    char* at = room(17);
    *at = 1;
    big(at + 1, flip(static_cast<std::int64_t>(value >> 64)));
    big(at + 9, static_cast<std::uint64_t>(value));
  }
  void bytes(std::string_view value) {
    char* at = room(2 * value.size() + 3);
    *at++ = 1;
    if (!detail::hasZero(value.data(), value.size())) {
      detail::copySmall(at, value.data(), value.size());
      at += value.size();
    } else {
      for (const char c : value) {
        *at++ = c;
        if (c == 0) *at++ = static_cast<char>(0xff);
      }
    }
    *at++ = 0;
    *at++ = 1;
    size_ = static_cast<std::size_t>(at - buffer_.data());
  }
  // For lists and other framing.
  void byte(char value) { *room(1) = value; }
  // The byte written last: a list turns its element's marker 0x00 / 0x01 into 0x01 / 0x02.
  char& at(std::size_t index) { return buffer_[index]; }
  std::size_t size() const { return size_; }

  static std::uint64_t flip(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ (1ULL << 63); }
  static std::uint64_t orderedBits(double value) {
    if (value == 0) value = 0;  // -0
    if (value != value) value = std::numeric_limits<double>::quiet_NaN();
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits >> 63) != 0 ? ~bits : bits | (1ULL << 63);
  }
  template <typename T>
  static void big(char* at, T value) {
    if constexpr (sizeof(T) == 8) {
      value = __builtin_bswap64(value);
    } else {
      value = __builtin_bswap32(value);
    }
    std::memcpy(at, &value, sizeof(T));
  }

 private:
  // Makes room for `count` bytes and takes them all; `bytes` gives back what it did not need.
  char* room(std::size_t count) {
    if (size_ + count > buffer_.size()) buffer_.resize(2 * (size_ + count));
    char* at = buffer_.data() + size_;
    size_ += count;
    return at;
  }
  char* last(std::size_t count) { return buffer_.data() + size_ - count; }
  template <typename T>
  void fixed(T value) {
    char* at = room(1 + sizeof(T));
    *at = 1;
    big(at + 1, value);
  }

  std::string buffer_;
  std::size_t size_ = 0;
};

// Reads what StateKeyWriter wrote. Bytes that it cannot have written throw a FatalError.
class StateKeyReader {
 public:
  explicit StateKeyReader(std::string_view key) : rest_(key) {
    if (rest_.empty() || rest_[0] != kStateKeyVersion) {
      throw FatalError("A key in state has version " + (rest_.empty() ? "none" : std::to_string(rest_[0])) +
                       ", but this program knows version " + std::to_string(kStateKeyVersion) +
                       ": it was written by another release of Weir.");
    }
    rest_.remove_prefix(1);
  }

  bool atEnd() const { return rest_.empty(); }
  // Whether a value follows; false: a null, which has been read.
  bool present() {
    const char marker = byte();
    if (marker != 0 && marker != 1) damaged();
    return marker == 1;
  }
  // Values, after `present`.
  bool boolean() { return byte() != 0; }
  std::int32_t int32() { return static_cast<std::int32_t>(big<std::uint32_t>() ^ 0x80000000U); }
  std::int64_t int64() { return static_cast<std::int64_t>(big<std::uint64_t>() ^ (1ULL << 63)); }
  double float64() {
    const auto bits = big<std::uint64_t>();
    return std::bit_cast<double>((bits >> 63) != 0 ? bits ^ (1ULL << 63) : ~bits);
  }
  Int128 decimal() {
    const std::int64_t high = int64();
    const auto low = big<std::uint64_t>();
    return static_cast<Int128>(static_cast<Uint128>(static_cast<std::uint64_t>(high)) << 64 | low);
  }
  std::string bytes() {
    std::string value;
    for (;;) {
      const std::size_t zero = rest_.find('\0');
      if (zero == std::string_view::npos || zero + 1 >= rest_.size()) damaged();
      value.append(rest_.substr(0, zero));
      const char after = rest_[zero + 1];
      rest_.remove_prefix(zero + 2);
      if (after == 1) return value;
      if (after != static_cast<char>(0xff)) damaged();
      value.push_back('\0');
    }
  }
  char byte() {
    if (rest_.empty()) damaged();
    const char value = rest_[0];
    rest_.remove_prefix(1);
    return value;
  }

  [[noreturn]] static void damaged() { throw FatalError("A key in state is damaged: it does not fit the key's type."); }

 private:
  template <typename T>
  T big() {
    if (rest_.size() < sizeof(T)) damaged();
    T value;
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
    return __builtin_bswap32(static_cast<std::uint32_t>(value));
  }

  std::string_view rest_;
};

}  // namespace weir
