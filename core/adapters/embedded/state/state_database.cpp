#include "core/adapters/embedded/state/state_database.hpp"

#include <rocksdb/convenience.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "weir/sdk/refusal.hpp"

namespace weir::embedded {

using runtime::Position;
using runtime::StateDelta;
using runtime::StoreId;

namespace {

// Range deletions in memory are sorted anew by the first read after each of them.
constexpr int kMaxRangeDeletions = 64;
// Ended segments with more than this in files are worth looking for files that hold nothing else.
constexpr std::uint64_t kFilesWorthDropping = 1 << 20;

std::string nameOf(const StoreId& id) {
  return "store '" + id.store + "' of node '" + id.node + "'";
}

}  // namespace

struct StateDatabase::Batch {
  rocksdb::WriteBatch writes;
  std::map<EntryPlace, std::int64_t> lowest;  // as it will be
  std::vector<StoreId> newStores;
  struct Ended {
    std::string begin;
    std::string end;
  };
  std::vector<Ended> ended;
};

Result<std::shared_ptr<StateDatabase>> StateDatabase::open(const RocksStateStoreOptions& options) {
  WEIR_TRY_ASSIGN(opened, openDatabase(options));
  // Shared: whoever reads when a write has failed ends on the database that it began on.
  std::shared_ptr<StateDatabase> database(new StateDatabase(options, std::move(opened)));
  WEIR_TRY(database->load());
  return database;
}

StateDatabase::StateDatabase(const RocksStateStoreOptions& options, OpenedDatabase opened)
    : options_(options),
      environment_(std::move(opened.environment)),
      cache_(std::move(opened.cache)),
      database_(std::move(opened.database)) {}

StateDatabase::~StateDatabase() {
  if (database_ != nullptr) static_cast<void>(database_->Close());
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

std::optional<std::string> StateDatabase::stampOf(const StoreId& id) const {
  const std::lock_guard lock(mutex_);
  const auto store = stores_.find(id);
  return store == stores_.end() ? std::nullopt : std::optional(store->second.record.stamp);
}

std::optional<EntryPlace> StateDatabase::placeOf(const StoreId& id, std::int32_t partition) const {
  const std::lock_guard lock(mutex_);
  const auto store = stores_.find(id);
  if (store == stores_.end()) return std::nullopt;
  return EntryPlace{store->second.record.number, partition};
}

Result<Position> StateDatabase::appliedUpTo(std::string_view node, std::int32_t partition) const {
  std::string value;
  const rocksdb::Status status = database_->Get({}, offsetKey(node, partition), &value);
  if (status.IsNotFound()) return Position();
  WEIR_TRY(check(status, "read the applied offset of"));
  std::int64_t offset = 0;
  if (value.size() != sizeof(offset)) return corruptError("An applied offset in " + options_.folder + " is damaged.");
  std::memcpy(&offset, value.data(), sizeof(offset));
  return Position::of(offset);
}

Result<void> StateDatabase::apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                                  Position upTo, const std::map<StoreId, std::string>& stamps) {
  pass(options_.crashPoints, "state.flush.begin");
  Batch batch;
  WEIR_TRY(collect(node, partition, deltas, stamps, batch));
  const std::int64_t value = upTo.value();
  const rocksdb::Slice offset(reinterpret_cast<const char*>(&value), sizeof(value));
  WEIR_TRY(check(batch.writes.Put(offsetKey(node, partition), offset), "write"));
  WEIR_TRY(write(batch));
  pass(options_.crashPoints, "state.flush.written");
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [place, segment] : batch.lowest) lowest_[place] = segment;
    for (const StoreId& id : batch.newStores) stores_.at(id).durable = true;
  }
  if (!batch.ended.empty()) WEIR_TRY(tidy(batch));
  pass(options_.crashPoints, "state.flush.end");
  return {};
}

Result<void> StateDatabase::dropNode(std::string_view node) {
  Batch batch;
  std::vector<StoreId> gone;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, store] : stores_) {
      if (id.node != node) continue;
      gone.push_back(id);
      batch.ended.push_back({placeBegin({store.record.number, 0}), placeBegin({store.record.number + 1, 0})});
      WEIR_TRY(check(batch.writes.DeleteRange(batch.ended.back().begin, batch.ended.back().end), "write"));
      WEIR_TRY(check(batch.writes.Delete(storeKey(id)), "write"));
    }
  }
  WEIR_TRY(check(batch.writes.DeleteRange(offsetKey(node, 0), offsetKey(node, INT32_MAX)), "write"));
  WEIR_TRY(write(batch));
  {
    const std::lock_guard lock(mutex_);
    for (const StoreId& id : gone) {
      std::erase_if(lowest_, [number = stores_.at(id).record.number](const auto& lowest) {
        return lowest.first.store == number;
      });
      stores_.erase(id);
    }
  }
  WEIR_TRY(sync());
  return tidy(batch);
}

