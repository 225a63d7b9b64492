// The StateStore port over RocksDB: one database per home, which is closed and opened again when a write has failed.
//
// Each `apply` is one write batch with the write-ahead log on and without a sync: after a crash the database is at some
// earlier commit, and the offset in it says where the changelog must be replayed from. After a write that failed nobody
// knows what became of it: the next call opens the database anew, and whoever would find it elsewhere than where his
// last answer left it is told to look (appliedUpTo) before he goes on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/adapters/embedded/files/crash_points.hpp"
#include "core/base/start_progress.hpp"
#include "core/runtime/ports/state_store.hpp"

namespace rocksdb {
class FileSystem;
}

namespace weir::embedded {

struct RocksStateStoreOptions {
  std::string folder;                      // made when the first entries arrive
  std::int64_t memoryBudget = 32LL << 20;  // block cache and write buffers together, over all stores
  CrashPoints crashPoints = {};
  std::shared_ptr<rocksdb::FileSystem> files = {};  // null: the usual one; shared: RocksDB's interface asks for it
  StartProgress* start = nullptr;                   // what an opening that takes long tells; outlives the store
};

class StateDatabase;

// [any] The database is opened when it is first needed: a run without state never pays for it.
class RocksStateStore final : public runtime::StateStore {
 public:
  explicit RocksStateStore(RocksStateStoreOptions options);
  ~RocksStateStore() override;

  Result<void> open(const runtime::StoreId& id, std::string_view stamp) override;
  Result<runtime::Position> appliedUpTo(std::string_view node, std::int32_t partition) override;
  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const runtime::StateDelta> deltas,
                     runtime::Position upTo) override;
  Result<void> sync() override;
  Result<void> dropNode(std::string_view node) override;
  Result<void> getMany(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys,
                       std::vector<std::optional<std::string>>& values) override;
  Result<void> scan(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const runtime::StateVisitor& visitor) override;
  Result<std::vector<std::int64_t>> segments(const runtime::StoreId& id, std::int32_t partition) override;
  std::int64_t memoryUse() const override;

 private:
  // How far a task knows the database to be, and in which opening it learned that.
  struct Known {
    runtime::Position upTo;
    int opening = 0;
    bool within = false;  // something was written that its position does not tell: a piece of a run
  };
  struct Opened {
    std::shared_ptr<StateDatabase> database;  // null: there is none yet
    int number = 0;
  };

  Result<Opened> database(bool create);
  // The same for a task; an error when it has to look where the database is.
  Result<Opened> databaseOf(std::string_view node, std::int32_t partition, bool create);
  Result<Opened> databaseToRead(const runtime::StoreId& id, std::int32_t partition);
  void leaveWhenFailed();  // with mutex_
  void learn(std::string_view node, std::int32_t partition, Known known);

  RocksStateStoreOptions options_;
  mutable std::mutex mutex_;  // guards what follows; held while the database is opened, never while it is read
  std::map<runtime::StoreId, std::string> stamps_;  // of the stores opened
  std::map<std::pair<std::string, std::int32_t>, Known, std::less<>> known_;
  std::shared_ptr<StateDatabase> database_;
  std::weak_ptr<StateDatabase> closing_;  // has failed, and somebody still reads from it
  int openings_ = 0;
};

}  // namespace weir::embedded
