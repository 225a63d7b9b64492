// SIGTERM and SIGINT as calls on an ordinary thread.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

namespace weir::app {

// What a signal sets off. Each step is taken once.
struct StopSteps {
  std::function<void()> finish;  // at the signal: commit and leave
  std::chrono::milliseconds limit{0};
  std::function<void()> abandon;  // when the limit is over: leave without what has not come to its end
  std::chrono::milliseconds grace{0};
  std::function<void()> leave;  // when the grace is over as well: ends the process
};

// Made before any other thread, so that all of them inherit the blocked signals.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // As long as it lives, steps are taken; one that is being taken ends first. What they work on has to live longer.
  class Listening {
   public:
    explicit Listening(StopSignals& signals) : signals_(signals) {}
    ~Listening() { signals_.forget(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

   private:
    StopSignals& signals_;
  };
  // Takes the steps on a thread of its own, from the first signal on; a second signal ends the process at once, also
  // when nobody listens any more. Called once.
  [[nodiscard]] Listening listen(StopSteps steps);

 private:
  void run(std::chrono::milliseconds limit, std::chrono::milliseconds grace);
  void take(const std::function<void()> StopSteps::*step);
  void forget();

  std::mutex mutex_;
  StopSteps steps_;   // empty ones are passed over
  int signals_ = -1;  // signalfd
  int quit_ = -1;     // eventfd
  std::thread thread_;
};

}  // namespace weir::app
