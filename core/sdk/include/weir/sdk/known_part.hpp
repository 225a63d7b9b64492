// Structs of the C border between two sides that were built at different times: see weir/abi/plugin.h.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace weir {

// What both sides know of a struct; the rest is zero. `given` may be NULL.
template <typename T>
T knownPart(const T* given) {
  T known{};
  if (given != nullptr) std::memcpy(&known, given, std::min<std::size_t>(given->struct_size, sizeof(T)));
  return known;
}

// Fills in a struct of the caller, whose `struct_size` says how much room there is.
template <typename T>
void giveKnownPart(T* out, T value) {
  const auto size = static_cast<decltype(value.struct_size)>(std::min<std::size_t>(out->struct_size, sizeof(T)));
  value.struct_size = size;
  std::memcpy(out, &value, size);
}

// Why an array cannot be what its count and the size of its elements say; nullptr: it can. No element has ever been
// smaller than those of minor 1, which `least` bytes are.
template <typename T>
const char* whyNoItems(const T* items, std::size_t count, std::size_t itemSize, std::size_t least = sizeof(T)) {
  if (count == 0) return nullptr;
  if (items == nullptr) return "lies nowhere";
  return itemSize < least ? "has elements that are smaller than they ever were" : nullptr;
}

// The elements of an array, as far as both sides know them; in place where their sizes are the same, and else in
// `copies`.
template <typename T>
std::span<const T> knownItems(const T* items, std::size_t count, std::size_t itemSize, std::vector<T>& copies) {
  if (count == 0 || items == nullptr) return {};
  if (itemSize == sizeof(T)) return {items, count};
  copies.assign(count, T{});
  const auto* bytes = reinterpret_cast<const std::byte*>(items);
  for (std::size_t i = 0; i < count; ++i) std::memcpy(&copies[i], bytes + i * itemSize, std::min(itemSize, sizeof(T)));
  return copies;
}

}  // namespace weir
