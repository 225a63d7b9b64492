// Exit statuses that every command shares.
#pragma once

namespace weir::app {

inline constexpr int kExitOk = 0;
inline constexpr int kExitWarnings = 1;  // check only
inline constexpr int kExitErrors = 2;    // what the user gave is wrong
inline constexpr int kExitFailed = 3;    // the outside world failed
inline constexpr int kExitBusy = 4;      // another runner holds the home
inline constexpr int kExitHung = 5;      // the watchdog gave up on a node
inline constexpr int kExitLeft = 6;      // a stop took longer than its limit: work was left
inline constexpr int kExitStopped = 7;   // a run to the end of its input was stopped before it
inline constexpr int kExitUnread = 141;  // who read the output has gone: as whoever ends by SIGPIPE

}  // namespace weir::app
