#include "app/runner/journal_watch.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "weir/sdk/refusal.hpp"

namespace weir::app {

Result<std::unique_ptr<JournalWatch>> JournalWatch::make(const std::string& folder) {
  std::unique_ptr<JournalWatch> watch(new JournalWatch(inotify_init1(IN_CLOEXEC)));
  // The folder: a journal that has grown long is replaced by another file.
  if (watch->handle_ < 0 || inotify_add_watch(watch->handle_, folder.c_str(), IN_MODIFY | IN_MOVED_TO) < 0) {
    return retryableError("Changes of " + folder + " cannot be watched: " + whyRefused(errno, folder, Access::Read));
  }
  return watch;
}

JournalWatch::~JournalWatch() {
  if (handle_ >= 0) close(handle_);
}

Result<bool> JournalWatch::wait(int out) {
  const auto failed = [] {
    return retryableError(std::string("Watching the home failed: ") + std::strerror(errno) + ".");
  };
  pollfd waiting[] = {{handle_, POLLIN, 0},
                      {out, 0, 0}};  // of the second one only that it is gone, which is told unasked
  while (poll(waiting, 2, -1) < 0) {
    if (errno != EINTR) return failed();
  }
  if (waiting[1].revents != 0) return false;
  alignas(inotify_event) char events[16 << 10];  // however many have gathered, they say the same
  while (read(handle_, events, sizeof events) < 0) {
    if (errno != EINTR) return failed();
  }
  return true;
}

}  // namespace weir::app
