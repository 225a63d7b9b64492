#include "core/adapters/embedded/state/state_keys.hpp"

namespace weir::embedded {

namespace {

constexpr std::uint64_t kSign = 1ULL << 63;
constexpr std::size_t kNumberSize = 4;

// Of the place after this one, in the order of the keys.
EntryPlace next(EntryPlace place) {
  if (static_cast<std::uint32_t>(place.partition) == UINT32_MAX) return {place.store + 1, 0};
  return {place.store, static_cast<std::int32_t>(static_cast<std::uint32_t>(place.partition) + 1)};
}

}  // namespace

void appendText(std::string& out, std::string_view text) {
  for (const char c : text) {
    out += c;
    if (c == '\0') out += '\xff';
  }
  out += '\0';
  out += '\x01';
}

bool takeText(std::string_view& in, std::string& text) {
  text.clear();
  for (std::size_t i = 0; i + 1 < in.size(); ++i) {
    if (in[i] != '\0') {
      text += in[i];
    } else if (in[i + 1] == '\xff') {
      text += in[i++];
    } else {
      in.remove_prefix(i + 2);
      return true;
    }
  }
  return false;
}

void appendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xff);
}

bool takeBigEndian(std::string_view& in, std::uint64_t& value, std::size_t bytes) {
  if (in.size() < bytes) return false;
  value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | static_cast<unsigned char>(in[i]);
  in.remove_prefix(bytes);
  return true;
}

std::string formatKey() {
  return "format";
}

std::string offsetKey(std::string_view node, std::int32_t partition) {
  std::string key = "o";
  appendText(key, node);
  appendBigEndian(key, static_cast<std::uint32_t>(partition), 4);
  return key;
}

std::string storeKey(const runtime::StoreId& id) {
  std::string key(1, kStorePrefix);
  appendText(key, id.node);
  appendText(key, id.store);
  return key;
}

std::optional<runtime::StoreId> parseStoreKey(std::string_view key) {
  runtime::StoreId id;
  key.remove_prefix(1);
  if (!takeText(key, id.node) || !takeText(key, id.store) || !key.empty()) return std::nullopt;
  return id;
}

std::string storeValue(const StoreRecord& record) {
  std::string value;
  appendBigEndian(value, record.number, kNumberSize);
  return value + record.stamp;
}

std::optional<StoreRecord> parseStoreValue(std::string_view value) {
  std::uint64_t number = 0;
  if (!takeBigEndian(value, number, kNumberSize)) return std::nullopt;
  return StoreRecord{static_cast<std::uint32_t>(number), std::string(value)};
}

std::string placeBegin(const EntryPlace& place) {
  std::string key;
  key.reserve(kEntryPrefixSize);
  appendBigEndian(key, place.store, kNumberSize);
  appendBigEndian(key, static_cast<std::uint32_t>(place.partition), 4);
  return key;
}

std::string placeEnd(const EntryPlace& place) {
  return placeBegin(next(place));
}

std::string segmentBegin(const EntryPlace& place, std::int64_t segment) {
  std::string key = placeBegin(place);
  appendBigEndian(key, static_cast<std::uint64_t>(segment) ^ kSign, 8);
  return key;
}

std::string segmentEnd(const EntryPlace& place, std::int64_t segment) {
  return segment == INT64_MAX ? placeEnd(place) : segmentBegin(place, segment + 1);
}

std::int64_t segmentOf(std::string_view key) {
  std::uint64_t segment = 0;
  key.remove_prefix(kPlaceSize);
  static_cast<void>(takeBigEndian(key, segment, 8));
  return static_cast<std::int64_t>(segment ^ kSign);
}

std::string entriesBegin() {
  return {1, '\0'};
}

std::string entriesEnd() {
  return {1, '\x01'};
}

}  // namespace weir::embedded