Result<void> StateDatabase::collect(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                                    const std::map<StoreId, std::string>& stamps, Batch& batch) {
  StoreId id{std::string(node), {}};
  EntryPlace place{0, partition};
  std::int64_t* lowest = nullptr;
  std::int64_t segment = 0;
  std::string key;
  for (const StateDelta& delta : deltas) {
    if (lowest == nullptr || id.store != delta.store) {
      id.store = delta.store;
      const auto stamp = stamps.find(id);
      if (stamp == stamps.end()) return fatalError("The " + nameOf(id) + " was not opened before its first use.");
      WEIR_TRY_ASSIGN(number, numberToWrite(id, stamp->second, batch));
      place.store = number;
      WEIR_TRY_ASSIGN(known, lowestOf(place, batch));
      lowest = known;
      key.clear();
    }
    if (delta.kind == StateDelta::Kind::DropBelow) {
      if (*lowest >= delta.segment) continue;
      batch.ended.push_back({segmentBegin(place, *lowest), segmentBegin(place, delta.segment)});
      const Batch::Ended& ended = batch.ended.back();
      WEIR_TRY(check(batch.writes.DeleteRange(ended.begin, ended.end), "write"));
      *lowest = delta.segment;
      continue;
    }
    if (key.empty() || segment != delta.segment) {
      segment = delta.segment;
      key = segmentBegin(place, segment);
    }
    key.resize(kEntryPrefixSize);
    key += delta.key;
    if (delta.kind == StateDelta::Kind::Delete) {
      WEIR_TRY(check(batch.writes.Delete(key), "write"));
      continue;
    }
    *lowest = std::min(*lowest, segment);
    WEIR_TRY(check(batch.writes.Put(key, toRocks(delta.value)), "write"));
  }
  return {};
}

// A store that no written batch has told of goes with every batch that uses it: they may be written in any order.
Result<std::uint32_t> StateDatabase::numberToWrite(const StoreId& id, const std::string& stamp, Batch& batch) {
  const std::lock_guard lock(mutex_);
  const auto [store, isNew] = stores_.try_emplace(id);
  if (isNew) store->second.record = {nextNumber_++, stamp};
  if (!store->second.durable) {
    batch.newStores.push_back(id);
    WEIR_TRY(check(batch.writes.Put(storeKey(id), storeValue(store->second.record)), "write"));
  }
  return store->second.record.number;
}

Result<std::int64_t*> StateDatabase::lowestOf(const EntryPlace& place, Batch& batch) const {
  const auto [lowest, isNew] = batch.lowest.try_emplace(place);
  if (isNew) {
    WEIR_TRY_ASSIGN(found, findLowest(place));
    lowest->second = found;
  }
  return &lowest->second;
}

Result<std::int64_t> StateDatabase::findLowest(const EntryPlace& place) const {
  {
    const std::lock_guard lock(mutex_);
    const auto known = lowest_.find(place);
    if (known != lowest_.end()) return known->second;
  }
  const std::string end = placeEnd(place);
  const rocksdb::Slice upper(end);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator(read));
  iterator->Seek(placeBegin(place));
  if (iterator->Valid()) return segmentOf(fromRocks(iterator->key()));
  WEIR_TRY(check(iterator->status(), "read"));
  return INT64_MAX;
}

Result<void> StateDatabase::write(Batch& batch) {
  const std::lock_guard lock(writing_);
  if (failed_) return retryableError("The state in " + options_.folder + " is opened again after a write that failed.");
  return check(database_->Write(rocksdb::WriteOptions(), &batch.writes), "write");
}

Result<void> StateDatabase::tidy(const Batch& batch) {
  for (const Batch::Ended& ended : batch.ended) {
    const rocksdb::Slice begin(ended.begin);
    const rocksdb::Slice end(ended.end);
    const rocksdb::Range range(begin, end);
    std::uint64_t bytes = 0;
    rocksdb::SizeApproximationOptions files;
    WEIR_TRY(check(database_->GetApproximateSizes(files, database_->DefaultColumnFamily(), &range, 1, &bytes), "read"));
    if (bytes < kFilesWorthDropping) continue;
    // A power cut may take the range deletion and not this: the changelog then says again that the segments ended.
    WEIR_TRY(check(rocksdb::DeleteFilesInRange(database_.get(), database_->DefaultColumnFamily(), &begin, &end, false),
                   "drop"));
  }
  pass(options_.crashPoints, "state.segment.dropped");
  rangeDeletions_ += static_cast<int>(batch.ended.size());
  if (rangeDeletions_ < kMaxRangeDeletions) return {};
  rangeDeletions_ = 0;
  rocksdb::FlushOptions inBackground;
  inBackground.wait = false;
  inBackground.allow_write_stall = true;
  return check(database_->Flush(inBackground), "write");
}

