#include "runner/journal_watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace weir::app {

Result<std::unique_ptr<JournalWatch>> JournalWatch::make(const std::string& folder) {
  std::unique_ptr<JournalWatch> watch(new JournalWatch(inotify_init1(IN_CLOEXEC)));
  // The folder: a journal that has grown long is replaced by another file.
  if (watch->handle_ < 0 || inotify_add_watch(watch->handle_, folder.c_str(), IN_MODIFY | IN_MOVED_TO) < 0) {
    return retryableError("Changes of " + folder + " cannot be watched: " + std::strerror(errno) + ".");
  }
  return watch;
}

JournalWatch::~JournalWatch() {
  if (handle_ >= 0) close(handle_);
}

Result<void> JournalWatch::wait() {
  alignas(inotify_event) char events[16 << 10];  // however many have gathered, they say the same
  while (read(handle_, events, sizeof events) < 0) {
    if (errno != EINTR) return retryableError(std::string("Watching the home failed: ") + std::strerror(errno) + ".");
  }
  return {};
}

}  // namespace weir::app
