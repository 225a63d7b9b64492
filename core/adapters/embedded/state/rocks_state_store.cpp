#include "core/adapters/embedded/state/rocks_state_store.hpp"

#include <filesystem>

#include "core/adapters/embedded/state/state_database.hpp"

namespace weir::embedded {

using runtime::Position;
using runtime::StateDelta;
using runtime::StoreId;

RocksStateStore::RocksStateStore(RocksStateStoreOptions options) : options_(std::move(options)) {}

RocksStateStore::~RocksStateStore() = default;

Result<RocksStateStore::Opened> RocksStateStore::database(bool create) {
  const std::lock_guard lock(mutex_);
  leaveWhenFailed();
  if (database_ != nullptr) return Opened{database_, openings_};
  if (!closing_.expired()) {
    return retryableError("The state in " + options_.folder + " is being closed after a write that failed.");
  }
  const bool exists = std::filesystem::exists(options_.folder + "/CURRENT");
  if (!exists && !create) return Opened{nullptr, openings_};
  WEIR_TRY_ASSIGN(opened, StateDatabase::open(options_));
  if (exists) pass(options_.crashPoints, "recovery.state.opened");
  database_ = std::move(opened);
  return Opened{database_, ++openings_};
}

void RocksStateStore::leaveWhenFailed() {
  if (database_ == nullptr || !database_->failed()) return;
  closing_ = database_;
  database_.reset();
}

Result<RocksStateStore::Opened> RocksStateStore::databaseOf(std::string_view node, std::int32_t partition,
                                                            bool create) {
  WEIR_TRY_ASSIGN(opened, database(create));
  Known known;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(std::pair(std::string(node), partition));
    if (found == known_.end() || found->second.opening == opened.number) return opened;
    known = found->second;
  }
  Position upTo;
  if (opened.database != nullptr) {
    WEIR_TRY_ASSIGN(stored, opened.database->appliedUpTo(node, partition));
    upTo = stored;
  }
  if (known.within || upTo != known.upTo) {
    return retryableError("The state of node '" + std::string(node) + "', task " + std::to_string(partition) +
                          ", is at another commit since " + options_.folder +
                          " was opened again; the changelog brings it back.");
  }
  learn(node, partition, {upTo, opened.number});
  return opened;
}

Result<RocksStateStore::Opened> RocksStateStore::databaseToRead(const StoreId& id, std::int32_t partition) {
  {
    const std::lock_guard lock(mutex_);
    if (!stamps_.contains(id)) {
      return fatalError("The store '" + id.store + "' of node '" + id.node + "' was not opened before its first use.");
    }
  }
  return databaseOf(id.node, partition, false);
}

void RocksStateStore::learn(std::string_view node, std::int32_t partition, Known known) {
  const std::lock_guard lock(mutex_);
  known_[{std::string(node), partition}] = known;
}

Result<void> RocksStateStore::open(const StoreId& id, std::string_view stamp) {
  WEIR_TRY_ASSIGN(opened, database(false));
  const std::lock_guard lock(mutex_);
  std::optional<std::string> found = opened.database == nullptr ? std::nullopt : opened.database->stampOf(id);
  const auto declared = stamps_.find(id);
  if (!found && declared != stamps_.end()) found = declared->second;
  if (found && *found != stamp) {
    return configError("The store '" + id.store + "' of node '" + id.node + "' holds state with another meaning ('" +
                       *found + "', and now '" + std::string(stamp) +
                       "'); run `weir diff` to see what a redeploy would do.");
  }
  stamps_[id] = stamp;
  return {};
}

Result<Position> RocksStateStore::appliedUpTo(std::string_view node, std::int32_t partition) {
  WEIR_TRY_ASSIGN(opened, database(false));
  Position upTo;
  if (opened.database != nullptr) {
    WEIR_TRY_ASSIGN(stored, opened.database->appliedUpTo(node, partition));
    upTo = stored;
  }
  learn(node, partition, {upTo, opened.number});
  return upTo;
}

Result<void> RocksStateStore::apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                                    Position upTo) {
  std::map<StoreId, std::string> stamps;
  {
    const std::lock_guard lock(mutex_);
    for (auto store = stamps_.lower_bound({std::string(node), {}}); store != stamps_.end() && store->first.node == node;
         ++store) {
      stamps.insert(*store);
    }
  }
  WEIR_TRY_ASSIGN(opened, databaseOf(node, partition, true));
  Result<void> applied = opened.database->apply(node, partition, deltas, upTo, stamps);
  if (!applied) {
    const std::lock_guard lock(mutex_);
    leaveWhenFailed();
    return applied;
  }
  const std::lock_guard lock(mutex_);
  Known& known = known_[{std::string(node), partition}];
  known = {upTo, opened.number, known.upTo == upTo};
  return {};
}

Result<void> RocksStateStore::dropNode(std::string_view node) {
  WEIR_TRY_ASSIGN(opened, database(false));
  if (opened.database == nullptr) return {};
  Result<void> dropped = opened.database->dropNode(node);
  const std::lock_guard lock(mutex_);
  leaveWhenFailed();
  std::erase_if(known_, [&](const auto& known) { return known.first.first == node; });
  std::erase_if(stamps_, [&](const auto& stamp) { return stamp.first.node == node; });
  return dropped;
}

Result<void> RocksStateStore::sync() {
  WEIR_TRY_ASSIGN(opened, database(false));
  return opened.database == nullptr ? Result<void>() : opened.database->sync();
}

Result<void> RocksStateStore::getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                      std::span<const std::string_view> keys,
                                      std::vector<std::optional<std::string>>& values) {
  values.assign(keys.size(), std::nullopt);
  WEIR_TRY_ASSIGN(opened, databaseToRead(id, partition));
  if (opened.database == nullptr) return {};
  return opened.database->getMany(id, partition, segment, keys, values);
}

Result<void> RocksStateStore::scan(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                   std::string_view from, std::string_view to, const runtime::StateVisitor& visitor) {
  WEIR_TRY_ASSIGN(opened, databaseToRead(id, partition));
  if (opened.database == nullptr) return {};
  return opened.database->scan(id, partition, segment, from, to, visitor);
}

Result<std::vector<std::int64_t>> RocksStateStore::segments(const StoreId& id, std::int32_t partition) {
  WEIR_TRY_ASSIGN(opened, databaseToRead(id, partition));
  if (opened.database == nullptr) return std::vector<std::int64_t>();
  return opened.database->segments(id, partition);
}

std::int64_t RocksStateStore::memoryUse() const {
  const std::lock_guard lock(mutex_);
  return database_ == nullptr ? 0 : database_->memoryUse();
}

}  // namespace weir::embedded
