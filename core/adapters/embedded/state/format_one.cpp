#include "core/adapters/embedded/state/format_one.hpp"

#include <rocksdb/write_batch.h>

#include <map>
#include <memory>
#include <set>

#include "core/adapters/embedded/state/state_database.hpp"

namespace weir::embedded {

namespace {

using runtime::StoreId;

constexpr std::uint64_t kSign = 1ULL << 63;
constexpr char kPresencePrefix = 'p';
constexpr std::size_t kBatchBytes = 1 << 20;

// That a partition has entries in a segment of a store.
struct Presence {
  StoreId store;
  std::int32_t partition = 0;
  std::int64_t segment = 0;
};

std::optional<Presence> parsePresence(std::string_view key) {
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

std::string familyName(const Presence& presence) {
  std::string name = "s";
  appendText(name, presence.store.node);
  appendText(name, presence.store.store);
  appendBigEndian(name, static_cast<std::uint64_t>(presence.segment) ^ kSign, 8);
  return name;
}

class Conversion {
 public:
  Conversion(rocksdb::DB& database, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
             const RocksStateStoreOptions& options)
      : database_(database), options_(options) {
    for (rocksdb::ColumnFamilyHandle* family : families) families_[family->GetName()] = family;
  }

  Result<void> run(std::string_view format) {
    // What a conversion before this one has left.
    WEIR_TRY(check(database_.DeleteRange({}, database_.DefaultColumnFamily(), entriesBegin(), entriesEnd())));
    WEIR_TRY(readOwnKeys());
    std::int64_t done = 0;
    for (const Presence& presence : presences_) {
      WEIR_TRY(told(done++));
      WEIR_TRY(copy(presence, done));
    }
    WEIR_TRY(write(batch_, false));
    rocksdb::WriteBatch last;
    for (const auto& [id, record] : stores_) WEIR_TRY(check(last.Put(storeKey(id), storeValue(record))));
    WEIR_TRY(check(last.DeleteRange(std::string(1, kPresencePrefix), std::string(1, kPresencePrefix + 1))));
    WEIR_TRY(check(last.Put(formatKey(), toRocks(format))));
    return write(last, true);
  }

 private:
  Result<void> check(const rocksdb::Status& status) const {
    if (!status.ok()) return stateError(options_.folder, "convert the", status);
    return {};
  }
  Result<void> told(std::int64_t done) const {
    if (options_.start == nullptr) return {};
    return options_.start->at("", "Converting the stored state to this version's format", done,
                              static_cast<std::int64_t>(presences_.size()));
  }

  Result<void> readOwnKeys() {
    std::uint32_t number = 0;
    const std::unique_ptr<rocksdb::Iterator> iterator(database_.NewIterator({}));
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      const std::string_view key = fromRocks(iterator->key());
      if (key[0] == kStorePrefix) {
        if (const auto id = parseStoreKey(key)) stores_[*id] = {++number, iterator->value().ToString()};
      } else if (key[0] == kPresencePrefix) {
        if (auto presence = parsePresence(key)) presences_.push_back(std::move(*presence));
      }
    }
    return check(iterator->status());
  }

  Result<void> copy(const Presence& presence, std::int64_t done) {
    const auto store = stores_.find(presence.store);
    const auto family = families_.find(familyName(presence));
    if (store == stores_.end() || family == families_.end()) return {};
    std::string from;
    appendBigEndian(from, static_cast<std::uint32_t>(presence.partition), 4);
    std::string key = segmentBegin({store->second.number, presence.partition}, presence.segment);
    const std::unique_ptr<rocksdb::Iterator> iterator(database_.NewIterator({}, family->second));
    for (iterator->Seek(from); iterator->Valid() && iterator->key().starts_with(from); iterator->Next()) {
      key.resize(kEntryPrefixSize);
      key += fromRocks(iterator->key()).substr(from.size());
      WEIR_TRY(check(batch_.Put(key, iterator->value())));
      if (batch_.GetDataSize() < kBatchBytes) continue;
      WEIR_TRY(told(done));
      WEIR_TRY(write(batch_, false));
      batch_.Clear();
    }
    return check(iterator->status());
  }

  Result<void> write(rocksdb::WriteBatch& batch, bool sync) {
    rocksdb::WriteOptions options;
    options.sync = sync;
    return check(database_.Write(options, &batch));
  }

  rocksdb::DB& database_;
  const RocksStateStoreOptions& options_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*> families_;
  std::map<StoreId, StoreRecord> stores_;
  std::vector<Presence> presences_;
  rocksdb::WriteBatch batch_;
};

}  // namespace

Result<void> convertFormatOne(rocksdb::DB& database, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                              const RocksStateStoreOptions& options, std::string_view format) {
  return Conversion(database, families, options).run(format);
}

}  // namespace weir::embedded
