#include "adapters/embedded/state/state_keys.hpp"

namespace weir::embedded {

namespace {

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

constexpr std::uint64_t kSign = 1ULL << 63;

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

void appendPartition(std::string& out, std::int32_t partition) {
  appendBigEndian(out, static_cast<std::uint32_t>(partition), 4);
}

std::string partitionPrefix(std::int32_t partition) {
  std::string prefix;
  appendPartition(prefix, partition);
  return prefix;
}

std::string afterPrefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

std::string formatKey() {
  return "format";
}

std::string stampKey(const runtime::StoreId& id) {
  std::string key(1, kStampPrefix);
  appendText(key, id.node);
  appendText(key, id.store);
  return key;
}

std::optional<runtime::StoreId> parseStampKey(std::string_view key) {
  runtime::StoreId id;
  key.remove_prefix(1);
  if (!takeText(key, id.node) || !takeText(key, id.store) || !key.empty()) return std::nullopt;
  return id;
}

std::string offsetKey(std::string_view node, std::int32_t partition) {
  std::string key = "o";
  appendText(key, node);
  appendPartition(key, partition);
  return key;
}

std::string presenceKey(const Presence& presence) {
  std::string key(1, kPresencePrefix);
  appendText(key, presence.store.node);
  appendText(key, presence.store.store);
  appendPartition(key, presence.partition);
  appendBigEndian(key, static_cast<std::uint64_t>(presence.segment) ^ kSign, 8);
  return key;
}

std::optional<Presence> parsePresenceKey(std::string_view key) {
  Presence presence;
  std::uint64_t partition = 0;
  std::uint64_t segment = 0;
  key.remove_prefix(1);
  if (!takeText(key, presence.store.node) || !takeText(key, presence.store.store) ||
      !takeBigEndian(key, partition, 4) || !takeBigEndian(key, segment, 8) || !key.empty()) {
    return std::nullopt;
  }
  presence.partition = static_cast<std::int32_t>(partition);
  presence.segment = static_cast<std::int64_t>(segment ^ kSign);
  return presence;
}

std::string familyName(const runtime::StoreId& store, std::int64_t segment) {
  std::string name = "s";
  appendText(name, store.node);
  appendText(name, store.store);
  appendBigEndian(name, static_cast<std::uint64_t>(segment) ^ kSign, 8);
  return name;
}

}  // namespace weir::embedded
