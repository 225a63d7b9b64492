// Jobs that wait for a task.
#pragma once

#include <deque>
#include <mutex>
#include <utility>

#include "core/runtime/engine/task_view.hpp"

namespace weir::runtime {

// [any] Each job is called once: with the task, or with a reason.
class JobQueue {
 public:
  // There is a task that works.
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
  }
  // There is none any more.
  void close(const Error& why) {
    std::deque<TaskJob> jobs;
    {
      const std::lock_guard lock(mutex_);
      open_ = false;
      jobs.swap(jobs_);
    }
    for (const TaskJob& job : jobs) job(why);
  }
  // False, and the job stays where it was: there is no task for it.
  bool add(TaskJob& job) {
    const std::lock_guard lock(mutex_);
    if (open_) jobs_.push_back(std::move(job));
    return open_;
  }
  // [task] The one that has waited longest. True: there are more.
  bool runOne(Task& task) {
    TaskJob job;
    bool more = false;
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.empty()) return false;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      more = !jobs_.empty();
    }
    job(TaskView(task));
    return more;
  }

 private:
  std::mutex mutex_;
  bool open_ = false;
  std::deque<TaskJob> jobs_;
};

}  // namespace weir::runtime
