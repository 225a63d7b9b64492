#include "core/adapters/host/guard/call_scope.hpp"

#include <algorithm>
#include <utility>

#include "core/adapters/host/guard/crash_report.hpp"

namespace weir::host {

namespace {

// A thread has one innermost call: there is nothing else to hang this on that a signal handler could reach.
thread_local const CallScope* innermost = nullptr;

}  // namespace

CallMark::CallMark(CallRegistry& registry, std::string node, std::string use)
    : registry_(registry), node_(std::move(node)), use_(std::move(use)) {
  const std::lock_guard lock(registry_.mutex_);
  registry_.marks_.push_back(this);
}

CallMark::~CallMark() {
  const std::lock_guard lock(registry_.mutex_);
  std::erase(registry_.marks_, this);
}

std::vector<OngoingCall> CallRegistry::ongoing() const {
  std::vector<OngoingCall> calls;
  const std::lock_guard lock(mutex_);
  for (const CallMark* mark : marks_) {
    const std::uint64_t serial = mark->changes_.load(std::memory_order_acquire);
    if (serial % 2 == 0) continue;
    calls.push_back({mark, serial, mark->inHost_.load(std::memory_order_relaxed), mark->node_, mark->use_,
                     mark->call_.load(std::memory_order_relaxed)});
  }
  return calls;
}

CallScope::CallScope(CallMark& mark, const char* call) : mark_(mark), outer_(innermost), call_(call) {
  provideSignalStack();
  mark_.call_.store(call, std::memory_order_relaxed);
  mark_.inHost_.store(false, std::memory_order_relaxed);
  mark_.changes_.store(mark_.changes_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  innermost = this;
}

CallScope::~CallScope() {
  innermost = outer_;
  mark_.changes_.store(mark_.changes_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

const CallMark* CallScope::currentMark() {
  return innermost == nullptr ? nullptr : &innermost->mark_;
}

const char* CallScope::currentCall() {
  return innermost == nullptr ? "" : innermost->call_;
}

}  // namespace weir::host
