#include "app/runner/stop_signals.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <deque>

namespace weir::app {

StopSignals::StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  quit_ = eventfd(0, EFD_CLOEXEC);
}

StopSignals::~StopSignals() {
  eventfd_write(quit_, 1);
  if (thread_.joinable()) thread_.join();
  close(signals_);
  close(quit_);
}

StopSignals::Listening StopSignals::listen(StopSteps steps) {
  const std::chrono::milliseconds limit = steps.limit;
  const std::chrono::milliseconds grace = steps.grace;
  steps_ = std::move(steps);
  thread_ = std::thread([this, limit, grace] { run(limit, grace); });
  return Listening(*this);
}

void StopSignals::take(const std::function<void()> StopSteps::*step) {
  const std::lock_guard lock(mutex_);
  if (steps_.*step) (steps_.*step)();
}

void StopSignals::forget() {
  const std::lock_guard lock(mutex_);
  steps_ = {};
}

void StopSignals::run(std::chrono::milliseconds limit, std::chrono::milliseconds grace) {
  using Clock = std::chrono::steady_clock;
  struct Step {
    Clock::time_point due;
    const std::function<void()> StopSteps::*take;
  };
  std::deque<Step> ahead;
  bool asked = false;
  for (;;) {
    int wait = -1;
    if (!ahead.empty()) {
      // A millisecond more: poll rounds down, and would come back early again and again.
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(ahead.front().due - Clock::now());
      wait = static_cast<int>(std::max<std::int64_t>(left.count(), -1) + 1);
    }
    pollfd waiting[] = {{signals_, POLLIN, 0}, {quit_, POLLIN, 0}};
    const int ready = poll(waiting, 2, wait);
    if (ready == 0) {
      take(ahead.front().take);
      ahead.pop_front();
    }
    if (ready <= 0) continue;
    if (waiting[1].revents != 0) return;
    signalfd_siginfo info{};
    if (read(signals_, &info, sizeof info) != sizeof info) continue;
    if (asked) _exit(128 + static_cast<int>(info.ssi_signo));
    asked = true;
    const Clock::time_point now = Clock::now();
    ahead = {{now + limit, &StopSteps::abandon}, {now + limit + grace, &StopSteps::leave}};
    take(&StopSteps::finish);
  }
}

}  // namespace weir::app
