// SIGTERM and SIGINT as a call on an ordinary thread.
#pragma once

#include <functional>
#include <thread>

namespace weir::app {

// Made before any other thread, so that all of them inherit the blocked signals.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Calls `stop` on a thread of its own at the first signal; a second one ends the process at once.
  void listen(std::function<void()> stop);

 private:
  int signals_ = -1;  // signalfd
  int quit_ = -1;     // eventfd
  std::thread thread_;
};

}  // namespace weir::app
