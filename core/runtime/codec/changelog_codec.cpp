#include "core/runtime/codec/changelog_codec.hpp"

#include <cstring>

namespace weir::runtime {

namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderSize = 8;

enum Tag : std::uint8_t { kStore = 1, kSegment = 2, kPut = 3, kDelete = 4, kDropBelow = 5 };

// Walks a body; every step says whether there was enough left for it.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}
  bool atEnd() const { return at_ == bytes_.size(); }
  std::size_t position() const { return at_; }
  bool tag(std::uint8_t& out) {
    if (atEnd()) return false;
    out = static_cast<std::uint8_t>(bytes_[at_++]);
    return true;
  }
  bool number(std::uint64_t& out) {
    out = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      std::uint8_t byte = 0;
      if (!tag(byte)) return false;
      out |= std::uint64_t{byte & 0x7fU} << shift;
      if ((byte & 0x80U) == 0) return true;
    }
    return false;
  }
  template <typename T>
  bool fixed(T& out) {
    if (bytes_.size() - at_ < sizeof(T)) return false;
    std::memcpy(&out, bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
    return true;
  }
  bool bytes(std::uint64_t length, std::string_view& out) {
    if (length > bytes_.size() - at_) return false;
    out = {reinterpret_cast<const char*>(bytes_.data() + at_), static_cast<std::size_t>(length)};
    at_ += static_cast<std::size_t>(length);
    return true;
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

// Reads up to and including the next entry. False: the bytes make no sense.
bool nextEntry(Cursor& cursor, StateDelta& entry, bool& hasStore, bool& hasSegment) {
  std::uint8_t tag = 0;
  while (cursor.tag(tag)) {
    std::uint64_t keyLength = 0;
    std::uint64_t valueLength = 0;
    switch (tag) {
      case kStore:
        if (!cursor.number(keyLength) || !cursor.bytes(keyLength, entry.store)) return false;
        hasStore = true;
        break;
      case kSegment:
        if (!cursor.fixed(entry.segment)) return false;
        hasSegment = true;
        break;
      case kPut:
        entry.kind = StateDelta::Kind::Put;
        return hasStore && hasSegment && cursor.number(keyLength) && cursor.number(valueLength) &&
               cursor.bytes(keyLength, entry.key) && cursor.bytes(valueLength, entry.value);
      case kDelete:
        entry.kind = StateDelta::Kind::Delete;
        entry.value = {};
        return hasStore && hasSegment && cursor.number(keyLength) && cursor.bytes(keyLength, entry.key);
      case kDropBelow:
        entry.kind = StateDelta::Kind::DropBelow;
        entry.key = {};
        entry.value = {};
        hasSegment = false;
        return hasStore && cursor.fixed(entry.segment);
      default: return false;
    }
  }
  return false;
}

}  // namespace

void ChangelogWriter::reset() {
  body_.assign(kHeaderSize, std::byte{0});
  count_ = 0;
  store_.reset();
  segment_.reset();
}

void ChangelogWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) body_.push_back(static_cast<std::byte>(value | 0x80));
  body_.push_back(static_cast<std::byte>(value));
}

void ChangelogWriter::bytes(std::string_view value) {
  const auto* data = reinterpret_cast<const std::byte*>(value.data());
  body_.insert(body_.end(), data, data + value.size());
}

void ChangelogWriter::fixed(std::int64_t value) {
  bytes({reinterpret_cast<const char*>(&value), sizeof(value)});
}

void ChangelogWriter::append(const StateDelta& delta) {
  if (store_ != delta.store) {
    store_ = std::string(delta.store);
    segment_.reset();
    body_.push_back(std::byte{kStore});
    number(delta.store.size());
    bytes(delta.store);
  }
  if (delta.kind == StateDelta::Kind::DropBelow) {
    body_.push_back(std::byte{kDropBelow});
    fixed(delta.segment);
    segment_.reset();
    ++count_;
    return;
  }
  if (segment_ != delta.segment) {
    segment_ = delta.segment;
    body_.push_back(std::byte{kSegment});
    fixed(delta.segment);
  }
  const bool isPut = delta.kind == StateDelta::Kind::Put;
  body_.push_back(std::byte{isPut ? kPut : kDelete});
  number(delta.key.size());
  if (isPut) number(delta.value.size());
  bytes(delta.key);
  if (isPut) bytes(delta.value);
  ++count_;
}

RunToAppend ChangelogWriter::take() {
  const auto count = static_cast<std::uint32_t>(count_);
  std::memcpy(body_.data(), &kVersion, 4);
  std::memcpy(body_.data() + 4, &count, 4);
  RunToAppend run;
  run.header.rows = count_;
  run.body = std::move(body_);
  reset();
  return run;
}

Result<void> decodeChangelog(std::span<const std::byte> body, const std::function<void(const StateDelta&)>& visitor) {
  Cursor cursor(body);
  std::uint32_t version = 0;
  std::uint32_t count = 0;
  if (!cursor.fixed(version) || !cursor.fixed(count))
    return corruptError("A changelog run is too short for its header.");
  if (version != kVersion) {
    return configError("A changelog run has format version " + std::to_string(version) + "; this Weir reads version " +
                       std::to_string(kVersion) + ". Use the version that wrote it, or a newer one.");
  }
  StateDelta entry;
  bool hasStore = false;
  bool hasSegment = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!nextEntry(cursor, entry, hasStore, hasSegment)) {
      return corruptError("A changelog run is damaged at byte " + std::to_string(cursor.position()) + ", entry " +
                          std::to_string(i) + " of " + std::to_string(count) + ".");
    }
    visitor(entry);
  }
  if (!cursor.atEnd()) {
    return corruptError("A changelog run has bytes after its last entry, from byte " +
                        std::to_string(cursor.position()) + ".");
  }
  return {};
}

}  // namespace weir::runtime
