// Threads that run tasks, decode jobs and timed wakes. A task is on one thread at a time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"

namespace weir::runtime {

// Something that is run again and again, serially.
class Runnable {
 public:
  virtual ~Runnable() = default;
  // Works for a moment. True: call again soon; false: not before it is woken.
  virtual bool runSome() = 0;
};

// [any] Whatever is scheduled must outlive `stop`.
class WorkerPool {
 public:
  // Without threads: what is scheduled waits for `start`.
  explicit WorkerPool(const Clock& clock) : clock_(clock) {}
  WorkerPool(int threads, const Clock& clock) : WorkerPool(clock) { start(threads); }
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Once.
  void start(int threads);
  // Runs the runnable soon; a wake during its run makes it run once more.
  void wake(Runnable& runnable);
  // Wakes it when `time` has come. A runnable has one timed wake, the earliest it has asked for: what it still
  // waits for after that it has to ask for again.
  void wakeAt(Runnable& runnable, Instant time);
  // Runs a job once, on any thread, after whatever is ready.
  void submit(std::function<void()> job);
  int threadCount() const { return static_cast<int>(threads_.size()); }

  // Lets running calls finish, runs nothing more, and joins the threads.
  void stop();

 private:
  enum class State : std::uint8_t { Idle, Queued, Running, RunningAndWoken };
  struct Entry {
    Runnable* runnable;
    State state = State::Idle;
    Instant wakeTime = Instant::never();
  };

  void work();
  // True: a thread has to be told.
  bool queue(Entry& entry);
  void wakeDue();
  Entry& entryOf(Runnable& runnable);
  void runReady(std::unique_lock<std::mutex>& lock);
  void runJob(std::unique_lock<std::mutex>& lock);

  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::unordered_map<Runnable*, Entry> entries_;  // these stay where they are
  std::deque<Entry*> ready_;
  std::deque<std::function<void()>> jobs_;
  std::set<std::pair<Instant, Entry*>> timed_;  // each entry with a wake time, once
  std::vector<std::thread> threads_;
};

}  // namespace weir::runtime
