// The StateStore port in memory: for tests, the driver and previews. Nothing survives the object.
#pragma once

#include <map>
#include <mutex>

#include "core/runtime/ports/state_store.hpp"

namespace weir::runtime {

// [any]
class MemoryStateStore final : public StateStore {
 public:
  Result<void> open(const StoreId& id, std::string_view stamp) override;
  Result<Position> appliedUpTo(std::string_view node, std::int32_t partition) override;
  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                     Position upTo) override;
  Result<void> sync() override { return {}; }
  Result<void> dropNode(std::string_view node) override;
  Result<void> getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys,
                       std::vector<std::optional<std::string>>& values) override;
  Result<void> scan(const StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const StateVisitor& visitor) override;
  Result<std::vector<std::int64_t>> segments(const StoreId& id, std::int32_t partition) override;
  std::int64_t memoryUse() const override;

 private:
  using Entries = std::map<std::string, std::string, std::less<>>;
  using Segments = std::map<std::int64_t, Entries>;
  struct Store {
    std::string stamp;
    std::map<std::int32_t, Segments> partitions;
  };

  Result<Store*> find(const StoreId& id);
  static const Entries* entriesOf(const Store& store, std::int32_t partition, std::int64_t segment);
  void put(Segments& segments, const StateDelta& delta);

  mutable std::mutex mutex_;
  std::map<StoreId, Store> stores_;
  std::map<std::pair<std::string, std::int32_t>, Position> applied_;
  std::int64_t bytes_ = 0;
};

}  // namespace weir::runtime
