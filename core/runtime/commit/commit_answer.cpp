#include "core/runtime/commit/commit_answer.hpp"

#include <utility>

namespace weir::runtime {

void CommitAnswer::handedOver() {
  const std::lock_guard lock(mutex_);
  withCommitter_ = true;
}

void CommitAnswer::answer(CommitResult result) {
  const std::lock_guard lock(mutex_);
  result_ = std::move(result);
  withCommitter_ = false;
}

std::optional<CommitResult> CommitAnswer::take() {
  const std::lock_guard lock(mutex_);
  std::optional<CommitResult> result = std::exchange(result_, std::nullopt);
  if (result && !*result) refused_ = *result;
  return result;
}

std::optional<CommitResult> CommitAnswer::last() const {
  const std::lock_guard lock(mutex_);
  if (withCommitter_) return std::nullopt;
  return result_.value_or(refused_);
}

CommitResult CommitAnswer::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace weir::runtime
