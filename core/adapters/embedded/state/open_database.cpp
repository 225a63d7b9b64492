#include "core/adapters/embedded/state/open_database.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <condition_variable>
#include <cstdarg>
#include <filesystem>
#include <utility>

#include "core/adapters/embedded/state/format_one.hpp"
#include "core/adapters/embedded/state/state_database.hpp"
#include "core/adapters/embedded/state/state_keys.hpp"
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

Result<void> check(const rocksdb::Status& status, const std::string& folder, const std::string& what) {
  return status.ok() ? Result<void>() : stateError(folder, what, status);
}

// What is left of format 1.
Result<void> dropOldFamilies(rocksdb::DB& database, const Families& families, const std::string& folder) {
  Families old;
  for (rocksdb::ColumnFamilyHandle* family : families) {
    if (family->GetID() != 0) old.push_back(family);
  }
  return old.empty() ? Result<void>() : check(database.DropColumnFamilies(old), folder, "drop old parts of the");
}

// After this it has today's format.
Result<void> checkFormat(rocksdb::DB& database, const Families& families, const RocksStateStoreOptions& options) {
  std::string format;
  const rocksdb::Status found = database.Get({}, formatKey(), &format);
  if (found.IsNotFound()) return check(database.Put({}, formatKey(), toRocks(kFormat)), options.folder, "write");
  WEIR_TRY(check(found, options.folder, "read"));
  if (format == kFormatOne) return convertFormatOne(database, families, options, kFormat);
  return format == kFormat ? Result<void>() : anotherFormat(options.folder, format);
}

}  // namespace

// Databases of format 1 have many column families; all of them have to be opened.
Result<OpenedDatabase> openDatabase(const RocksStateStoreOptions& given) {
  std::error_code code;
  std::filesystem::create_directories(given.folder, code);
  if (code) {
    return configError("Cannot make the folder " + given.folder + ": " +
                       whyRefused(code.value(), given.folder, Access::Write));
  }
  OpenedDatabase opened;
  opened.cache = rocksdb::NewLRUCache(static_cast<std::size_t>(given.memoryBudget), 4);
  rocksdb::DBOptions options = databaseOptions(given, opened.cache);
  if (given.files != nullptr) {
    opened.environment = rocksdb::NewCompositeEnv(given.files);
    options.env = opened.environment.get();
  }
  std::vector<std::string> names;
  static_cast<void>(rocksdb::DB::ListColumnFamilies(options, given.folder, &names));
  if (names.empty()) names.push_back(rocksdb::kDefaultColumnFamilyName);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(names.size());
  for (const std::string& name : names) descriptors.emplace_back(name, familyOptions(given, opened.cache));
  Families families;
  WEIR_TRY(openUnlocked(options, given.folder, descriptors, families, opened.database));

  Result<void> usable = checkFormat(*opened.database, families, given);
  if (usable) usable = dropOldFamilies(*opened.database, families, given.folder);
  for (rocksdb::ColumnFamilyHandle* family : families) opened.database->DestroyColumnFamilyHandle(family);
  WEIR_TRY(usable);
  return opened;
}

}  // namespace weir::embedded
