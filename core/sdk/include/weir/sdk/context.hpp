// The host as an operator sees it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/errors.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir {

// A counter that the manifest declares. A cheap value. [any]
class Counter {
 public:
  Counter() = default;
  Counter(const weir_host* host, weir_context* handle, weir_metric* metric)
      : host_(host), handle_(handle), metric_(metric) {}
  void add(std::int64_t delta = 1) const {
    if (metric_ != nullptr) host_->metric_add(handle_, metric_, delta);
  }

 private:
  const weir_host* host_ = nullptr;
  weir_context* handle_ = nullptr;
  weir_metric* metric_ = nullptr;
};

// A value that goes up and down, such as the length of a queue. Over tasks they add up. [any]
class Gauge {
 public:
  Gauge() = default;
  Gauge(const weir_host* host, weir_context* handle, weir_metric* metric)
      : host_(host), handle_(handle), metric_(metric) {}
  void set(std::int64_t value) const {
    if (metric_ != nullptr) host_->metric_set(handle_, metric_, value);
  }

 private:
  const weir_host* host_ = nullptr;
  weir_context* handle_ = nullptr;
  weir_metric* metric_ = nullptr;
};

// Values measured, such as how long an answer took: what is kept is how many there were of each size. [any]
class Histogram {
 public:
  Histogram() = default;
  Histogram(const weir_host* host, weir_context* handle, weir_metric* metric)
      : host_(host), handle_(handle), metric_(metric) {}
  void record(std::int64_t value) const {
    if (metric_ != nullptr) host_->metric_record(handle_, metric_, value);
  }

 private:
  const weir_host* host_ = nullptr;
  weir_context* handle_ = nullptr;
  weir_metric* metric_ = nullptr;
};

// What the trampolines do with every store of an operator, so that its author need not. Stores announce
// themselves to the context that they are opened with.
class StoreHooks {
 public:
  virtual ~StoreHooks() = default;
  // Before the first row, after a restart too.
  virtual void load() = 0;
  // After every call that may have touched the store: keeps to the memory budget.
  virtual void trim() = 0;
  virtual void prepareCommit(std::uint64_t epoch) = 0;
  virtual void committed(std::uint64_t epoch) = 0;
  // Earliest processing time at which the operator wants on_timer; INT64_MAX: none.
  virtual std::int64_t nextWake() const { return INT64_MAX; }
};

// The host's side of one instance. Lives as long as the operator. [task] unless said otherwise.
class Context {
 public:
  // What an older host does not offer is NULL in `host()`.
  Context(const weir_host* host, weir_context* handle) : host_(knownPart(host)), handle_(handle) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  // Sends a batch out of a port. The batch is always taken; false: send no more in this call, answer
  // Flow::HaveOutput if there is more to send, and go on in `resume`. OutputLoop does this for you.
  bool emit(std::size_t port, const Batch& batch) {
    const weir_status status = host_.emit(handle_, static_cast<std::uint32_t>(port), batch.get());
    check(status);
    if (status == WEIR_FULL) outputFull_ = true;
    return !outputFull_;
  }
  // Whether a port has answered "full" during this call.
  bool outputFull() const { return outputFull_; }

  // Hands rows to the dead letters, with one reason for all of them. They stay in the batch: leave them out.
  void deadLetter(const Batch& batch, std::span<const std::uint32_t> rows, std::string_view reason) {
    if (!rows.empty()) host_.dead_letter(handle_, batch.get(), rows.data(), rows.size(), toSlice(reason));
  }

  // [any] Copied and rate-limited; the host adds the node's id.
  void debug(std::string_view text) const { host_.log(handle_, WEIR_LOG_DEBUG, toSlice(text)); }
  void info(std::string_view text) const { host_.log(handle_, WEIR_LOG_INFO, toSlice(text)); }
  void warning(std::string_view text) const { host_.log(handle_, WEIR_LOG_WARNING, toSlice(text)); }
  void error(std::string_view text) const { host_.log(handle_, WEIR_LOG_ERROR, toSlice(text)); }

  // [any] Microseconds since the epoch: the only clock that an operator may ask.
  std::int64_t now() const { return host_.now(handle_); }
  // [any] A blocked operator, or an idle source, can go on.
  void wake() const { host_.wake(handle_); }
  // Asks for onTimer at a time of the host's clock; the earliest request counts. What is waited for is the time between
  // now and then, however the clock is set meanwhile; onTimer is never told an earlier time than was asked for.
  void wakeAt(std::int64_t time) const { host_.wake_at(handle_, time); }

  // [control] A metric of the manifest, by name.
  Counter counter(std::string_view name) const { return {&host_, handle_, metric(name)}; }
  Gauge gauge(std::string_view name) const {
    require(host_.metric_set != nullptr, "gauges");
    return {&host_, handle_, metric(name)};
  }
  Histogram histogram(std::string_view name) const {
    require(host_.metric_record != nullptr, "histograms");
    return {&host_, handle_, metric(name)};
  }
  // Asks for a commit soon, because memory or an outside limit needs one.
  void requestCommit() const { host_.request_commit(handle_); }
  // Within prepareCommit: what `recover` will be given after a crash.
  void setRecovery(std::string_view blob) const { check(host_.set_recovery(handle_, toSlice(blob))); }

  // Throws what the host says about a call that failed.
  void check(weir_status status) const {
    if (status < 0) throw PluginError(status, std::string(toView(host_.last_error(handle_))));
  }
  // What only a newer host has, named when this one has not got it.
  void require(bool there, const char* what) const {
    if (there) return;
    throw ConfigError(std::string("It needs ") + what + ", which this Weir, with plugin ABI " +
                      std::to_string(host_.abi_major) + "." + std::to_string(host_.abi_minor) +
                      ", does not have. Install a newer Weir.");
  }
  const weir_host& host() const { return host_; }
  weir_context* handle() const { return handle_; }

  // For stores and trampolines.
  void attach(StoreHooks* store) { stores_.push_back(store); }
  void detach(StoreHooks* store) { stores_.erase(std::remove(stores_.begin(), stores_.end(), store), stores_.end()); }
  const std::vector<StoreHooks*>& stores() const { return stores_; }
  void beginCall() { outputFull_ = false; }

 private:
  weir_metric* metric(std::string_view name) const {
    weir_metric* metric = nullptr;
    check(host_.metric_open(handle_, toSlice(name), &metric));
    return metric;
  }

  const weir_host host_;
  weir_context* handle_;
  std::vector<StoreHooks*> stores_;
  bool outputFull_ = false;
};

}  // namespace weir
