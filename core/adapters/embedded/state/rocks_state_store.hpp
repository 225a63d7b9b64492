// The StateStore port over RocksDB: one database per home.
//
// Every store has one column family for each time segment that holds anything, so that the end of a segment costs
// nothing: the whole family goes once no partition has entries in it. Keys in a family are partition (4 bytes,
// big-endian), then the key. The default family holds what the store knows about itself: format version, stamps,
// applied offsets, and which partitions are present in which segment.
//
// Each `apply` is one write batch with the write-ahead log on and without a sync: after a crash the database is at some
// earlier commit, and the offset in it says where the changelog must be replayed from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/embedded/crash_points.hpp"
#include "base/log.hpp"
#include "runtime/ports/state_store.hpp"

namespace weir::embedded {

struct RocksStateStoreOptions {
  std::string folder;                      // made when the first entries arrive
  std::int64_t memoryBudget = 32LL << 20;  // block cache and write buffers together, over all stores
  CrashPoints crashPoints;
  // Crash tests: what RocksDB has not synced dies with the process.
  bool loseUnsynced = false;
};

// [any] The database is opened when it is first needed: a run without state never pays for it.
class RocksStateStore final : public runtime::StateStore {
 public:
  explicit RocksStateStore(RocksStateStoreOptions options);
  ~RocksStateStore() override;

  Result<void> open(const runtime::StoreId& id, std::string_view stamp) override;
  Result<std::int64_t> appliedOffset(std::string_view node, std::int32_t partition) override;
  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const runtime::StateDelta> deltas,
                     std::int64_t upTo) override;
  Result<void> sync() override;
  Result<void> getMany(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys,
                       std::vector<std::optional<std::string>>& values) override;
  Result<void> scan(const runtime::StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const runtime::StateVisitor& visitor) override;
  Result<std::vector<std::int64_t>> segments(const runtime::StoreId& id, std::int32_t partition) override;
  std::int64_t memoryUse() const override;

 private:
  class Database;
  RocksStateStoreOptions options_;
  std::unique_ptr<Database> database_;
};

}  // namespace weir::embedded
