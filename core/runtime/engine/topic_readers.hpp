// Who reads a topic in an engine, and is woken when there is something: at once for rows of its partition; for words
// about time, which concern all of them, in rounds. A round follows the one before it at once where that was short, and
// after some rest where it took long: however many readers there are, and however often time moves, time alone takes up
// a bounded part of the threads.
#pragma once

#include <mutex>
#include <vector>

#include "core/base/clock.hpp"
#include "core/runtime/task/worker_pool.hpp"

namespace weir::runtime {

class TopicReaders final : public Runnable {
 public:
  // `longestRest`: between two rounds. Whatever is given outlives it.
  TopicReaders(WorkerPool& pool, const Clock& clock, Duration longestRest)
      : pool_(pool), clock_(clock), longestRest_(longestRest) {}

  // Before anything is published.
  void add(std::int32_t partition, Runnable& reader);

  // [any] There are rows in a partition.
  void wakeForRows(std::int32_t partition);
  // [any] There is something for all of them, and none waits.
  void wakeAll();
  // [any] Time has moved for all of them.
  void wakeForTime();

  // [task] Runnable.
  bool runSome() override;

 private:
  void beginRound(Instant now);

  WorkerPool& pool_;
  const Clock& clock_;
  const Duration longestRest_;
  std::vector<std::vector<Runnable*>> readers_;  // by partition

  std::mutex mutex_;  // guards what follows
  bool wanted_ = false;
  bool underWay_ = false;
  Instant begun_ = Instant();
  Instant restsUntil_ = Instant();
};

}  // namespace weir::runtime
