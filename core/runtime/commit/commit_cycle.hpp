// The commits of a task, one after the other:
//
//   none ──► drain ──────► prepare ─────► handed over ──► tell ────────► none ...   the last one ──► over
//     one     what is in    each operator   the committer   it is durable,
//     is due  flight comes  hands over      has it          and each operator
//             out           what it keeps                   learns of it
//            └──── rows have to wait ────┘ └───── rows go on, of the next epoch ─────┘
//
//   at_least_once, between them:  none ──► early: output alone is with the committer ──► none
//
// Nothing is rolled back: after a failure the task is thrown away and made anew from the last commit.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>

#include "core/base/clock.hpp"
#include "core/runtime/commit/commit_answer.hpp"
#include "core/runtime/commit/commit_need.hpp"
#include "core/runtime/commit/operator_round.hpp"
#include "core/runtime/figures/task_counts.hpp"
#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/task_inputs.hpp"
#include "core/runtime/node/task_graph.hpp"
#include "core/runtime/output/task_outputs.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

// What a commit is made of.
struct CommitParts {
  TaskGraph& graph;
  TaskInputs& inputs;
  TaskOutputs& outputs;
  TaskCounts& counts;
};

struct CommitTerms {
  const TaskOptions& options;
  topology::Guarantee guarantee = topology::Guarantee::ExactlyOnce;
  bool feedsTasks = false;  // others read what the task writes while they run
};

// [task], unless said otherwise. A failure is the graph's.
class CommitCycle {
 public:
  // Gives a commit to the committer; `answer` follows.
  using HandOver = std::function<void(CommitRequest request)>;

  // Everything that is referred to outlives it.
  CommitCycle(const CommitParts& parts, const CommitTerms& terms, const Clock& clock, Log& log, HandOver handOver);
  CommitCycle(const CommitCycle&) = delete;
  CommitCycle& operator=(const CommitCycle&) = delete;

  // When the task is torn down: operators learn that what they were preparing is not committed.
  void abandon();

  // What happens in the task, and whether it asks for a commit.
  CommitNeed& need() { return need_; }

  // The epochs to come are above this one.
  void goOnFrom(std::uint64_t epoch) { epoch_ = std::max(epoch_, epoch); }
  // The one that is being prepared, or was prepared last.
  std::uint64_t epoch() const { return epoch_; }

  // A new one is to begin.
  bool isDue() const { return step_ == Step::None && need_.isDue(); }
  // When that will be though nothing more comes; never: none is needed, or one is under way.
  Instant dueWhenDry() const { return step_ == Step::None ? need_.dueWhenDry() : Instant::never(); }
  // Begins one, or goes on with it, until it is handed over. True: rows may go on; false: call again after a wake, or
  // it was the last one, or the graph has failed.
  bool advance();
  // It has begun and is not handed over: rows have to wait.
  bool isPreparing() const { return step_ == Step::Drain || step_ == Step::Prepare; }
  // One is under way, and what has gathered meanwhile is enough: rows have to wait for it, however long a sync takes.
  bool mustBeOver() const;
  // Takes in what the committer has answered, and tells the operators.
  void hear();
  // The last one is durable, and every operator knows.
  bool isOver() const { return step_ == Step::Over; }

  // The inputs have run dry. Time that has moved alone is told to readers at once, and nothing is committed.
  void tellTime();
  // at_least_once: what is there may be seen before the state that produced it is safe.
  void publishEarly();
  // What its writers say of a task to which nothing comes.
  bool isIdle() const;
  // They have told something else.
  bool idleIsNews() const { return isIdle() != idleTold_; }

  // The operator keeps the commit waiting.
  bool waitsFor(const TaskNode& node) const;
  // Nothing goes on before an operator, from a thread of its own, wakes the task.
  bool awaitsWake() const;

  // [any] The committer's.
  void answer(CommitResult result) { answer_.answer(std::move(result)); }
  // [any] What became of the last one; nothing while that is not known.
  std::optional<CommitResult> last() const { return answer_.last(); }
  // [any] The one that made the task fail, if one did.
  CommitResult refused() const { return answer_.refused(); }
  // Of a task that nobody runs any more: a commit that has come through, and was not heard of, counts.
  void settle();

 private:
  enum class Step : std::uint8_t { None, Drain, Prepare, HandedOver, Tell, Early, Over };

  Result<bool> prepare();
  Result<void> gather(CommitRequest& request);
  void handOver(CommitRequest request, Step step);
  Result<void> takeAnswer();
  Result<void> durable();
  void forgetWhoBlocked();
  std::int64_t overlayBytes() const;
  bool hasNews() const;
  WriterState tellIdle();

  const CommitParts parts_;
  const CommitTerms terms_;
  const Clock& clock_;
  Log& log_;
  HandOver handOver_;
  CommitNeed need_;
  OperatorRound operators_;
  CommitAnswer answer_;

  Step step_ = Step::None;
  std::uint64_t epoch_ = 0;
  bool isLast_ = false;                 // the one that was handed over
  bool idleTold_ = false;               // what those who read were told last
  std::int64_t overlayAtHandOver_ = 0;  // bytes
};

}  // namespace weir::runtime
