// What a commit holds, and what becomes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/position.hpp"
#include "core/runtime/ports/run.hpp"

namespace weir::runtime {

// `reader` has taken in everything before `position`, and has still to read what comes then: retention does not take
// that, whatever it is set to, until the same reader says something else.
struct Consumed {
  std::string reader;
  PartitionId partition;
  Position position;
};

struct Commit {
  std::vector<PartitionAppend> outputs;
  std::vector<PartitionAppend> changelogs;  // what state has become by the rows before these outputs
  std::vector<Consumed> consumed;
  // Of the assignment that its tasks run in: see AssignmentListener. Nothing where nobody joined a group.
  std::optional<std::int64_t> generation = {};
};

enum class CommitFailure : std::uint8_t {
  // Certain: nothing of it is in the log, which goes on. Its tasks are made anew from the last commit; if the error is
  // retryable, that is no fault of theirs.
  Aborted,
  // Nothing of it is in the log, and nothing of these tasks will be: others hold them now. They are given up.
  Fenced,
  // It is in the log or it is not. The log takes nothing more until it is opened again; then what is in it decides.
  Unknown
};

// Without a failure: it is durable, and published.
class [[nodiscard]] CommitResult {
 public:
  CommitResult() = default;
  CommitResult(CommitFailure failure, Error error) : error_(std::move(error)), failure_(failure) {}

  bool ok() const { return !failure_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return error_; }
  std::optional<CommitFailure> failure() const { return failure_; }

 private:
  Error error_;
  std::optional<CommitFailure> failure_;
};

}  // namespace weir::runtime
