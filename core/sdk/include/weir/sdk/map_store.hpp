// Stores of many values per key: a map in the order of its second key, and a list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "weir/sdk/codec.hpp"
#include "weir/sdk/ordered_store.hpp"

namespace weir {

namespace detail {

// Behind every part of a key: parts begin with 0x00 or 0x01.
inline constexpr char kAfterParts = static_cast<char>(0xff);

template <typename K>
std::string keyBytes(const auto& key) {
  StateKeyWriter writer;
  return std::string(StoreKey<K>::write(writer, key));
}

}  // namespace detail

// For each K a map from M to V, in the order of M.
template <typename K, typename M, typename V, typename C = Codec<V>>
class MapStore final : public OrderedStore {
 public:
  MapStore(Context& context, std::string_view name, C codec = {})
      : OrderedStore(context, name), codec_(std::move(codec)) {}

  std::optional<V> find(const K& key, const M& member) {
    const std::optional<std::string> bytes = get(fullKey(key, member));
    return bytes ? std::optional<V>(codec_.read(*bytes)) : std::nullopt;
  }
  void put(const K& key, const M& member, const V& value) {
    std::string bytes;
    codec_.write(value, bytes);
    OrderedStore::put(fullKey(key, member), std::move(bytes));
  }
  void erase(const K& key, const M& member) { OrderedStore::erase(fullKey(key, member)); }
  // Calls visit(member, value) in the order of the members until it answers false; from `from`, before `to`.
  // The store must not be changed meanwhile.
  template <typename Visit>
  void forEach(const K& key, Visit visit, const std::optional<M>& from = {}, const std::optional<M>& to = {}) const {
    const std::string prefix = detail::keyBytes<K>(key);
    scan(from ? fullKey(key, *from) : prefix, to ? fullKey(key, *to) : prefix + detail::kAfterParts,
         [&](std::string_view full, std::string_view value) {
           std::string member(1, kStateKeyVersion);
           member.append(full.substr(prefix.size()));
           return visit(detail::StoreKey<M>::read(member), codec_.read(value));
         });
  }

 private:
  static std::string fullKey(const K& key, const M& member) {
    return detail::keyBytes<K>(key) + detail::keyBytes<M>(member).substr(1);
  }
  C codec_;
};

// For each K a list of V that grows at its end and shrinks at its beginning.
template <typename K, typename V, typename C = Codec<V>>
class ListStore final : public OrderedStore {
 public:
  ListStore(Context& context, std::string_view name, C codec = {})
      : OrderedStore(context, name), codec_(std::move(codec)) {}

  std::size_t size(const K& key) {
    const Ends ends = endsOf(detail::keyBytes<K>(key));
    return static_cast<std::size_t>(ends.second - ends.first);
  }
  void append(const K& key, const V& value) {
    const std::string prefix = detail::keyBytes<K>(key);
    Ends ends = endsOf(prefix);
    std::string bytes;
    codec_.write(value, bytes);
    put(elementKey(prefix, ends.second), std::move(bytes));
    ++ends.second;
    putEnds(prefix, ends);
  }
  // Calls visit(value) in order until it answers false. The store must not be changed meanwhile.
  template <typename Visit>
  void forEach(const K& key, Visit visit) {
    const std::string prefix = detail::keyBytes<K>(key);
    scan(elementKey(prefix, INT64_MIN), prefix + detail::kAfterParts,
         [&](std::string_view, std::string_view value) { return visit(codec_.read(value)); });
  }
  // Removes the first `count` elements.
  void removeFirst(const K& key, std::size_t count) {
    const std::string prefix = detail::keyBytes<K>(key);
    Ends ends = endsOf(prefix);
    for (; count != 0 && ends.first != ends.second; --count) erase(elementKey(prefix, ends.first++));
    if (ends.first == ends.second) {
      erase(prefix);
    } else {
      putEnds(prefix, ends);
    }
  }
  void clear(const K& key) { removeFirst(key, SIZE_MAX); }

 private:
  using Ends = std::pair<std::int64_t, std::int64_t>;  // index of the first element, and after the last

  Ends endsOf(const std::string& prefix) {
    const std::optional<std::string> bytes = get(prefix);
    if (!bytes) return {0, 0};
    const std::string_view view = *bytes;
    if (view.size() != 16) throw FatalError("A list in state has damaged ends.");
    return {Codec<std::int64_t>().read(view.substr(0, 8)), Codec<std::int64_t>().read(view.substr(8))};
  }
  void putEnds(const std::string& prefix, const Ends& ends) {
    std::string bytes;
    Codec<std::int64_t>().write(ends.first, bytes);
    Codec<std::int64_t>().write(ends.second, bytes);
    put(prefix, std::move(bytes));
  }
  static std::string elementKey(const std::string& prefix, std::int64_t index) {
    StateKeyWriter writer;
    writer.int64(index);
    return prefix + std::string(writer.body());
  }
  C codec_;
};

}  // namespace weir
