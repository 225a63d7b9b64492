// The commands of `weir`: one file each under commands/.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/command_line/command.hpp"
#include "app/commands/exit_status.hpp"
#include "core/base/result.hpp"

namespace weir::app {

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
std::unique_ptr<Command> makeInfer();
std::unique_ptr<Command> makePluginCheck();
std::unique_ptr<Command> makePlugins();
std::unique_ptr<Command> makeRun();
std::unique_ptr<Command> makeTopicList();
std::unique_ptr<Command> makeTopicRead();

}  // namespace weir::app
