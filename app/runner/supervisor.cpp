#include "runner/supervisor.hpp"

#include <algorithm>
#include <chrono>

#include "base/start_progress.hpp"
#include "runner/home.hpp"

namespace weir::app {

namespace {

constexpr int kLongestWaitSeconds = 10;

}  // namespace

Supervisor::Supervisor(const topology::Plan& plan, const RunOptions& options, const TestSwitches& switches,
                       runtime::PluginHost& plugins, const Clock& clock, Logger& logger)
    : plan_(plan), options_(options), switches_(switches), plugins_(plugins), clock_(clock), logger_(logger) {}

Result<runtime::RunSummary> Supervisor::run() {
  for (int failures = 1;; ++failures) {
    Result<runtime::RunSummary> outcome = runOnce();
    if (outcome.ok() || outcome.error().kind != ErrorKind::Retryable) return outcome;
    logger_.write(LogLevel::Error, "", outcome.error().message);
    if (!waitToRetry(failures)) return outcome;
    logger_.write(LogLevel::Info, "", "Going on from the last commit.");
  }
}

Result<runtime::RunSummary> Supervisor::runOnce() {
  StartProgress start(clock_, logger_, stop_.get_token());
  auto home = openHome(options_.home, options_.stateBytes, switches_, clock_, logger_, &start);
  if (!home) return home.error();
  auto engine =
      runtime::Engine::make(plan_, {*home->log, *home->state, plugins_, clock_, logger_, &start}, options_.engine);
  if (!engine && start.stopped()) {
    runtime::RunSummary nothing;
    nothing.stopped = true;
    return nothing;
  }
  if (!engine) return engine.error();
  if (switches_.reached) switches_.reached("recovery.tasks.made");
  {
    const std::lock_guard lock(mutex_);
    engine_ = engine->get();
    if (stopping_) engine_->requestStop();
  }
  auto summary = (*engine)->run();
  const std::lock_guard lock(mutex_);
  engine_ = nullptr;
  return summary;
}

void Supervisor::requestStop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  stop_.request_stop();
  if (engine_ != nullptr) engine_->requestStop();
  changed_.notify_all();
}

bool Supervisor::waitToRetry(int failures) {
  std::unique_lock lock(mutex_);
  const std::chrono::seconds wait(std::min(failures, kLongestWaitSeconds));
  return !changed_.wait_for(lock, wait, [this] { return stopping_; });
}

}  // namespace weir::app
