// What the committer has of a task, and what it answered.
#pragma once

#include <mutex>
#include <optional>

#include "core/runtime/ports/commit.hpp"

namespace weir::runtime {

// [any] The committer answers from a thread of its own, once for each commit that was handed over.
class CommitAnswer {
 public:
  void handedOver();
  void answer(CommitResult result);
  // [task] Answers it once.
  std::optional<CommitResult> take();
  // What became of the last one; nothing while that is not known.
  std::optional<CommitResult> last() const;
  // The one that was not made, if there was one: nothing comes after it.
  CommitResult refused() const;

 private:
  mutable std::mutex mutex_;  // guards what follows
  bool withCommitter_ = false;
  std::optional<CommitResult> result_;
  CommitResult refused_;
};

}  // namespace weir::runtime
