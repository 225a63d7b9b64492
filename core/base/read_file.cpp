#include "core/base/read_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/base/descriptor.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir {

namespace {

constexpr int kLongestWait = 3000;           // milliseconds until somebody begins to write to a FIFO
constexpr long kAnonymousPipe = 0x50495045;  // PIPEFS_MAGIC: a pipe without a name has or had its writer

bool isNamedFifo(int file, const struct stat& facts) {
  struct statfs system {};
  return S_ISFIFO(facts.st_mode) && ::fstatfs(file, &system) == 0 && system.f_type != kAnonymousPipe;
}

void waitFor(int file, int milliseconds) {
  pollfd waiting{file, POLLIN, 0};
  while (::poll(&waiting, 1, milliseconds) < 0 && errno == EINTR) {
  }
}

Result<std::string> readAll(int file, const std::string& path, std::size_t mostBytes) {
  struct stat facts {};
  const auto refused = [&path] {
    return configError(path + " cannot be read: " + whyRefused(errno, path, Access::Read));
  };
  if (::fstat(file, &facts) != 0) return refused();
  if (S_ISDIR(facts.st_mode)) return configError(path + " is a folder, not a file.");
  const bool fifo = isNamedFifo(file, facts);
  bool awaitsWriter = fifo;
  std::string text;
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) return refused();
    if (count < 0) {  // somebody has it open, and will write or close it
      waitFor(file, -1);
    } else if (count == 0 && awaitsWriter) {
      waitFor(file, kLongestWait);
    } else if (count == 0) {
      if (fifo && text.empty()) return configError(path + " is a FIFO, and nobody has written to it.");
      return text;
    } else {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    awaitsWriter = false;
    if (text.size() > mostBytes) {
      return configError(path + " is too large: no more than " + std::to_string(mostBytes) + " bytes are read.");
    }
  }
}

}  // namespace

Result<std::string> readFile(const std::string& path, std::size_t mostBytes) {
  if (path == "-") return readAll(STDIN_FILENO, "The standard input", mostBytes);
  if (path.find('\0') != std::string::npos) return configError("A path cannot hold the character NUL.");
  // Opening a FIFO would otherwise wait for its writer for ever.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file) return configError(path + " cannot be opened: " + whyRefused(errno, path, Access::Read));
  return readAll(file.get(), path, mostBytes);
}

}  // namespace weir
