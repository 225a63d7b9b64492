#include "adapters/embedded/state/rocks_state_store.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

#include <condition_variable>
#include <cstdarg>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "adapters/embedded/state/lossy_file_system.hpp"
#include "adapters/embedded/state/state_keys.hpp"

namespace weir::embedded {

using runtime::StateDelta;
using runtime::StoreId;

namespace {

constexpr std::string_view kFormat = "1";
constexpr int kLockTries = 50;
constexpr auto kLockWait = std::chrono::milliseconds(20);

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

std::string_view view(const rocksdb::Slice& text) {
  return {text.data(), text.size()};
}

std::string nameOf(const StoreId& id) {
  return "store '" + id.store + "' of node '" + id.node + "'";
}

// RocksDB's own log file ends the process when its disk is full. What goes wrong comes back as a status anyway.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// A column family that is dropped once nobody uses it any more.
using FamilyRef = std::shared_ptr<rocksdb::ColumnFamilyHandle>;  // shared: reads go on while the family is dropped

}  // namespace

// Everything that knows RocksDB.
class RocksStateStore::Database {
 public:
  explicit Database(const RocksStateStoreOptions& options) : options_(options) {}
  ~Database() {
    families_.clear();
    defaultFamily_.reset();
    if (database_ != nullptr) static_cast<void>(database_->Close());
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Result<void> openStore(const StoreId& id, std::string_view stamp) {
    const std::unique_lock lock(mutex_);
    WEIR_TRY(whole());
    WEIR_TRY(openExisting());
    const auto found = stamps_.find(id);
    if (found != stamps_.end() && found->second != stamp) {
      return configError("The " + nameOf(id) + " holds state with another meaning ('" + found->second + "', and now '" +
                         std::string(stamp) + "'); run `weir diff` to see what a redeploy would do.");
    }
    if (found == stamps_.end()) {
      stamps_[id] = stamp;
      unwrittenStamps_.insert(id);
    }
    return {};
  }

  Result<std::int64_t> appliedOffset(std::string_view node, std::int32_t partition) {
    const std::unique_lock lock(mutex_);
    WEIR_TRY(whole());
    WEIR_TRY(openExisting());
    if (database_ == nullptr) return std::int64_t{0};
    std::string value;
    const rocksdb::Status status = database_->Get({}, defaultFamily_.get(), offsetKey(node, partition), &value);
    if (status.IsNotFound()) return std::int64_t{0};
    if (!status.ok()) return failed("read the applied offset", status);
    std::int64_t offset = 0;
    if (value.size() != sizeof(offset)) return corruptError("An applied offset in " + options_.folder + " is damaged.");
    std::memcpy(&offset, value.data(), sizeof(offset));
    return offset;
  }

  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                     std::int64_t upTo) {
    // One at a time: a family is dropped only while no batch that writes to it is on its way.
    const std::lock_guard applying(applying_);
    WEIR_TRY(whole());
    pass(options_.crashPoints, "state.flush.begin");
    rocksdb::WriteBatch batch;
    std::set<Presence> gone;
    {
      const std::unique_lock lock(mutex_);
      WEIR_TRY(openOrCreate());
      for (const StoreId& id : unwrittenStamps_) {
        WEIR_TRY(check(batch.Put(defaultFamily_.get(), stampKey(id), stamps_[id])));
      }
      unwrittenStamps_.clear();
      WEIR_TRY(collect(node, partition, deltas, batch, gone));
    }
    const rocksdb::Slice offset(reinterpret_cast<const char*>(&upTo), sizeof(upTo));
    WEIR_TRY(check(batch.Put(defaultFamily_.get(), offsetKey(node, partition), offset)));
    const rocksdb::Status status = database_->Write(rocksdb::WriteOptions(), &batch);
    if (!status.ok()) return failed("write", status);
    pass(options_.crashPoints, "state.flush.written");
    if (!gone.empty()) WEIR_TRY(dropUnused(gone));
    pass(options_.crashPoints, "state.flush.end");
    return {};
  }

