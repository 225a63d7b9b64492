#include "app/commands/write_message.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "core/adapters/host/guard/child_process.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"

namespace weir::app {

namespace {

Error systemError(const std::string& what) {
  return retryableError(what + ": " + std::strerror(errno) + ".");
}

// What has been read and found well becomes the standard input.
Result<void> becomeInput(const std::string& text) {
  const int file = ::memfd_create("topology", MFD_CLOEXEC);
  std::FILE* const stream = file < 0 ? nullptr : ::fdopen(file, "w");
  if (stream == nullptr || std::fwrite(text.data(), 1, text.size(), stream) != text.size() ||
      std::fflush(stream) != 0 || ::lseek(file, 0, SEEK_SET) != 0 || ::dup2(file, STDIN_FILENO) < 0) {
    return systemError("The topology cannot be passed on");
  }
  return {};
}

}  // namespace

int writeMessage(const std::string& path, const std::string& form, const std::string& out) {
  const Result<std::string> text = readWholeFile(path);
  if (!text) return fail(text.error());
  topology::Topology topology;
  if (const int status = takeTopology(path, *text, topology); status != kExitOk) return status;
  if (!out.empty()) {
    const Result<host::FoundPlugins> plugins = host::findPlugins();
    if (!plugins) return fail(plugins.error());
    if (const int status = checkOutput(path, topology, plugins->catalog, out); status != kExitOk) return status;
  }
  if (const Result<void> passed = becomeInput(*text); !passed) return fail(passed.error());
  const std::string program = (std::filesystem::path(host::programPath()).parent_path() / "weir-message").string();
  ::execl(program.c_str(), program.c_str(), form.c_str(), out.empty() ? nullptr : out.c_str(), nullptr);
  return fail(systemError(program + ", which writes messages, cannot be started"));
}

}  // namespace weir::app
