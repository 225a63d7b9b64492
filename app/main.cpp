#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/runner/run_options.hpp"

namespace {

struct Command {
  std::string_view name;
  std::string_view summary;  // empty: not for people
  int (*run)(weir::app::Arguments);
  const char* usage;
};

using namespace weir::app;  // NOLINT: the table below is this file

constexpr Command kCommands[] = {
    {"check", "say what is wrong with a topology", checkCommand, kCheckUsage},
    {"derive-schema", "", deriveSchemaCommand, ""},
    {"diff", "say what changed between two topologies", diffCommand, kDiffUsage},
    {"draw", "make a picture of a topology, or its text for Mermaid or Graphviz", drawCommand, kDrawUsage},
    {"fmt", "write topologies in canonical form", formatCommand, kFormatUsage},
    {"home", "say what a home keeps, by node, and give room back", homeCommand, kHomeUsage},
    {"plugin-check", "load a plugin in a child process and try it", pluginCheckCommand, kPluginCheckUsage},
    {"plugins", "list the plugins found, and those refused", pluginsCommand, kPluginsUsage},
    {"run", "run a topology", runCommand, kRunUsage},
    {"topic", "look into the topics of a home", topicCommand, kTopicUsage},
};

int usage(std::FILE* out) {
  std::fputs("weir: checks and runs stream topologies\n\nusage: weir COMMAND ...\n\n", out);
  for (const Command& command : kCommands) {
    if (command.summary.empty()) continue;
    std::fprintf(out, "  %-13.*s %.*s\n", static_cast<int>(command.name.size()), command.name.data(),
                 static_cast<int>(command.summary.size()), command.summary.data());
  }
  std::fputs("\n`weir COMMAND --help` tells how it is called.\n", out);
  return out == stdout ? kExitOk : kExitErrors;
}

bool asksForHelp(std::string_view argument) {
  return argument == "--help" || argument == "-h";
}

// A file that is opened must not get the number of a standard stream, and with it what is meant for that.
void openStandardStreams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    // The lowest free number is given, which is this one.
    if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) _exit(kExitFailed);
  }
}

// An answer that did not reach its reader is no success; that a reader has had enough is nothing to speak of.
int afterWriting(int status) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  if (errno == EPIPE) return kExitUnread;
  std::fprintf(stderr, "weir: The standard output takes no more (%s): what was printed is not whole.\n",
               std::strerror(errno));
  return status == kExitOk ? kExitFailed : status;
}

}  // namespace

int main(int argc, char** argv) {
  openStandardStreams();
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (arguments.empty()) return usage(stderr);
  if (arguments[0] == "help" || asksForHelp(arguments[0])) return usage(stdout);
  for (const Command& command : kCommands) {
    if (command.name != arguments[0]) continue;
    if (arguments.size() > 1 && asksForHelp(arguments.back())) {
      std::fputs(command.usage, stdout);
      return afterWriting(kExitOk);
    }
    return afterWriting(command.run(std::span(arguments).subspan(1)));
  }
  std::fprintf(stderr, "weir: there is no command '%s'; `weir help` lists them.\n", argv[1]);
  return kExitErrors;
}