  Result<void> sync() {
    const std::lock_guard applying(applying_);
    WEIR_TRY(whole());
    const std::shared_lock lock(mutex_);
    if (database_ == nullptr) return {};
    const rocksdb::Status status = database_->SyncWAL();
    if (!status.ok()) return failed("sync", status);
    pass(options_.crashPoints, "state.synced");
    return {};
  }

  Result<void> getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys, std::vector<std::optional<std::string>>& values) {
    values.assign(keys.size(), std::nullopt);
    WEIR_TRY_ASSIGN(family, familyToRead(id, partition, segment));
    if (family == nullptr || keys.empty()) return {};
    std::string buffer;
    std::vector<std::size_t> ends;
    for (const std::string_view key : keys) {
      appendPartition(buffer, partition);
      buffer += key;
      ends.push_back(buffer.size());
    }
    std::vector<rocksdb::Slice> slices;
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      slices.emplace_back(buffer.data() + begin, end - begin);
      begin = end;
    }
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_->MultiGet({}, family.get(), slices.size(), slices.data(), found.data(), statuses.data(), true);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) {
        values[i].emplace(found[i].data(), found[i].size());
      } else if (!statuses[i].IsNotFound()) {
        return failed("read", statuses[i]);
      }
    }
    return {};
  }

  Result<void> scan(const StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const runtime::StateVisitor& visitor) {
    WEIR_TRY_ASSIGN(family, familyToRead(id, partition, segment));
    if (family == nullptr || (!to.empty() && to <= from)) return {};
    const std::string prefix = partitionPrefix(partition);
    const std::string first = prefix + std::string(from);
    const std::string last = to.empty() ? afterPrefix(prefix) : prefix + std::string(to);
    const rocksdb::Slice lower(first);
    const rocksdb::Slice upper(last);
    rocksdb::ReadOptions read;
    read.iterate_lower_bound = &lower;
    if (!last.empty()) read.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator(read, family.get()));
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      if (!visitor(view(iterator->key()).substr(prefix.size()), view(iterator->value()))) return {};
    }
    if (!iterator->status().ok()) return failed("read", iterator->status());
    return {};
  }

  Result<std::vector<std::int64_t>> segments(const StoreId& id, std::int32_t partition) {
    std::vector<std::int64_t> candidates;
    {
      const std::shared_lock lock(mutex_);
      WEIR_TRY(known(id));
      auto presence = presences_.lower_bound({id, partition, INT64_MIN});
      for (; presence != presences_.end() && presence->store == id && presence->partition == partition; ++presence) {
        candidates.push_back(presence->segment);
      }
    }
    std::vector<std::int64_t> result;
    for (const std::int64_t segment : candidates) {
      bool any = false;  // deletes may have emptied it
      WEIR_TRY(scan(id, partition, segment, {}, {}, [&](std::string_view, std::string_view) {
        any = true;
        return false;
      }));
      if (any) result.push_back(segment);
    }
    return result;
  }

  std::int64_t memoryUse() const {
    const std::shared_lock lock(mutex_);
    if (cache_ == nullptr) return 0;
    // Write buffers are charged to the cache as well.
    return static_cast<std::int64_t>(cache_->GetUsage());
  }

 private:
  // RocksDB may end the process when it is called again after a write that failed.
  Result<void> whole() const {
    const std::lock_guard lock(failing_);
    if (failure_.empty()) return {};
    return retryableError("The state store takes nothing more until it is opened again, after: " + failure_);
  }

  Error failed(const std::string& what, const rocksdb::Status& status) const {
    Error error = errorOf(what, status);
    const std::lock_guard lock(failing_);
    if (failure_.empty()) failure_ = error.message;
    return error;
  }

  Error errorOf(const std::string& what, const rocksdb::Status& status) const {
    const std::string text = "Cannot " + what + " state in " + options_.folder + ": " + status.ToString() + ".";
    if (status.IsCorruption()) {
      return corruptError(text + " Restore that folder from a copy, or start with an empty home.");
    }
    if (status.IsNoSpace()) return retryableError("Disk full: " + text + " Make space; it goes on when there is some.");
    return fatalError(text);
  }

  Result<void> check(const rocksdb::Status& status) const {
    if (!status.ok()) return failed("write", status);
    return {};
  }

  Result<void> known(const StoreId& id) const {
    if (!stamps_.contains(id)) return fatalError("The " + nameOf(id) + " was not opened before its first use.");
    return {};
  }

  Result<FamilyRef> familyToRead(const StoreId& id, std::int32_t partition, std::int64_t segment) const {
    const std::shared_lock lock(mutex_);
    WEIR_TRY(known(id));
    if (!presences_.contains({id, partition, segment})) return FamilyRef();
    const auto family = families_.find({id, segment});
    return family == families_.end() ? FamilyRef() : family->second;
  }

  // Puts the deltas into the batch, and makes the families that they need. `gone` gets what ends.
  Result<void> collect(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                       rocksdb::WriteBatch& batch, std::set<Presence>& gone) {
    std::string key = partitionPrefix(partition);
    rocksdb::ColumnFamilyHandle* family = nullptr;
    Presence at{{std::string(node), ""}, partition, 0};
    bool first = true;
    for (const StateDelta& delta : deltas) {
      if (first || at.store.store != delta.store) {
        at.store.store = delta.store;
        WEIR_TRY(known(at.store));
        family = nullptr;
      }
      first = false;
      if (delta.kind == StateDelta::Kind::DropBelow) {
        family = nullptr;
        auto presence = presences_.lower_bound({at.store, partition, INT64_MIN});
        while (presence != presences_.end() && presence->store == at.store && presence->partition == partition &&
               presence->segment < delta.segment) {
          WEIR_TRY(check(batch.Delete(defaultFamily_.get(), presenceKey(*presence))));
          gone.insert(*presence);
          presence = presences_.erase(presence);
        }
        continue;
      }
      if (family == nullptr || at.segment != delta.segment) {
        at.segment = delta.segment;
        const bool put = delta.kind == StateDelta::Kind::Put;
        if (!put && !presences_.contains(at)) {
          family = nullptr;
          continue;  // nothing is there to be deleted
        }
        WEIR_TRY_ASSIGN(found, familyToWrite(at, batch, gone));
        family = found;
      }
      key.resize(4);
      key += delta.key;
      const rocksdb::Status status =
          delta.kind == StateDelta::Kind::Put ? batch.Put(family, key, slice(delta.value)) : batch.Delete(family, key);
      WEIR_TRY(check(status));
    }
    return {};
  }

  Result<rocksdb::ColumnFamilyHandle*> familyToWrite(const Presence& at, rocksdb::WriteBatch& batch,
                                                     std::set<Presence>& gone) {
    FamilyRef& family = families_[{at.store, at.segment}];
    const bool isNew = family == nullptr;
    if (isNew) {
      rocksdb::ColumnFamilyHandle* handle = nullptr;
      const rocksdb::Status status =
          database_->CreateColumnFamily(familyOptions(), familyName(at.store, at.segment), &handle);
      if (!status.ok()) return failed("make a segment for", status);
      family = own(handle);
      pass(options_.crashPoints, "state.segment.made");
    }
    if (presences_.insert(at).second) {
      WEIR_TRY(check(batch.Put(defaultFamily_.get(), presenceKey(at), rocksdb::Slice())));
      const bool leftJustNow = gone.erase(at) != 0;
      // Entries of a time before this partition left the segment, which still exists.
      if (!isNew && (leftJustNow || holdsAny(*family, at.partition))) {
        const std::string prefix = partitionPrefix(at.partition);
        WEIR_TRY(check(batch.DeleteRange(family.get(), prefix, afterPrefix(prefix))));
      }
    }
    return family.get();
  }

  bool holdsAny(rocksdb::ColumnFamilyHandle& family, std::int32_t partition) const {
    const std::string prefix = partitionPrefix(partition);
    const std::string last = afterPrefix(prefix);
    const rocksdb::Slice upper(last);
    rocksdb::ReadOptions read;
    if (!last.empty()) read.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator(read, &family));
    iterator->Seek(prefix);
    return iterator->Valid();
  }

  // Drops families in which no partition is present any more.
  Result<void> dropUnused(const std::set<Presence>& gone) {
    const std::unique_lock lock(mutex_);
    for (const Presence& past : gone) {
      bool used = false;
      for (const Presence& presence : presences_) {
        used = used || (presence.store == past.store && presence.segment == past.segment);
      }
      const auto family = families_.find({past.store, past.segment});
      if (used || family == families_.end()) continue;
      const rocksdb::Status status = database_->DropColumnFamily(family->second.get());
      if (!status.ok()) return failed("drop a segment of", status);
      families_.erase(family);
      pass(options_.crashPoints, "state.segment.dropped");
    }
    return {};
  }

  FamilyRef own(rocksdb::ColumnFamilyHandle* handle) const {
    rocksdb::DB* database = database_.get();
    return {handle, [database](rocksdb::ColumnFamilyHandle* held) { database->DestroyColumnFamilyHandle(held); }};
  }

  rocksdb::ColumnFamilyOptions familyOptions() const {
    rocksdb::ColumnFamilyOptions options;
    options.write_buffer_size = static_cast<std::size_t>(std::max<std::int64_t>(options_.memoryBudget / 8, 1 << 20));
    options.arena_block_size = 64 << 10;  // a family may be small, and there are many
    options.compression = rocksdb::kNoCompression;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache_;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
  }

  Result<void> openExisting() {
    if (database_ != nullptr || !std::filesystem::exists(options_.folder + "/CURRENT")) return {};
    WEIR_TRY(openOrCreate());
    pass(options_.crashPoints, "recovery.state.opened");
    return {};
  }

  Result<void> openOrCreate() {
    if (database_ != nullptr) return {};
    std::error_code code;
    std::filesystem::create_directories(options_.folder, code);
    if (code) return configError("Cannot make the folder " + options_.folder + ": " + code.message() + ".");
    const auto budget = static_cast<std::size_t>(options_.memoryBudget);
    cache_ = rocksdb::NewLRUCache(budget, 4);
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(budget / 2, cache_);
    options.max_open_files = 256;
    options.max_background_jobs = 2;
    options.max_total_wal_size = budget * 2;
    options.info_log = std::make_shared<Silence>();
    if (options_.loseUnsynced) {
      environment_ = rocksdb::NewCompositeEnv(makeLossyFileSystem());
      options.env = environment_.get();
    }
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    options.avoid_unnecessary_blocking_io = true;

    std::vector<std::string> names;
    static_cast<void>(rocksdb::DB::ListColumnFamilies(options, options_.folder, &names));
    if (names.empty()) names.push_back(rocksdb::kDefaultColumnFamilyName);
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    descriptors.reserve(names.size());
    for (const std::string& name : names) descriptors.emplace_back(name, familyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* database = nullptr;
    WEIR_TRY(openUnlocked(options, descriptors, handles, database));
    database_.reset(database);
    std::map<std::string, FamilyRef> families;
    for (std::size_t i = 0; i < handles.size(); ++i) families[names[i]] = own(handles[i]);
    defaultFamily_ = families[rocksdb::kDefaultColumnFamilyName];
    families.erase(rocksdb::kDefaultColumnFamilyName);
    return load(families);
  }

  // After kill -9 the kernel may hold the old process's lock for a moment: waits for it, a bounded time.
  Result<void> openUnlocked(const rocksdb::DBOptions& options,
                            const std::vector<rocksdb::ColumnFamilyDescriptor>& descriptors,
                            std::vector<rocksdb::ColumnFamilyHandle*>& handles, rocksdb::DB*& database) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable never;
    for (int tries = 1;; ++tries) {
      const rocksdb::Status status = rocksdb::DB::Open(options, options_.folder, descriptors, &handles, &database);
      if (status.ok()) return {};
      const bool busy = status.IsIOError() && status.ToString().find("lock") != std::string::npos;
      if (!busy || tries == kLockTries) return failed("open the", status);
      never.wait_for(lock, kLockWait);
    }
  }

  // Reads what the database knows about itself, and drops families that nobody is present in.
  Result<void> load(std::map<std::string, FamilyRef>& families) {
    std::string format;
    const rocksdb::Status found = database_->Get({}, defaultFamily_.get(), formatKey(), &format);
    if (found.IsNotFound()) {
      WEIR_TRY(check(database_->Put({}, defaultFamily_.get(), formatKey(), slice(kFormat))));
    } else if (!found.ok()) {
      return failed("read", found);
    } else if (format != kFormat) {
      return configError("The state in " + options_.folder + " has format version " + format +
                         "; this Weir reads version " + std::string(kFormat) +
                         ". Use the version that wrote it, or a newer one.");
    }
    const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator({}, defaultFamily_.get()));
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      const std::string_view key = view(iterator->key());
      if (key[0] == kStampPrefix) {
        if (const auto id = parseStampKey(key); id && !unwrittenStamps_.contains(*id))
          stamps_[*id] = view(iterator->value());
      } else if (key[0] == kPresencePrefix) {
        if (const auto presence = parsePresenceKey(key)) presences_.insert(*presence);
      }
    }
    if (!iterator->status().ok()) return failed("read", iterator->status());
    for (const Presence& presence : presences_) {
      const auto family = families.find(familyName(presence.store, presence.segment));
      if (family != families.end()) families_[{presence.store, presence.segment}] = family->second;
    }
    for (const auto& [key, family] : families_) families.erase(familyName(key.first, key.second));
    for (const auto& [name, family] : families) {
      const rocksdb::Status status = database_->DropColumnFamily(family.get());
      if (!status.ok()) return failed("drop a segment of", status);
    }
    return {};
  }

  const RocksStateStoreOptions& options_;
  std::unique_ptr<rocksdb::Env> environment_;  // only when it is not the usual one
  std::mutex applying_;
  mutable std::mutex failing_;
  mutable std::string failure_;  // the first one
  mutable std::shared_mutex mutex_;
  std::map<StoreId, std::string> stamps_;
  std::set<StoreId> unwrittenStamps_;  // declared, and written with the first entries
  std::set<Presence> presences_;
  // Shared by all families (RocksDB's interface asks for shared pointers).
  std::shared_ptr<rocksdb::Cache> cache_;
  std::unique_ptr<rocksdb::DB> database_;
  FamilyRef defaultFamily_;
  std::map<std::pair<StoreId, std::int64_t>, FamilyRef> families_;
};

