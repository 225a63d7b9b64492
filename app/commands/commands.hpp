// The commands of `weir`: one file each under commands/.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.hpp"

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
inline constexpr int kExitStopped = 7;   // a run to the end of its input was stopped before it
inline constexpr int kExitUnread = 141;  // who read the output has gone: as whoever ends by SIGPIPE

// How each is used: what `--help` answers, and a call that cannot be read. That of run: runner/run_options.hpp.
inline constexpr char kCheckUsage[] = "usage: weir check FILE [--json]\n";
inline constexpr char kDiffUsage[] = "usage: weir diff OLD NEW\n";
inline constexpr char kDrawUsage[] = "usage: weir draw FILE [--svg | --mermaid | --dot] [--dark] [-o OUT]\n";
inline constexpr char kFormatUsage[] = "usage: weir fmt FILE... [--check]\n";
inline constexpr char kHomeUsage[] =
    "usage: weir home list [FILE] [--home DIR]\n"
    "       weir home drop NODE [FILE] [--home DIR]\n"
    "FILE is a topology: what its nodes go on from is marked, and never dropped. Without one, only what was given up "
    "is.\n"
    "Without --home it is the home in which `weir run FILE` would work, or without FILE the only one in this folder.\n";
inline constexpr char kPluginCheckUsage[] =
    "usage: weir plugin-check FILE [--time-limit 10s] [--json]\n"
    "Loads a plugin in a child process and takes each of its operators through its life.\n";
inline constexpr char kPluginsUsage[] = "usage: weir plugins [--json]\n";
inline constexpr char kTopicUsage[] =
    "usage: weir topic list [--home DIR] [--all]\n"
    "       weir topic read TOPIC [--home DIR] [--partition N] [--limit N] [--follow]\n"
    "Without --home it is the only home in this folder.\n";

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
