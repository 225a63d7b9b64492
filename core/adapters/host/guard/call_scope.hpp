// Breadcrumbs: which node's code a thread is in, and what it was asked to do. The watchdog reads them from
// outside, the crash report from within a signal handler.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace weir::host {

class CallRegistry;

// One per instance, and registered as long as the instance lives. Calls on one mark do not overlap.
class CallMark {
 public:
  CallMark(CallRegistry& registry, std::string node, std::string use);
  ~CallMark();
  CallMark(const CallMark&) = delete;
  CallMark& operator=(const CallMark&) = delete;

  const std::string& node() const { return node_; }
  const std::string& use() const { return use_; }

 private:
  friend class CallScope;
  friend class HostScope;
  friend class CallRegistry;
  CallRegistry& registry_;
  const std::string node_;
  const std::string use_;
  std::atomic<std::uint64_t> changes_{0};  // odd while a call is under way; no clock is read on the hot path
  std::atomic<const char*> call_{""};
  std::atomic<bool> inHost_{false};  // the call has called back, and the host's code or another plugin's runs
};

// A call that was under way when it was looked at.
struct OngoingCall {
  const CallMark* mark = nullptr;  // an identity only: it may be gone
  std::uint64_t serial = 0;        // the same serial is the same call
  bool inHost = false;             // it has called the host, and what runs is not its own code
  std::string node;
  std::string use;
  std::string call;
};

// [any]
class CallRegistry {
 public:
  std::vector<OngoingCall> ongoing() const;

 private:
  friend class CallMark;
  mutable std::mutex mutex_;
  std::vector<const CallMark*> marks_;
};

// Marks the calling thread for the length of one call into a plugin. `call` is a literal.
class CallScope {
 public:
  CallScope(CallMark& mark, const char* call);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  // The innermost call of this thread. Safe within a signal handler.
  static const CallMark* currentMark();
  static const char* currentCall();

 private:
  CallMark& mark_;
  const CallScope* outer_;
  const char* call_;
};

// Marks the time that a call spends in the host, which has been called back: whatever runs there is not the plugin's
// own code. Without effect on a thread that is not in a call of this mark.
class HostScope {
 public:
  explicit HostScope(CallMark& mark) : mark_(CallScope::currentMark() == &mark ? &mark : nullptr) {
    if (mark_ != nullptr) mark_->inHost_.store(true, std::memory_order_relaxed);
  }
  ~HostScope() {
    if (mark_ != nullptr) mark_->inHost_.store(false, std::memory_order_relaxed);
  }
  HostScope(const HostScope&) = delete;
  HostScope& operator=(const HostScope&) = delete;

 private:
  CallMark* mark_;
};

}  // namespace weir::host
