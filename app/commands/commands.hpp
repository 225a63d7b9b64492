// The commands of `weir`: one file each under commands/.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/command_line/command.hpp"
#include "core/base/result.hpp"

namespace weir::app {

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

// All of them, in the order in which they are listed.
std::span<const CommandForms> commandList();
// nullptr: there is none of that name, which `unknownCommand` says.
const CommandForms* findCommand(std::string_view name);
Error unknownCommand(std::string_view name);

// Says what went wrong; answers the exit status for it.
int fail(const Error& error);
// The same where a home could not be locked.
int failToLock(const Error& error);

std::unique_ptr<Command> makeCheck();
std::unique_ptr<Command> makeCompletion();
std::unique_ptr<Command> makeDeriveSchema();
std::unique_ptr<Command> makeDiff();
std::unique_ptr<Command> makeDraw();
std::unique_ptr<Command> makeFormat();
std::unique_ptr<Command> makeHelp();
std::unique_ptr<Command> makeHomeList();
std::unique_ptr<Command> makeHomeDrop();
std::unique_ptr<Command> makePluginCheck();
std::unique_ptr<Command> makePlugins();
std::unique_ptr<Command> makeRun();
std::unique_ptr<Command> makeTopicList();
std::unique_ptr<Command> makeTopicRead();

}  // namespace weir::app
