// The runtime's side of one operator, in memory and by hand: for the operator harness and `weir plugin-check`.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/runtime/ports/node_services.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::host {

// Entries by (segment, key). What is put becomes visible with `apply`, as after a commit.
class MemoryStore final : public runtime::NodeStore {
 public:
  explicit MemoryStore(std::int64_t budget) : budget_(budget) {}
  Result<void> getMany(std::int64_t segment, std::span<const weir_slice> keys, std::span<weir_slice> values) override;
  Result<void> scan(std::int64_t segment, weir_slice from, weir_slice to,
                    const runtime::StateEntryVisitor& visitor) override;
  Result<std::span<const std::int64_t>> segments() override;
  Result<void> put(std::span<const weir_state_entry> entries) override;
  Result<void> dropBelow(std::int64_t segment) override;
  std::int64_t budget(std::int64_t) override { return budget_; }

  void apply();
  void forgetPending() { pending_.clear(); }
  std::size_t size() const { return entries_.size(); }

 private:
  using Key = std::pair<std::int64_t, std::string>;
  struct Change {
    Key key;
    std::optional<std::string> value;
    bool dropBelow = false;
  };
  std::int64_t budget_;
  std::map<Key, std::string> entries_;
  std::vector<Change> pending_;
  std::vector<std::int64_t> segments_;
};

class MemoryServices final : public runtime::NodeServices {
 public:
  MemoryServices(std::size_t ports, std::int64_t now, std::size_t capacity, std::int64_t budget);

  void log(LogLevel level, std::string_view text) override;
  Timestamp now() const override { return clock.now(); }
  void wake() override {
    woken = true;
    woken.notify_all();
  }
  bool emit(std::uint32_t port, const weir_batch* batch) override;
  void deadLetter(const weir_batch* batch, std::span<const std::uint32_t> rows, std::string_view reason) override;
  void wakeAt(Timestamp time) override { wakeTime = std::min(wakeTime, time); }
  void requestCommit() override { commitRequested = true; }
  Result<void> setRecovery(std::string_view blob) override;
  Result<runtime::Metric*> metric(std::string_view name, runtime::MetricKind kind) override;
  Result<runtime::NodeStore*> store(std::string_view name) override;

  void beginCall() { emitted_ = 0; }
  void applyCommit();
  // Everything that a crash takes away.
  void loseUncommitted();

  ManualClock clock;
  std::atomic<bool> woken{false};
  std::vector<std::deque<Batch>> output;  // by port
  std::vector<std::int64_t> watermarks;   // by port
  std::string deadLetters;
  std::string logged;
  Timestamp wakeTime = std::numeric_limits<Timestamp>::max();
  bool commitRequested = false;
  std::string recovery;  // of the last commit
  std::map<std::string, runtime::Metric, std::less<>> metrics;
  std::map<std::string, std::unique_ptr<MemoryStore>, std::less<>> stores;

 private:
  const std::size_t capacity_;
  const std::int64_t budget_;
  std::size_t emitted_ = 0;
  std::optional<std::string> pendingRecovery_;
};

}  // namespace weir::host
