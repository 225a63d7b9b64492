// What the crash and catch-up tests change in a real runner, through environment variables. All of them make it
// worse (or only smaller); none is for users.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/runtime/engine/engine.hpp"

namespace weir::app {

struct TestSwitches {
  // WEIR_TEST_KILL_AT=point:n   kill -9 of itself when a named point is passed for the n-th time
  // WEIR_TEST_COUNT_POINTS=file  (without the other) writes down how often each was passed
  std::function<void(std::string_view)> reached;
  // WEIR_TEST_SYNC_GATE=file  no sync of log or state begins while somebody holds an exclusive lock on that file; and
  //                           little may gather until then
  std::function<void()> waitToSync;
  bool loseUnsynced = false;       // WEIR_TEST_LOSE_UNSYNCED=1: what is not synced dies with the process
  bool wrongCommitOrder = false;   // WEIR_TEST_WRONG_ORDER=1: positions are safe before the rows they stand for
  bool journalBeforeData = false;  // WEIR_TEST_WRONG_ORDER=journal: a commit is safe before what it covers
  bool ignoreWriterMarks = false;  // WEIR_TEST_IGNORE_MARKS=1: topics get their time from their data
  bool small = false;              // WEIR_TEST_SMALL=1: segments, journal and unapplied state reach their bounds soon
};

TestSwitches readTestSwitches();

}  // namespace weir::app
