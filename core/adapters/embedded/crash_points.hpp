// Named places where the crash job kills the process, or a test cuts the power.
#pragma once

#include <functional>
#include <string_view>

namespace weir::embedded {

// Called on the thread that passes the point; does nothing in normal runs. The points, in order of a commit:
//   segment.rolled     a new segment file has its header, and is not yet part of the log
//   log.append.done    every partition's bytes are written, nothing is synced
//   log.synced         every partition's bytes are durable, no journal record covers them
//   journal.written    the record is written and not synced
//   journal.synced     the commit is durable, readers do not see it
//   log.published      readers see it
//   log.trimmed        segments that nobody needs have been removed
//   journal.compacted  a short journal has taken the place of the long one
//   recovery.truncated recovery has cut off what no journal record covers, in one partition
//   state.flush.begin, state.flush.end   around one write to the state store
using CrashPoints = std::function<void(std::string_view)>;

inline void pass(const CrashPoints& points, std::string_view name) {
  if (points) points(name);
}

}  // namespace weir::embedded
