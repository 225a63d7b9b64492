// What is to run next: the order of a driver that has one thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/clock.hpp"
#include "core/runtime/task/task.hpp"

namespace weir::testkit {

// Tasks run in the order in which they were woken, so that the same calls give the same run.
class DriverQueue {
 public:
  // [any] Operators with threads of their own wake their task from them.
  void wake(runtime::Task& task);

  // The rest: [task]
  void wakeAt(runtime::Task& task, Instant time);
  void wakeDue(Instant now);
  // The earliest time that some task has asked for.
  std::optional<Instant> nextTime() const;
  // The task that has waited longest, or nullptr.
  runtime::Task* next();
  // Waits until another thread wakes a task. False: none did for a long time.
  bool waitForWake();
  // Forgets everything: the tasks are gone.
  void clear();

 private:
  std::mutex mutex_;  // over `ready_`
  std::condition_variable woken_;
  std::deque<runtime::Task*> ready_;                      // each once
  std::map<Instant, std::vector<runtime::Task*>> timed_;  // each once for a time
};

}  // namespace weir::testkit
