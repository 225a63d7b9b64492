#include "runner/stop_signals.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

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

void StopSignals::listen(std::function<void()> stop) {
  thread_ = std::thread([this, stop = std::move(stop)] {
    bool asked = false;
    for (;;) {
      pollfd waiting[] = {{signals_, POLLIN, 0}, {quit_, POLLIN, 0}};
      if (poll(waiting, 2, -1) < 0) continue;
      if (waiting[1].revents != 0) return;
      signalfd_siginfo info{};
      if (read(signals_, &info, sizeof info) != sizeof info) continue;
      if (asked) _exit(128 + static_cast<int>(info.ssi_signo));
      asked = true;
      stop();
    }
  });
}

}  // namespace weir::app
