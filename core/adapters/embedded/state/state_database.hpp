// One opened RocksDB database with the state of a home.
//
// Everything lies in one column family, whatever stores, windows and partitions there are (state_keys.hpp). The end of
// segments is one range deletion, from the lowest segment that may hold anything; so deletions of one partition do not
// overlap, reads begin above them, and a flush is asked for before there are many in memory. Files that held nothing
// else go at once.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/adapters/embedded/state/open_database.hpp"
#include "core/adapters/embedded/state/rocks_state_store.hpp"
#include "core/adapters/embedded/state/state_keys.hpp"

namespace weir::embedded {

// [any], but one caller at a time per (node, partition). No lock is held while something is read.
class StateDatabase {
 public:
  // Makes the database when it is missing, and converts one of format 1.
  static Result<std::shared_ptr<StateDatabase>> open(const RocksStateStoreOptions& options);
  ~StateDatabase();
  StateDatabase(const StateDatabase&) = delete;
  StateDatabase& operator=(const StateDatabase&) = delete;

  // The stamp of a store that is on disk.
  std::optional<std::string> stampOf(const runtime::StoreId& id) const;

  Result<runtime::Position> appliedUpTo(std::string_view node, std::int32_t partition) const;
  // `stamps`: of every store that the deltas name, in case it is new here.
  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const runtime::StateDelta> deltas,
                     runtime::Position upTo, const std::map<runtime::StoreId, std::string>& stamps);
  Result<void> sync();
  // Everything of a node, durably.
  Result<void> dropNode(std::string_view node);
  Result<void> getMany(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys, std::vector<std::optional<std::string>>& values) const;
  Result<void> scan(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const runtime::StateVisitor& visitor) const;
  Result<std::vector<std::int64_t>> segments(const runtime::StoreId& id, std::int32_t partition) const;
  std::int64_t memoryUse() const;

  // A write or a read has failed. What became of the write is not known, and RocksDB takes no further one: the database
  // has to be closed, and opened again.
  bool failed() const { return failed_; }

 private:
  struct Store {
    StoreRecord record;
    bool durable = false;  // some batch with its record has been written
  };
  // Of one apply.
  struct Batch;

  StateDatabase(const RocksStateStoreOptions& options, OpenedDatabase opened);
  Result<void> load();
  std::optional<EntryPlace> placeOf(const runtime::StoreId& id, std::int32_t partition) const;
  Result<std::uint32_t> numberToWrite(const runtime::StoreId& id, const std::string& stamp, Batch& batch);
  Result<void> collect(std::string_view node, std::int32_t partition, std::span<const runtime::StateDelta> deltas,
                       const std::map<runtime::StoreId, std::string>& stamps, Batch& batch);
  Result<std::int64_t*> lowestOf(const EntryPlace& place, Batch& batch) const;
  Result<std::int64_t> findLowest(const EntryPlace& place) const;
  Result<void> write(Batch& batch);
  // After segments have ended: lets go of whole files, and keeps range deletions few.
  Result<void> tidy(const Batch& batch);
  Result<void> check(const rocksdb::Status& status, const std::string& what) const;
  Error failure(const std::string& what, const rocksdb::Status& status) const;

  const RocksStateStoreOptions& options_;
  std::unique_ptr<rocksdb::Env> environment_;  // only when it is not the usual one
  std::shared_ptr<rocksdb::Cache> cache_;      // shared: RocksDB's interface asks for it
  std::unique_ptr<rocksdb::DB> database_;
  mutable std::atomic<bool> failed_{false};
  std::mutex writing_;                  // one write at a time: none follows one that has failed
  std::atomic<int> rangeDeletions_{0};  // since a flush was asked for

  mutable std::mutex mutex_;  // guards what follows
  std::map<runtime::StoreId, Store> stores_;
  std::uint32_t nextNumber_ = 1;
  std::map<EntryPlace, std::int64_t> lowest_;  // no segment below this holds anything; what is not here is not known
};

// What to say of a status that is not good, and what can be done about it.
Error stateError(const std::string& folder, const std::string& what, const rocksdb::Status& status);

inline rocksdb::Slice toRocks(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string_view fromRocks(const rocksdb::Slice& text) {
  return {text.data(), text.size()};
}

}  // namespace weir::embedded
