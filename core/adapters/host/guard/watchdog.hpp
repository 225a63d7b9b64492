// Names the node whose code does not come back. What counts is a plugin's own time: not what runs below it when it
// emits, and not what the host does for it. It is measured by looking: between two looks that both find the same call
// in its own code, that code has been running.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "core/adapters/host/guard/call_scope.hpp"

namespace weir::host {

using SteadyTime = std::chrono::steady_clock::time_point;

struct WatchdogLimits {
  std::chrono::milliseconds warn{10'000};
  std::chrono::milliseconds giveUp{60'000};
};

struct HungCall {
  std::string node;
  std::string use;
  std::string call;
  std::chrono::milliseconds lasted{0};  // in its own code
};

// "node 'per_minute' (window.tumbling) has been in process for 61 s of its own"
std::string describe(const HungCall& call);

// The judgement, without a thread: `check` is told what time it is. One thread at a time.
class Watchdog {
 public:
  using Listener = std::function<void(const HungCall&)>;
  // Each listener hears of a call once. `onGiveUp` usually ends the process.
  Watchdog(const CallRegistry& calls, WatchdogLimits limits, Listener onSlow, Listener onGiveUp);
  void check(SteadyTime now);

 private:
  struct Seen {
    std::uint64_t serial = 0;
    std::chrono::nanoseconds own{0};
    bool inHost = false;  // at the last look
    bool slowTold = false;
    bool giveUpTold = false;
  };
  const CallRegistry& calls_;
  const WatchdogLimits limits_;
  const Listener onSlow_;
  const Listener onGiveUp_;
  std::map<const CallMark*, Seen> seen_;
  SteadyTime lastLook_;
};

// Asks the watchdog again and again, on a thread of its own, until it is destroyed.
class WatchdogThread {
 public:
  WatchdogThread(Watchdog& watchdog, std::chrono::milliseconds interval);
  ~WatchdogThread();

 private:
  void run(std::chrono::milliseconds interval);
  Watchdog& watchdog_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace weir::host
