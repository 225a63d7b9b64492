#include "plugins/file/file_watcher.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

#include <climits>
#include <utility>

namespace weir::file {
namespace {

// More than so many paths at once are no fewer than all.
constexpr std::size_t kMostPaths = 100'000;
constexpr std::size_t kLongestEvent = sizeof(inotify_event) + NAME_MAX + 1;

}  // namespace

FileWatcher::FileWatcher(bool growing, std::function<void()> changed)
    : growing_(growing),
      changed_(std::move(changed)),
      events_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      stop_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (events_ && stop_) thread_ = std::thread([this] { run(); });
}

FileWatcher::~FileWatcher() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  // An eventfd takes a first number always.
  if (write(stop_.get(), &one, sizeof(one)) == sizeof(one)) thread_.join();
}

bool FileWatcher::watch(const std::string& folder, const std::string& before) {
  if (!thread_.joinable()) return false;
  constexpr std::uint32_t kAlways = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;
  const std::uint32_t wanted = kAlways | IN_CREATE | (growing_ ? IN_MODIFY : 0U);
  const std::lock_guard lock(mutex_);
  const int watch = inotify_add_watch(events_.get(), folder.c_str(), wanted);
  if (watch >= 0) folders_[watch].insert(before);
  return watch >= 0;
}

FileWatcher::News FileWatcher::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

void FileWatcher::run() {
  pollfd waits[2] = {{events_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
  for (;;) {
    if (poll(waits, 2, -1) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) return;
    if (waits[0].revents == 0) continue;
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      first = news_.none();
      read(news_);
      first = first && !news_.none();
    }
    if (first) changed_();
  }
}

// Under the mutex.
void FileWatcher::read(News& news) {
  alignas(inotify_event) char bytes[1 << 14];
  for (;;) {
    const ssize_t count = ::read(events_.get(), bytes, sizeof(bytes));
    if (count <= 0) return;
    for (ssize_t at = 0; at < count;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(bytes + at);
      at += static_cast<ssize_t>(sizeof(event) + event.len);
      const auto folder = folders_.find(event.wd);
      if ((event.mask & IN_IGNORED) != 0 && folder != folders_.end()) folders_.erase(folder);
      // A folder that comes or goes takes files along.
      const bool all = (event.mask & (IN_Q_OVERFLOW | IN_IGNORED | IN_UNMOUNT | IN_ISDIR)) != 0;
      if (all || news.written.size() + news.moved.size() >= kMostPaths) {
        news.all = true;
      } else if (folder != folders_.end() && event.len != 0 && (growing_ || (event.mask & IN_CREATE) == 0)) {
        auto& paths = (event.mask & (IN_MODIFY | IN_CLOSE_WRITE)) != 0 ? news.written : news.moved;
        for (const std::string& before : folder->second) paths.insert(before + event.name);
      }
    }
    if (sizeof(bytes) - static_cast<std::size_t>(count) >= kLongestEvent) return;  // that was all
  }
}

}  // namespace weir::file
