// Named places where the crash job kills the process, or a test cuts the power.
#pragma once

#include <functional>
#include <string_view>

namespace weir::embedded {

// Called on the thread that passes the point; does nothing in normal runs. The points, in order of a commit:
//   segment.closed         the index of a full segment stands beside it, the next segment is not there
//   segment.rolled         a new segment file has its header, and is not yet part of the log
//   log.append.done        every partition's bytes are written, nothing is synced
//   log.synced             every partition's bytes are durable, no journal record covers them
//   journal.written        the record is written and not synced
//   journal.synced         the commit is durable, readers do not see it
//   log.published          readers see it
//   segment.removed        one file of a segment that nobody needs has been removed
//   log.trimmed            all of them have
//   journal.compacting     a short journal stands beside the long one
//   journal.replaced       it has the long one's name, which is not durable
//   journal.compacted      it has taken its place
// In the state store, around what one write to it does:
//   state.flush.begin
//   state.flush.written    the entries are there, and segments that have ended are not
//   state.segment.dropped  files that held nothing else are gone too
//   state.flush.end
//   state.synced           what has been applied is durable, and the changelog still has it
// At a start, in this order (core/runtime has more: recovery.replayed, recovery.tasks.made):
//   recovery.journal.cut   a torn last record of the journal has been cut off
//   recovery.truncated     what no journal record covers has been cut off, in one partition
//   recovery.log.done      in all of them
//   recovery.state.opened  the state store is open, and has replayed its own write-ahead log
using CrashPoints = std::function<void(std::string_view)>;

inline void pass(const CrashPoints& points, std::string_view name) {
  if (points) points(name);
}

}  // namespace weir::embedded
