// Looking at what leaves an output port, while it runs.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/runtime/ports/membership.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// Of what a tap keeps for whoever looks. A newest batch of more bytes is kept alone.
struct TapLimits {
  std::int64_t rows = 1'000;
  std::int64_t bytes = 1 << 20;
};

struct TappedBatch {
  TaskId task;
  Batch batch;  // with rows
};

// The newest batches that have passed where it is open. [any]
class Tap {
 public:
  struct Taken {
    std::vector<TappedBatch> batches;  // in the order in which they passed
    std::int64_t passedOver = 0;       // rows that passed and were not kept, since the last time
  };

  explicit Tap(const TapLimits& limits) : limits_(limits) {}

  // What has passed since the last time, as far as it was kept.
  Taken take();
  void keep(const TaskId& task, const Batch& batch);

 private:
  struct Kept {
    TappedBatch tapped;
    std::int64_t bytes = 0;
  };

  const TapLimits limits_;
  std::mutex mutex_;
  std::deque<Kept> kept_;
  std::int64_t rows_ = 0;
  std::int64_t bytes_ = 0;
  std::int64_t passedOver_ = 0;
};

// One output port of one task, for as long as there is the engine: the task may be thrown away and made anew.
class TapPoint {
 public:
  explicit TapPoint(TaskId task) : task_(std::move(task)) {}

  // [task] With each batch: one relaxed load where nobody looks.
  void passes(const Batch& batch) {
    if (watched_.load(std::memory_order_relaxed)) show(batch);
  }

  // [any]
  void open(std::shared_ptr<Tap> tap);
  void close(const Tap& tap);

 private:
  void show(const Batch& batch);

  TaskId task_;
  std::atomic<bool> watched_{false};
  std::mutex mutex_;
  std::vector<std::shared_ptr<Tap>> taps_;  // shared with those who look, who may stay longer than the engine
};

// The output ports of a task, by node of its part and port.
using TaskTaps = std::vector<std::vector<std::unique_ptr<TapPoint>>>;

}  // namespace weir::runtime
