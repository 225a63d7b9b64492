// The commands of `weir`: one file each under commands/.
#pragma once

#include <span>
#include <string_view>

#include "base/result.hpp"

namespace weir::app {

using Arguments = std::span<const std::string_view>;

// Exit statuses that every command shares.
inline constexpr int kExitOk = 0;
inline constexpr int kExitWarnings = 1;  // check only
inline constexpr int kExitErrors = 2;    // what the user gave is wrong
inline constexpr int kExitFailed = 3;    // the outside world failed
inline constexpr int kExitBusy = 4;      // another runner holds the home
inline constexpr int kExitHung = 5;      // the watchdog gave up on a node
inline constexpr int kExitLeft = 6;      // a stop took longer than its limit: work was left
inline constexpr int kExitUnread = 141;  // who read the output has gone: as whoever ends by SIGPIPE

// Says what went wrong; answers the exit status for it.
int fail(const Error& error);
// The same where a home could not be locked.
int failToLock(const Error& error);

int checkCommand(Arguments arguments);
int formatCommand(Arguments arguments);
int diffCommand(Arguments arguments);
int drawCommand(Arguments arguments);
int runCommand(Arguments arguments);
int homeCommand(Arguments arguments);
int topicCommand(Arguments arguments);
int pluginsCommand(Arguments arguments);
int pluginCheckCommand(Arguments arguments);
int deriveSchemaCommand(Arguments arguments);

}  // namespace weir::app
