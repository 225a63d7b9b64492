// What a task needs from whoever runs it: an engine with threads, or a test that steps it by hand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/runtime/input/task_input.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

class Task;

// What a task commits. Under exactly_once outputs and state become visible together; under at_least_once
// outputs come first.
struct CommitRequest {
  Task* task = nullptr;
  topology::Guarantee guarantee = topology::Guarantee::ExactlyOnce;
  bool outputsOnly = false;  // at_least_once: publishes ahead of the commit
  // Of one runner among several: the newest assignment that the task was told of, for the log to refuse an older one.
  std::optional<std::int64_t> generation = {};
  std::vector<PartitionAppend> outputs;
  std::vector<PartitionAppend> changelogs;
  std::vector<Consumed> consumed;
};

struct TaskOptions {
  bool untilEnd = false;          // what is there now is all there will be
  bool keepOpen = false;          // with untilEnd: the input stops here, and another run goes on with it
  std::int64_t batchRows = 4096;  // at most this many rows at a time pass through the operators
  Duration commitInterval = 200 * kMillisecond;
  Duration idleCommitInterval = 5 * kMillisecond;  // when the input has run dry
  std::int64_t commitBytes = 8LL << 20;            // buffered output that asks for a commit
  // Unread bytes per writer and partition of a repartition topic; and what a task of a source may move while another
  // one that has rows is behind it.
  std::int64_t repartitionBound = 64LL << 20;
  Duration blockedLimit = 10 * kSecond;  // a warning names an operator that is blocked for longer
  int decodeAhead = 4;                   // chunks of a source in flight
  bool shareDecoding = true;             // other threads may decode for this task
};

// [any] unless said otherwise.
class TaskHost {
 public:
  virtual ~TaskHost() = default;
  virtual void wake(Task& task) = 0;
  // Only the earliest time that a task asked for counts, and only until it comes: a task that comes to rest asks again
  // for whatever it still waits for.
  virtual void wakeAt(Task& task, Instant time) = 0;
  // Runs a job on some thread, at some time. Whoever submits one must not need it: jobs may never run.
  virtual void submit(std::function<void()> job) = 0;
  // Hands a commit over; Task::commitDone follows, on any thread.
  virtual void commit(CommitRequest request) = 0;
  // [task] A source of the task gives nothing more before there is a new plan: Task::requestDrain follows.
  virtual void schemaChanged(Task& task, SchemaChange change) = 0;
  // The task has finished or failed; it does nothing more.
  virtual void taskEnded(Task& task) = 0;
  virtual const Clock& clock() const = 0;
  virtual Logger& logger() = 0;
};

}  // namespace weir::runtime
