#include "core/testkit/driver_queue.hpp"

#include <algorithm>
#include <chrono>

namespace weir::testkit {

namespace {

// Of the machine's time, and only for operators that do something outside: long enough for a slow server.
constexpr std::chrono::seconds kPatience{30};

}  // namespace

void DriverQueue::wake(runtime::Task& task) {
  const std::lock_guard lock(mutex_);
  if (std::find(ready_.begin(), ready_.end(), &task) != ready_.end()) return;
  ready_.push_back(&task);
  woken_.notify_one();
}

void DriverQueue::wakeAt(runtime::Task& task, Instant time) {
  std::vector<runtime::Task*>& tasks = timed_[time];
  if (std::find(tasks.begin(), tasks.end(), &task) == tasks.end()) tasks.push_back(&task);
}

void DriverQueue::wakeDue(Instant now) {
  while (!timed_.empty() && timed_.begin()->first <= now) {
    for (runtime::Task* task : timed_.begin()->second) wake(*task);
    timed_.erase(timed_.begin());
  }
}

std::optional<Instant> DriverQueue::nextTime() const {
  if (timed_.empty()) return std::nullopt;
  return timed_.begin()->first;
}

runtime::Task* DriverQueue::next() {
  const std::lock_guard lock(mutex_);
  if (ready_.empty()) return nullptr;
  runtime::Task* const task = ready_.front();
  ready_.pop_front();
  return task;
}

bool DriverQueue::waitForWake() {
  std::unique_lock lock(mutex_);
  return woken_.wait_for(lock, kPatience, [this] { return !ready_.empty(); });
}

void DriverQueue::clear() {
  const std::lock_guard lock(mutex_);
  ready_.clear();
  timed_.clear();
}

}  // namespace weir::testkit
