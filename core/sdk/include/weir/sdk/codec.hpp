// How values and keys of C++ types are written into stores.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/exact_sum.hpp"
#include "weir/sdk/state_key.hpp"

namespace weir {

static_assert(std::endian::native == std::endian::little, "values in state are little-endian");

// Codec<T> has write(value, out), which appends, and read(bytes), which takes all of them or throws a
// FatalError; heapBytes(value), what it holds outside of itself. Specialise it for your own types, or hand a store an
// object with the same members. Changing what it writes is a new `state_version` in the manifest.
template <typename T>
struct Codec;

template <typename T>
requires std::is_arithmetic_v<T>
struct Codec<T> {
  void write(const T& value, std::string& out) const { out.append(reinterpret_cast<const char*>(&value), sizeof(T)); }
  T read(std::string_view bytes) const {
    if (bytes.size() != sizeof(T)) throw FatalError("A number in state has the wrong size.");
    T value;
    std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }
  std::size_t heapBytes(const T&) const { return 0; }
};

template <>
struct Codec<std::string> {
  void write(const std::string& value, std::string& out) const { out.append(value); }
  std::string read(std::string_view bytes) const { return std::string(bytes); }
  std::size_t heapBytes(const std::string& value) const {
    return value.capacity() > sizeof(std::string) ? value.capacity() : 0;
  }
};

template <>
struct Codec<ExactSum> {
  void write(const ExactSum& value, std::string& out) const { value.write(out); }
  ExactSum read(std::string_view bytes) const { return ExactSum::read(bytes); }
  std::size_t heapBytes(const ExactSum& value) const { return value.heapBytes(); }
};

template <typename T>
struct Codec<std::vector<T>> {
  void write(const std::vector<T>& value, std::string& out) const {
    for (const T& element : value) {
      const std::size_t at = out.size();
      out.append(4, '\0');
      Codec<T>().write(element, out);
      const auto size = static_cast<std::uint32_t>(out.size() - at - 4);
      std::memcpy(out.data() + at, &size, 4);
    }
  }
  std::vector<T> read(std::string_view bytes) const {
    std::vector<T> value;
    while (!bytes.empty()) {
      std::uint32_t size = 0;
      if (bytes.size() < 4) throw FatalError("A list in state is cut short.");
      std::memcpy(&size, bytes.data(), 4);
      if (bytes.size() - 4 < size) throw FatalError("A list in state is cut short.");
      value.push_back(Codec<T>().read(bytes.substr(4, size)));
      bytes.remove_prefix(4 + std::size_t{size});
    }
    return value;
  }
  std::size_t heapBytes(const std::vector<T>& value) const {
    std::size_t bytes = value.capacity() * sizeof(T);
    for (const T& element : value) bytes += Codec<T>().heapBytes(element);
    return bytes;
  }
};

// A key that has been encoded already, by KeyEncoder or StateKeyWriter: stores take its bytes as they are.
struct EncodedKey {
  std::string bytes;
  EncodedKey() = default;
  EncodedKey(std::string_view encoded) : bytes(encoded) {}  // NOLINT: it is the same thing with an owner
  friend auto operator<=>(const EncodedKey&, const EncodedKey&) = default;
};

// KeyCodec<K>: a part of a state key from a C++ value, and back.
template <typename K>
struct KeyCodec;

template <>
struct KeyCodec<bool> {
  static void write(StateKeyWriter& out, bool value) { out.boolean(value); }
  static bool read(StateKeyReader& in) { return in.boolean(); }
};
template <>
struct KeyCodec<std::int32_t> {
  static void write(StateKeyWriter& out, std::int32_t value) { out.int32(value); }
  static std::int32_t read(StateKeyReader& in) { return in.int32(); }
};
template <>
struct KeyCodec<std::int64_t> {
  static void write(StateKeyWriter& out, std::int64_t value) { out.int64(value); }
  static std::int64_t read(StateKeyReader& in) { return in.int64(); }
};
template <>
struct KeyCodec<double> {
  static void write(StateKeyWriter& out, double value) { out.float64(value); }
  static double read(StateKeyReader& in) { return in.float64(); }
};
template <>
struct KeyCodec<std::string> {
  static void write(StateKeyWriter& out, std::string_view value) { out.bytes(value); }
  static std::string read(StateKeyReader& in) { return in.bytes(); }
};

namespace detail {

template <typename T>
struct IsTuple : std::false_type {};
template <typename... T>
struct IsTuple<std::tuple<T...>> : std::true_type {};
template <typename A, typename B>
struct IsTuple<std::pair<A, B>> : std::true_type {};

// Whole keys of a store: one value, or a tuple of them, or bytes that are a key already.
template <typename K>
struct StoreKey {
  static std::string_view write(StateKeyWriter& out, const K& key) {
    out.clear();
    if constexpr (IsTuple<K>::value) {
      std::apply([&](const auto&... part) { (KeyCodec<std::remove_cvref_t<decltype(part)>>::write(out, part), ...); },
                 key);
    } else {
      KeyCodec<K>::write(out, key);
    }
    return out.view();
  }
  static K read(std::string_view bytes) {
    StateKeyReader in(bytes);
    K key{};
    if constexpr (IsTuple<K>::value) {
      std::apply([&](auto&... part) { (readPart(in, part), ...); }, key);
    } else {
      readPart(in, key);
    }
    return key;
  }

 private:
  template <typename T>
  static void readPart(StateKeyReader& in, T& part) {
    if (!in.present()) StateKeyReader::damaged();
    part = KeyCodec<T>::read(in);
  }
};
template <>
struct StoreKey<EncodedKey> {
  static std::string_view write(StateKeyWriter&, std::string_view key) { return key; }
  static std::string_view write(StateKeyWriter&, const EncodedKey& key) { return key.bytes; }
  static EncodedKey read(std::string_view bytes) { return EncodedKey(bytes); }
};

}  // namespace detail

}  // namespace weir