Result<void> StateDatabase::sync() {
  const std::lock_guard lock(writing_);
  if (failed_) return retryableError("The state in " + options_.folder + " is opened again after a write that failed.");
  WEIR_TRY(check(database_->SyncWAL(), "sync"));
  pass(options_.crashPoints, "state.synced");
  return {};
}

Result<void> StateDatabase::getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                                    std::span<const std::string_view> keys,
                                    std::vector<std::optional<std::string>>& values) const {
  values.assign(keys.size(), std::nullopt);
  const std::optional<EntryPlace> place = placeOf(id, partition);
  if (!place || keys.empty()) return {};
  const std::string prefix = segmentBegin(*place, segment);
  std::string buffer;
  std::vector<std::size_t> ends;
  ends.reserve(keys.size());
  for (const std::string_view key : keys) {
    buffer += prefix;
    buffer += key;
    ends.push_back(buffer.size());
  }
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    slices.emplace_back(buffer.data() + begin, end - begin);
    begin = end;
  }
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database_->MultiGet({}, database_->DefaultColumnFamily(), slices.size(), slices.data(), found.data(), statuses.data(),
                      true);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    WEIR_TRY(check(statuses[i], "read"));
    values[i].emplace(found[i].data(), found[i].size());
  }
  return {};
}

Result<void> StateDatabase::scan(const StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                                 std::string_view to, const runtime::StateVisitor& visitor) const {
  const std::optional<EntryPlace> place = placeOf(id, partition);
  if (!place || (!to.empty() && to <= from)) return {};
  const std::string prefix = segmentBegin(*place, segment);
  const std::string first = prefix + std::string(from);
  const std::string last = to.empty() ? segmentEnd(*place, segment) : prefix + std::string(to);
  const rocksdb::Slice upper(last);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator(read));
  for (iterator->Seek(first); iterator->Valid(); iterator->Next()) {
    if (!visitor(fromRocks(iterator->key()).substr(kEntryPrefixSize), fromRocks(iterator->value()))) return {};
  }
  return check(iterator->status(), "read");
}

Result<std::vector<std::int64_t>> StateDatabase::segments(const StoreId& id, std::int32_t partition) const {
  std::vector<std::int64_t> segments;
  const std::optional<EntryPlace> place = placeOf(id, partition);
  if (!place) return segments;
  WEIR_TRY_ASSIGN(lowest, findLowest(*place));
  const std::string end = placeEnd(*place);
  const rocksdb::Slice upper(end);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator(read));
  for (iterator->Seek(segmentBegin(*place, lowest)); iterator->Valid();) {
    const std::int64_t segment = segmentOf(fromRocks(iterator->key()));
    segments.push_back(segment);
    if (segment == INT64_MAX) break;
    iterator->Seek(segmentBegin(*place, segment + 1));
  }
  WEIR_TRY(check(iterator->status(), "read"));
  return segments;
}

std::int64_t StateDatabase::memoryUse() const {
  return static_cast<std::int64_t>(cache_->GetUsage());  // write buffers are charged to it as well
}

Result<void> StateDatabase::check(const rocksdb::Status& status, const std::string& what) const {
  if (!status.ok()) return failure(what, status);
  return {};
}

Error StateDatabase::failure(const std::string& what, const rocksdb::Status& status) const {
  failed_ = true;
  return stateError(options_.folder, what, status);
}

Error stateError(const std::string& folder, const std::string& what, const rocksdb::Status& status) {
  const std::string text = "Cannot " + what + " state in " + folder + ": " + status.ToString() + ".";
  if (status.IsCorruption()) {
    return corruptError(text + " Restore that folder from a copy, or start with an empty home.");
  }
  if (status.IsNoSpace()) return retryableError("Disk full: " + text + " Make space; it goes on when there is some.");
  // The lock of the home was got: it is about this folder, and trying again does not help.
  if (text.find(std::generic_category().message(EACCES)) != std::string::npos) {
    return configError("Cannot " + what + " state in " + folder + ": " + whyRefused(EACCES, folder, Access::Write));
  }
  if (status.IsIOError()) return retryableError(text + " It is opened again, and goes on when the cause is gone.");
  return fatalError(text);
}

}  // namespace weir::embedded
