#include "core/adapters/memory/memory_state_store.hpp"

namespace weir::runtime {

namespace {

std::string nameOf(const StoreId& id) {
  return "store '" + id.store + "' of node '" + id.node + "'";
}

}  // namespace

Result<MemoryStateStore::Store*> MemoryStateStore::find(const StoreId& id) {
  const auto found = stores_.find(id);
  if (found == stores_.end()) return fatalError("The " + nameOf(id) + " was not opened before its first use.");
  return &found->second;
}

const MemoryStateStore::Entries* MemoryStateStore::entriesOf(const Store& store, std::int32_t partition,
                                                             std::int64_t segment) {
  const auto segments = store.partitions.find(partition);
  if (segments == store.partitions.end()) return nullptr;
  const auto entries = segments->second.find(segment);
  return entries == segments->second.end() ? nullptr : &entries->second;
}

Result<void> MemoryStateStore::open(const StoreId& id, std::string_view stamp) {
  const std::lock_guard lock(mutex_);
  const auto [store, isNew] = stores_.try_emplace(id);
  if (isNew) store->second.stamp = stamp;
  if (store->second.stamp != stamp) {
    return configError("The " + nameOf(id) + " holds state with another meaning ('" + store->second.stamp +
                       "', and now '" + std::string(stamp) + "'); run `weir diff` to see what a redeploy would do.");
  }
  return {};
}

Result<Position> MemoryStateStore::appliedUpTo(std::string_view node, std::int32_t partition) {
  const std::lock_guard lock(mutex_);
  const auto found = applied_.find({std::string(node), partition});
  return found == applied_.end() ? Position() : found->second;
}

void MemoryStateStore::put(Segments& segments, const StateDelta& delta) {
  if (delta.kind == StateDelta::Kind::Put) {
    std::string& value = segments[delta.segment][std::string(delta.key)];
    bytes_ += static_cast<std::int64_t>(delta.value.size()) - static_cast<std::int64_t>(value.size());
    value = delta.value;
  } else if (delta.kind == StateDelta::Kind::Delete) {
    const auto segment = segments.find(delta.segment);
    if (segment == segments.end()) return;
    const auto entry = segment->second.find(delta.key);
    if (entry != segment->second.end()) segment->second.erase(entry);
    if (segment->second.empty()) segments.erase(segment);
  } else {
    segments.erase(segments.begin(), segments.lower_bound(delta.segment));
  }
}

Result<void> MemoryStateStore::apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                                     Position upTo) {
  const std::lock_guard lock(mutex_);
  for (const StateDelta& delta : deltas) WEIR_TRY(find(StoreId{std::string(node), std::string(delta.store)}));
  for (const StateDelta& delta : deltas) {
    put(stores_[StoreId{std::string(node), std::string(delta.store)}].partitions[partition], delta);
  }
  applied_[{std::string(node), partition}] = upTo;
  return {};
}

Result<void> MemoryStateStore::dropNode(std::string_view node) {
  const std::lock_guard lock(mutex_);
  std::erase_if(stores_, [&](const auto& store) { return store.first.node == node; });
  std::erase_if(applied_, [&](const auto& applied) { return applied.first.first == node; });
  return {};
}

Result<void> MemoryStateStore::getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                       std::span<const std::string_view> keys,
                                       std::vector<std::optional<std::string>>& values) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(store, find(id));
  values.assign(keys.size(), std::nullopt);
  const Entries* entries = entriesOf(*store, partition, segment);
  if (entries == nullptr) return {};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto found = entries->find(keys[i]);
    if (found != entries->end()) values[i] = found->second;
  }
  return {};
}

Result<void> MemoryStateStore::scan(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                    std::string_view from, std::string_view to, const StateVisitor& visitor) {
  Entries range;  // a copy, so that the visitor may call back
  {
    const std::lock_guard lock(mutex_);
    WEIR_TRY_ASSIGN(store, find(id));
    const Entries* entries = entriesOf(*store, partition, segment);
    if (entries == nullptr || (!to.empty() && to <= from)) return {};
    range = Entries(entries->lower_bound(from), to.empty() ? entries->end() : entries->lower_bound(to));
  }
  for (const auto& [key, value] : range) {
    if (!visitor(key, value)) break;
  }
  return {};
}

Result<std::vector<std::int64_t>> MemoryStateStore::segments(const StoreId& id, std::int32_t partition) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(store, find(id));
  std::vector<std::int64_t> result;
  for (const auto& [segment, entries] : store->partitions[partition]) result.push_back(segment);
  return result;
}

std::int64_t MemoryStateStore::memoryUse() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace weir::runtime
