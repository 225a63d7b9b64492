// Opening the state database: its options, its format, and what it knows of its stores.
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <condition_variable>
#include <cstdarg>
#include <filesystem>

#include "core/adapters/embedded/state/format_one.hpp"
#include "core/adapters/embedded/state/state_database.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::embedded {

namespace {

constexpr std::string_view kFormat = "2";
constexpr int kLockTries = 50;
constexpr auto kLockWait = std::chrono::milliseconds(20);

using Families = std::vector<rocksdb::ColumnFamilyHandle*>;

// RocksDB's own log file ends the process when its disk is full. What goes wrong comes back as a status anyway.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::DBOptions databaseOptions(const RocksStateStoreOptions& given, const std::shared_ptr<rocksdb::Cache>& cache) {
  const auto budget = static_cast<std::size_t>(given.memoryBudget);
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(budget / 2, cache);
  options.max_open_files = 256;
  options.max_background_jobs = 2;
  options.max_total_wal_size = budget / 2;  // a start reads it
  options.info_log = std::make_shared<Silence>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.avoid_unnecessary_blocking_io = true;
  return options;
}

rocksdb::ColumnFamilyOptions familyOptions(const RocksStateStoreOptions& given,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = static_cast<std::size_t>(std::max<std::int64_t>(given.memoryBudget / 8, 1 << 20));
  options.compression = rocksdb::kNoCompression;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

// After kill -9 the kernel may hold the old process's lock for a moment: waits for it, a bounded time.
Result<void> openUnlocked(const rocksdb::DBOptions& options, const std::string& folder,
                          const std::vector<rocksdb::ColumnFamilyDescriptor>& descriptors, Families& handles,
                          std::unique_ptr<rocksdb::DB>& database) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable never;
  for (int tries = 1;; ++tries) {
    rocksdb::DB* opened = nullptr;
    const rocksdb::Status status = rocksdb::DB::Open(options, folder, descriptors, &handles, &opened);
    if (status.ok()) {
      database.reset(opened);
      return {};
    }
    const bool busy = status.IsIOError() && status.ToString().find("lock") != std::string::npos;
    if (!busy || tries == kLockTries) return stateError(folder, "open the", status);
    never.wait_for(lock, kLockWait);
  }
}

Error anotherFormat(const std::string& folder, const std::string& format) {
  return configError("The state in " + folder + " has format version " + format + "; this Weir reads version " +
                     std::string(kFormat) + ". Use the version that wrote it, or a newer one.");
}

}  // namespace

Result<std::shared_ptr<StateDatabase>> StateDatabase::open(const RocksStateStoreOptions& options) {
  std::error_code code;
  std::filesystem::create_directories(options.folder, code);
  if (code) {
    return configError("Cannot make the folder " + options.folder + ": " +
                       whyRefused(code.value(), options.folder, Access::Write));
  }
  // Shared: whoever reads when a write has failed ends on the database that it began on.
  std::shared_ptr<StateDatabase> database(new StateDatabase(options));
  WEIR_TRY(database->openFiles());
  WEIR_TRY(database->load());
  return database;
}

// Databases of format 1 have many column families; all of them have to be opened.
Result<void> StateDatabase::openFiles() {
  cache_ = rocksdb::NewLRUCache(static_cast<std::size_t>(options_.memoryBudget), 4);
  rocksdb::DBOptions options = databaseOptions(options_, cache_);
  if (options_.files != nullptr) {
    environment_ = rocksdb::NewCompositeEnv(options_.files);
    options.env = environment_.get();
  }
  std::vector<std::string> names;
  static_cast<void>(rocksdb::DB::ListColumnFamilies(options, options_.folder, &names));
  if (names.empty()) names.push_back(rocksdb::kDefaultColumnFamilyName);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(names.size());
  for (const std::string& name : names) descriptors.emplace_back(name, familyOptions(options_, cache_));
  Families handles;
  WEIR_TRY(openUnlocked(options, options_.folder, descriptors, handles, database_));

  std::string format;
  const rocksdb::Status found = database_->Get({}, formatKey(), &format);
  Result<void> usable;
  if (found.IsNotFound()) {
    usable = check(database_->Put({}, formatKey(), toRocks(kFormat)), "write");
  } else if (!found.ok()) {
    usable = failure("read", found);
  } else if (format == kFormatOne) {
    usable = convertFormatOne(*database_, handles, options_, kFormat);
  } else if (format != kFormat) {
    usable = anotherFormat(options_.folder, format);
  }
  // What is left of format 1.
  Families old;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    if (handle->GetID() != 0) old.push_back(handle);
  }
  if (usable && !old.empty()) usable = check(database_->DropColumnFamilies(old), "drop old parts of the");
  for (rocksdb::ColumnFamilyHandle* handle : handles) database_->DestroyColumnFamilyHandle(handle);
  return usable;
}

Result<void> StateDatabase::load() {
  const std::string prefix(1, kStorePrefix);
  const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator({}));
  for (iterator->Seek(prefix); iterator->Valid() && iterator->key().starts_with(prefix); iterator->Next()) {
    const auto id = parseStoreKey(fromRocks(iterator->key()));
    auto record = parseStoreValue(fromRocks(iterator->value()));
    if (!id || !record) return corruptError("What is kept of a store in " + options_.folder + " is damaged.");
    nextNumber_ = std::max(nextNumber_, record->number + 1);
    stores_[*id] = {std::move(*record), true};
  }
  return check(iterator->status(), "read");
}

}  // namespace weir::embedded
