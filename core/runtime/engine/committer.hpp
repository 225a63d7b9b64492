// The one committer of a home: takes what tasks hand over, in groups, into the log.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/runtime/input/task_host.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

struct CommitterOptions {
  // Called at named points of a commit, where crash tests kill; does nothing in normal runs.
  std::function<void(std::string_view)> reached;
  const Clock* clock = nullptr;  // to let go of rows that become too old while nothing is committed
};

// [any]
class Committer {
 public:
  Committer(Log& log, CommitterOptions options);
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Task::commitDone is called when it is durable, or has failed.
  void submit(CommitRequest request);
  // Finishes what has been submitted, and ends the thread.
  void stop();

  // Commits a group in the calling thread: for drivers without threads.
  static CommitResult commitGroup(Log& log, std::vector<CommitRequest>& group, const CommitterOptions& options);

 private:
  void work();
  // With the lock, until there is something to commit, or it is time to look for rows that are too old.
  void wait(std::unique_lock<std::mutex>& lock);
  void expire();

  Log& log_;
  CommitterOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<CommitRequest> waiting_;
  bool stopping_ = false;
  Instant expiry_ = Instant::never();  // the thread alone
  std::thread thread_;
};

}  // namespace weir::runtime
