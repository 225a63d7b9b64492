#include "core/adapters/host/guard/watchdog.hpp"

#include <utility>

namespace weir::host {

std::string describe(const HungCall& call) {
  const auto milliseconds = call.lasted.count();
  const std::string time =
      milliseconds < 10'000 ? std::to_string(milliseconds) + " ms" : std::to_string(milliseconds / 1000) + " s";
  return "node '" + call.node + "' (" + call.use + ") has been in " + call.call + " for " + time + " of its own";
}

Watchdog::Watchdog(const CallRegistry& calls, WatchdogLimits limits, Listener onSlow, Listener onGiveUp)
    : calls_(calls), limits_(limits), onSlow_(std::move(onSlow)), onGiveUp_(std::move(onGiveUp)) {}

void Watchdog::check(SteadyTime now) {
  std::map<const CallMark*, Seen> still;
  for (const OngoingCall& call : calls_.ongoing()) {
    const auto known = seen_.find(call.mark);
    const bool same = known != seen_.end() && known->second.serial == call.serial;
    Seen seen = same ? known->second : Seen{call.serial};
    if (same && !call.inHost && !seen.inHost) seen.own += now - lastLook_;
    seen.inHost = call.inHost;
    const auto lasted = std::chrono::duration_cast<std::chrono::milliseconds>(seen.own);
    const HungCall hung{call.node, call.use, call.call, lasted};
    if (lasted >= limits_.warn && !seen.slowTold) {
      seen.slowTold = true;
      onSlow_(hung);
    }
    if (lasted >= limits_.giveUp && !seen.giveUpTold) {
      seen.giveUpTold = true;
      onGiveUp_(hung);
    }
    still.emplace(call.mark, seen);
  }
  seen_ = std::move(still);
  lastLook_ = now;
}

WatchdogThread::WatchdogThread(Watchdog& watchdog, std::chrono::milliseconds interval)
    : watchdog_(watchdog), thread_([this, interval] { run(interval); }) {}

WatchdogThread::~WatchdogThread() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

void WatchdogThread::run(std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, interval, [this] { return stop_; })) {
    lock.unlock();
    watchdog_.check(std::chrono::steady_clock::now());
    lock.lock();
  }
}

}  // namespace weir::host
