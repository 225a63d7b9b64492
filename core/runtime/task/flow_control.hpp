// Who may read on: keeps fast tasks from running far ahead of slow ones, in event time and in bytes.
#pragma once

#include <cstdint>

namespace weir::runtime {

class Task;

// [any] One for all tasks of an engine. A task that may not read is woken when it may.
class FlowControl {
 public:
  virtual ~FlowControl() = default;
  virtual bool mayRead(Task& task) = 0;
  // Where the task's time stands; an idle one has nothing to read, and nobody waits for it.
  virtual void advanced(Task& task, std::int64_t watermark, bool idle) = 0;
  // The task will read no more: nobody waits for it.
  virtual void finished(Task& task) = 0;
};

}  // namespace weir::runtime
