#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line/help.hpp"
#include "app/command_line/parse.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/standard_output.hpp"
#include "core/base/closest_name.hpp"
#include "core/base/version.hpp"

namespace {

using Arguments = std::span<const std::string_view>;
using namespace weir::app;  // NOLINT: this is the program of what is there

bool asksForHelp(std::string_view argument) {
  return argument == "--help" || argument == "-h";
}

bool asksForHelp(Arguments arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), end, [](std::string_view argument) { return asksForHelp(argument); });
}

int refuse(const std::string& command, const weir::Error& error) {
  return fail({error.kind, error.message + " `weir " + command + " --help` tells how it is called."});
}

// The only form of a command, or that of its verb, which is taken from the arguments.
weir::Result<std::unique_ptr<Command>> formOf(const CommandForms& command, Arguments& arguments) {
  auto forms = command.forms();
  if (forms.size() == 1) return std::move(forms[0]);
  const std::string_view given = arguments.empty() ? std::string_view() : arguments[0];
  std::vector<std::string_view> verbs;
  for (auto& form : forms) {
    verbs.push_back(form->table().verb());
    if (verbs.back() != given) continue;
    arguments = arguments.subspan(1);
    return std::move(form);
  }
  std::string takes = "`weir " + std::string(command.name) + "` takes ";
  for (const std::string_view verb : verbs) takes += (verb == verbs[0] ? "" : " or ") + std::string(verb);
  if (arguments.empty()) return weir::configError(takes + ".");
  return weir::configError(takes + ", not '" + std::string(given) + "'." + weir::didYouMean(given, verbs));
}

int call(const CommandForms& command, Arguments arguments) {
  const std::string name(command.name);
  if (asksForHelp(arguments)) {
    std::fputs(help(command).c_str(), stdout);
    return kExitOk;
  }
  const auto form = formOf(command, arguments);
  if (!form) return refuse(name, form.error());
  if (const auto parsed = parse((*form)->table(), arguments); !parsed) return refuse(name, parsed.error());
  if (const auto checked = (*form)->check(); !checked) return refuse(name, checked.error());
  return (*form)->run();
}

// A file that is opened must not get the number of a standard stream, and with it what is meant for that.
void openStandardStreams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    // The lowest free number is given, which is this one.
    if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) _exit(kExitFailed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  openStandardStreams();
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (arguments.empty()) {
    std::fputs(overview(commandList()).c_str(), stderr);
    return kExitErrors;
  }
  if (arguments[0] == "--version") {
    std::printf("weir %s\n", std::string(weir::version()).c_str());
    return afterWriting(kExitOk);
  }
  const std::string_view name = asksForHelp(arguments[0]) ? "help" : arguments[0];
  const CommandForms* const command = findCommand(name);
  if (command == nullptr) return fail(unknownCommand(name));
  return afterWriting(call(*command, Arguments(arguments).subspan(1)));
}