RocksStateStore::RocksStateStore(RocksStateStoreOptions options)
    : options_(std::move(options)), database_(std::make_unique<Database>(options_)) {}

RocksStateStore::~RocksStateStore() = default;

Result<void> RocksStateStore::open(const StoreId& id, std::string_view stamp) {
  return database_->openStore(id, stamp);
}

Result<std::int64_t> RocksStateStore::appliedOffset(std::string_view node, std::int32_t partition) {
  return database_->appliedOffset(node, partition);
}

Result<void> RocksStateStore::apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                                    std::int64_t upTo) {
  return database_->apply(node, partition, deltas, upTo);
}

Result<void> RocksStateStore::sync() {
  return database_->sync();
}

Result<void> RocksStateStore::getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                      std::span<const std::string_view> keys,
                                      std::vector<std::optional<std::string>>& values) {
  return database_->getMany(id, partition, segment, keys, values);
}

Result<void> RocksStateStore::scan(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                   std::string_view from, std::string_view to, const runtime::StateVisitor& visitor) {
  return database_->scan(id, partition, segment, from, to, visitor);
}

Result<std::vector<std::int64_t>> RocksStateStore::segments(const StoreId& id, std::int32_t partition) {
  return database_->segments(id, partition);
}

std::int64_t RocksStateStore::memoryUse() const {
  return database_->memoryUse();
}

}  // namespace weir::embedded
