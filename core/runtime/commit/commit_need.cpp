#include "core/runtime/commit/commit_need.hpp"

#include <algorithm>

namespace weir::runtime {

namespace {

constexpr std::int64_t kSmallestCommit = 64 << 10;

// A commit makes up only a part of what may lie unread before a reader.
std::int64_t bufferLimit(const TaskOptions& options, bool feedsTasks) {
  if (!feedsTasks) return options.commitBytes;
  return std::min(options.commitBytes, std::max(options.repartitionBound / 4, kSmallestCommit));
}

}  // namespace

CommitNeed::CommitNeed(const TaskGraph& graph, const TaskInputs& inputs, const TaskOutputs& outputs,
                       const TaskOptions& options, bool feedsTasks, const Clock& clock)
    : graph_(graph),
      inputs_(inputs),
      outputs_(outputs),
      options_(options),
      clock_(clock),
      bufferLimit_(static_cast<std::size_t>(bufferLimit(options, feedsTasks))),
      lastTaken_(clock.monotonic()) {}

void CommitNeed::tookIn() {
  if (inputs_.wouldReadAgain()) {
    timeMoved_ = true;
  } else {
    dirty_ = true;
  }
}

// The last commit is made in any case: it tells whoever reads that the task has ended, or goes on later. No other one
// is made that would keep nothing. Where the inputs have run dry nobody is kept from work by a commit, so it comes
// soon; otherwise many rows share one.
bool CommitNeed::isDue() const {
  if (isLast()) return true;
  if (!isDirty()) return false;
  if (asked_) return true;
  const Duration since = clock_.monotonic() - lastTaken_;
  return since >= options_.commitInterval || (dry_ && since >= options_.idleCommitInterval) || bufferIsFull();
}

Instant CommitNeed::dueWhenDry() const {
  return isDirty() ? lastTaken_ + options_.idleCommitInterval : Instant::never();
}

// After a restart it hears of the same time, and tells it on again. Of a thousand partitions that get nothing but the
// time, none costs a commit. But an operator that asks for one, because of that time, gets one.
bool CommitNeed::takeTimeAlone() {
  if (!timeMoved_ || isDirty() || isAtEnd()) return false;
  timeMoved_ = false;
  dirty_ = asked_;
  return !asked_;
}

void CommitNeed::taken() {
  dirty_ = timeMoved_ = asked_ = false;
  rowsMovedBefore_ = graph_.rowsMoved();
  lastTaken_ = clock_.monotonic();
}

}  // namespace weir::runtime
