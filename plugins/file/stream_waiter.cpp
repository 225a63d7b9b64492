#include "plugins/file/stream_waiter.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cstring>
#include <utility>

#include "weir/sdk/errors.hpp"

namespace weir::file {
namespace {

[[noreturn]] void cannotWait() {
  throw RetryableError(std::string("Cannot wait for a stream: ") + std::strerror(errno) + ".");
}

}  // namespace

StreamWaiter::StreamWaiter(std::function<void()> readable)
    : readable_(std::move(readable)),
      events_(epoll_create1(EPOLL_CLOEXEC)),
      stop_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  epoll_event stop{};
  stop.events = EPOLLIN;
  stop.data.fd = stop_.get();
  if (!events_ || !stop_ || epoll_ctl(events_.get(), EPOLL_CTL_ADD, stop_.get(), &stop) != 0) {
    cannotWait();
  }
  thread_ = std::thread([this] { run(); });
}

StreamWaiter::~StreamWaiter() {
  const std::uint64_t one = 1;
  // An eventfd takes a first number always.
  if (write(stop_.get(), &one, sizeof(one)) == sizeof(one)) thread_.join();
}

void StreamWaiter::await(int stream) {
  epoll_event wanted{};
  wanted.events = EPOLLIN | EPOLLONESHOT;
  wanted.data.fd = stream;
  if (epoll_ctl(events_.get(), EPOLL_CTL_MOD, stream, &wanted) == 0) return;
  if (epoll_ctl(events_.get(), EPOLL_CTL_ADD, stream, &wanted) == 0) return;
  cannotWait();
}

void StreamWaiter::run() {
  for (;;) {
    epoll_event event{};
    const int count = epoll_wait(events_.get(), &event, 1, -1);
    if (count < 0 && errno != EINTR) return;
    if (count <= 0) continue;
    if (event.data.fd == stop_.get()) return;
    readable_();
  }
}

}  // namespace weir::file
