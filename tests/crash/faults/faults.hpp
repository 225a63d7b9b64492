// What the crash and catch-up tests make worse, or only smaller, in a runner of their own. They say it by environment
// variables, which `weir` does not know.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "app/runner/run_options.hpp"

namespace weir::faults {

struct Faults {
  // WEIR_TEST_KILL_AT=point:n   kill -9 of itself when a named point is passed for the n-th time
  // WEIR_TEST_COUNT_POINTS=file  (without the other) writes down how often each was passed
  std::function<void(std::string_view)> reached;
  // WEIR_TEST_SYNC_GATE=file  no sync of log or state begins while somebody holds an exclusive lock on that file; and
  //                           little may gather until then
  std::function<void()> waitToSync;
  bool loseUnsynced = false;  // WEIR_TEST_LOSE_UNSYNCED=1: what is not synced dies with the process
  bool stateFirst = false;    // WEIR_TEST_WRONG_ORDER=state: positions are safe before the rows they stand for
  bool journalFirst = false;  // WEIR_TEST_WRONG_ORDER=journal: a commit is safe before what it covers
  bool unmarked = false;      // WEIR_TEST_IGNORE_MARKS=1: topics get their time from their data
  bool small = false;         // WEIR_TEST_SMALL=1: segments, journal and unapplied state reach their bounds soon
  // WEIR_TEST_REPARTITION_MEMORY=MiB: how far a writer may be ahead of its readers
  std::optional<std::int64_t> repartitionBound;
};

Faults readFaults();

// Those that are bounds and watchers of the engine. The others are under its ports: FaultyHome.
void change(app::RunOptions& options, const Faults& faults);

}  // namespace weir::faults
