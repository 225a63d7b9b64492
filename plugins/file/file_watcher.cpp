#include "file_watcher.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

#include <utility>

namespace weir::file {

FileWatcher::FileWatcher(std::function<void()> changed)
    : changed_(std::move(changed)),
      news_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      stop_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (news_ && stop_) thread_ = std::thread([this] { run(); });
}

FileWatcher::~FileWatcher() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  // An eventfd takes a first number always.
  if (write(stop_.get(), &one, sizeof(one)) == sizeof(one)) thread_.join();
}

bool FileWatcher::watch(const std::string& folder) {
  if (!thread_.joinable()) return false;
  return inotify_add_watch(news_.get(), folder.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE) >= 0;
}

void FileWatcher::run() {
  pollfd waits[2] = {{news_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
  for (;;) {
    if (poll(waits, 2, -1) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) return;
    if (waits[0].revents == 0) continue;
    // What has happened does not matter, only that something has: whoever reads looks for itself.
    alignas(inotify_event) char events[4096];
    while (::read(news_.get(), events, sizeof(events)) > 0) {
    }
    changed_();
  }
}

}  // namespace weir::file
