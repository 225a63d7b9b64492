// Who may read on: keeps what lies between fast tasks and slow ones bounded, in bytes.
#pragma once

#include <cstdint>

namespace weir::runtime {

class Task;

// How far a task has come.
struct TaskProgress {
  std::int64_t watermark = INT64_MIN;
  std::int64_t bytesMoved = 0;  // written to repartition topics since the task was made
  bool hasRows = false;         // others may have to wait for it: see TaskInput::hasRows
};

// [any] One for all tasks of an engine. A task that may not read is woken when it may.
class FlowControl {
 public:
  virtual ~FlowControl() = default;
  virtual bool mayRead(Task& task) = 0;
  virtual void advanced(Task& task, const TaskProgress& progress) = 0;
  // The task will read no more: nobody waits for it.
  virtual void finished(Task& task) = 0;
};

}  // namespace weir::runtime
