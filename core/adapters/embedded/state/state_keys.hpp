// Keys and family names of the state database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ports/state_store.hpp"

namespace weir::embedded {

// Text fields end with 0x00 0x01 and have 0x00 escaped as 0x00 0xff, so that no name is the beginning of another.
void appendText(std::string& out, std::string_view text);
bool takeText(std::string_view& in, std::string& text);
void appendPartition(std::string& out, std::int32_t partition);

std::string partitionPrefix(std::int32_t partition);
// The first key that does not begin with `prefix`.
std::string afterPrefix(std::string prefix);

std::string formatKey();
std::string stampKey(const runtime::StoreId& id);
std::string offsetKey(std::string_view node, std::int32_t partition);

// That a partition has entries in a segment of a store. Sorted by store, partition and segment.
struct Presence {
  runtime::StoreId store;
  std::int32_t partition = 0;
  std::int64_t segment = 0;
  friend auto operator<=>(const Presence&, const Presence&) = default;
};
inline constexpr char kPresencePrefix = 'p';
inline constexpr char kStampPrefix = 's';
std::string presenceKey(const Presence& presence);
std::optional<Presence> parsePresenceKey(std::string_view key);
std::optional<runtime::StoreId> parseStampKey(std::string_view key);

std::string familyName(const runtime::StoreId& store, std::int64_t segment);

}  // namespace weir::embedded
