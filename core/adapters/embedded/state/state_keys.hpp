// Keys of the state database, format 2. All of them lie in one column family:
//
//   entry     store number (4) | partition (4) | time segment (8) | key of the entry   -> its value
//   store     's' node, store                                                         -> store number (4) | stamp
//   applied   'o' node, partition (4)                                                 -> changelog offset (8)
//   format    "format"
//
// Numbers are big-endian, segments with the sign bit flipped, so that bytes order as numbers do. Store numbers are
// small: the first byte of an entry is 0, and never that of another key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/runtime/ports/state_store.hpp"

namespace weir::embedded {

// Text fields end with 0x00 0x01 and have 0x00 escaped as 0x00 0xff, so that no name is the beginning of another.
void appendText(std::string& out, std::string_view text);
bool takeText(std::string_view& in, std::string& text);
void appendBigEndian(std::string& out, std::uint64_t value, int bytes);
bool takeBigEndian(std::string_view& in, std::uint64_t& value, std::size_t bytes);

std::string formatKey();
std::string offsetKey(std::string_view node, std::int32_t partition);

inline constexpr char kStorePrefix = 's';
std::string storeKey(const runtime::StoreId& id);
std::optional<runtime::StoreId> parseStoreKey(std::string_view key);

// What is kept of a store.
struct StoreRecord {
  std::uint32_t number = 0;  // from 1
  std::string stamp;
};
std::string storeValue(const StoreRecord& record);
std::optional<StoreRecord> parseStoreValue(std::string_view value);

// Where the entries of one store and partition lie.
struct EntryPlace {
  std::uint32_t store = 0;
  std::int32_t partition = 0;
  friend auto operator<=>(const EntryPlace&, const EntryPlace&) = default;
};
inline constexpr std::size_t kPlaceSize = 8;
inline constexpr std::size_t kEntryPrefixSize = 16;
std::string placeBegin(const EntryPlace& place);
std::string placeEnd(const EntryPlace& place);
// What all keys of a segment begin with.
std::string segmentBegin(const EntryPlace& place, std::int64_t segment);
std::string segmentEnd(const EntryPlace& place, std::int64_t segment);
// Of the key of an entry.
std::int64_t segmentOf(std::string_view key);
// Every entry of every store lies from the first to before the second of these.
std::string entriesBegin();
std::string entriesEnd();

}  // namespace weir::embedded
