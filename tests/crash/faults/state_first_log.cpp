#include "tests/crash/faults/state_first_log.hpp"

namespace weir::faults {

runtime::CommitResult StateFirstLog::commit(const runtime::Commit& commit) {
  if (commit.changelogs.empty() && commit.consumed.empty()) return LogOver::commit(commit);
  const runtime::Commit states{{}, commit.changelogs, commit.consumed, commit.generation};
  if (runtime::CommitResult done = LogOver::commit(states); !done) return done;
  if (reached_) reached_("commit.between");
  if (commit.outputs.empty()) return {};
  return LogOver::commit({commit.outputs, {}, {}, commit.generation});
}

}  // namespace weir::faults
