#include "core/runtime/task/worker_pool.hpp"

#include <algorithm>
#include <chrono>

namespace weir::runtime {

void WorkerPool::start(int threads) {
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

WorkerPool::Entry& WorkerPool::entryOf(Runnable& runnable) {
  return entries_.try_emplace(&runnable, Entry{&runnable}).first->second;
}

bool WorkerPool::queue(Entry& entry) {
  if (entry.state == State::Idle) {
    entry.state = State::Queued;
    ready_.push_back(&entry);
    return true;
  }
  if (entry.state == State::Running) entry.state = State::RunningAndWoken;
  return false;
}

void WorkerPool::wake(Runnable& runnable) {
  std::unique_lock lock(mutex_);
  const bool queued = queue(entryOf(runnable));
  lock.unlock();  // or the thread that is told would wait for it at once
  if (queued) changed_.notify_one();
}

void WorkerPool::wakeAt(Runnable& runnable, Instant time) {
  std::unique_lock lock(mutex_);
  Entry& entry = entryOf(runnable);
  if (entry.wakeTime <= time) return;
  timed_.erase({entry.wakeTime, &entry});
  entry.wakeTime = time;
  timed_.emplace(time, &entry);
  const bool isFirst = timed_.begin()->second == &entry;
  lock.unlock();
  if (isFirst) changed_.notify_one();
}

void WorkerPool::wakeDue() {
  while (!timed_.empty() && timed_.begin()->first <= clock_.monotonic()) {
    Entry& entry = *timed_.begin()->second;
    timed_.erase(timed_.begin());
    entry.wakeTime = Instant::never();
    if (queue(entry)) changed_.notify_one();
  }
}

void WorkerPool::submit(std::function<void()> job) {
  std::unique_lock lock(mutex_);
  jobs_.push_back(std::move(job));
  lock.unlock();
  changed_.notify_one();
}

void WorkerPool::runReady(std::unique_lock<std::mutex>& lock) {
  Entry* entry = ready_.front();
  ready_.pop_front();
  entry->state = State::Running;
  lock.unlock();
  const bool again = entry->runnable->runSome();
  lock.lock();
  if (again || entry->state == State::RunningAndWoken) {
    entry->state = State::Queued;
    ready_.push_back(entry);
  } else {
    entry->state = State::Idle;
  }
}

void WorkerPool::runJob(std::unique_lock<std::mutex>& lock) {
  const std::function<void()> job = std::move(jobs_.front());
  jobs_.pop_front();
  lock.unlock();
  job();
  lock.lock();
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wakeDue();
    if (!ready_.empty()) {
      runReady(lock);
    } else if (!jobs_.empty()) {
      runJob(lock);
    } else if (!timed_.empty()) {
      const Duration wait = timed_.begin()->first - clock_.monotonic();
      changed_.wait_for(lock, std::chrono::microseconds(std::max<Duration>(wait, 0)));
    } else {
      changed_.wait(lock);
    }
  }
}

}  // namespace weir::runtime
