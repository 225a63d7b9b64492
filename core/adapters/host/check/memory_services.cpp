#include "core/adapters/host/check/memory_services.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/json.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

Result<void> MemoryStore::getMany(std::int64_t segment, std::span<const weir_slice> keys,
                                  std::span<weir_slice> values) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto found = entries_.find(Key(segment, toView(keys[i])));
    values[i] = found == entries_.end() ? kAbsent : toSlice(found->second);
  }
  return {};
}

Result<void> MemoryStore::scan(std::int64_t segment, weir_slice from, weir_slice to,
                               const runtime::StateEntryVisitor& visitor) {
  for (auto entry = entries_.lower_bound(Key(segment, toView(from))); entry != entries_.end(); ++entry) {
    if (entry->first.first != segment) break;
    if (to.data != nullptr && entry->first.second >= toView(to)) break;
    if (!visitor({segment, toSlice(entry->first.second), toSlice(entry->second)})) break;
  }
  return {};
}

Result<std::span<const std::int64_t>> MemoryStore::segments() {
  segments_.clear();
  for (const auto& entry : entries_) {
    if (segments_.empty() || segments_.back() != entry.first.first) segments_.push_back(entry.first.first);
  }
  return std::span<const std::int64_t>(segments_);
}

Result<void> MemoryStore::put(std::span<const weir_state_entry> entries) {
  for (const weir_state_entry& entry : entries) {
    Change change{{entry.segment, std::string(toView(entry.key))}, std::nullopt};
    if (entry.value.data != nullptr) change.value = std::string(toView(entry.value));
    pending_.push_back(std::move(change));
  }
  return {};
}

Result<void> MemoryStore::dropBelow(std::int64_t segment) {
  pending_.push_back({{segment, ""}, std::nullopt, true});
  return {};
}

void MemoryStore::apply() {
  for (Change& change : std::exchange(pending_, {})) {
    if (change.dropBelow) {
      entries_.erase(entries_.begin(), entries_.lower_bound(change.key));
    } else if (change.value) {
      entries_[change.key] = std::move(*change.value);
    } else {
      entries_.erase(change.key);
    }
  }
}

MemoryServices::MemoryServices(std::size_t ports, std::int64_t now, std::size_t capacity, std::int64_t budget)
    : clock(now), output(ports), watermarks(ports, WEIR_WATERMARK_MIN), capacity_(capacity), budget_(budget) {}

void MemoryServices::log(LogLevel level, std::string_view text) {
  static constexpr std::array kNames = {"debug", "info", "warning", "error", "misbehaviour"};
  logged += kNames.at(static_cast<std::size_t>(level));
  logged += ": ";
  logged += text;
  logged += '\n';
}

bool MemoryServices::emit(std::uint32_t port, const weir_batch* batch) {
  output[port].push_back(Batch::share(batch));
  if (batch->step_count > 0) watermarks[port] = batch->steps[batch->step_count - 1].watermark;
  return capacity_ == 0 || ++emitted_ < capacity_;
}

void MemoryServices::deadLetter(const weir_batch* batch, std::span<const std::uint32_t> rows, std::string_view reason) {
  const Batch shared = Batch::share(batch);
  for (const std::uint32_t row : rows) {
    deadLetters += "{\"reason\":" + json::quote(reason) + ",\"row\":" + runtime::rowText(shared, row) + "}\n";
  }
}

Result<void> MemoryServices::setRecovery(std::string_view blob) {
  pendingRecovery_ = blob;
  return {};
}

Result<runtime::Metric*> MemoryServices::metric(std::string_view name, runtime::MetricKind kind) {
  return &metrics.try_emplace(std::string(name), kind).first->second;
}

Result<runtime::NodeStore*> MemoryServices::store(std::string_view name) {
  auto& slot = stores[std::string(name)];
  if (!slot) slot = std::make_unique<MemoryStore>(budget_);
  return static_cast<runtime::NodeStore*>(slot.get());
}

void MemoryServices::applyCommit() {
  for (const auto& store : stores) store.second->apply();
  if (pendingRecovery_) recovery = *std::exchange(pendingRecovery_, std::nullopt);
  commitRequested = false;
}

void MemoryServices::loseUncommitted() {
  for (const auto& store : stores) store.second->forgetPending();
  pendingRecovery_.reset();
  for (std::deque<Batch>& queue : output) queue.clear();
  std::fill(watermarks.begin(), watermarks.end(), WEIR_WATERMARK_MIN);
  wakeTime = std::numeric_limits<Timestamp>::max();
  commitRequested = false;
}

}  // namespace weir::host
