#include "runner/supervisor.hpp"

#include <chrono>

#include "base/start_progress.hpp"
#include "runner/home.hpp"

namespace weir::app {

Supervisor::Supervisor(const topology::Plan& plan, const RunOptions& options, const TestSwitches& switches,
                       runtime::PluginHost& plugins, const Clock& clock, Logger& logger)
    : plan_(plan), options_(options), switches_(switches), plugins_(plugins), clock_(clock), logger_(logger) {}

Result<runtime::RunSummary> Supervisor::run() {
  runtime::Restarts restarts(options_.engine.restarts);
  while (true) {
    bool gotOn = false;
    Result<runtime::RunSummary> outcome = runOnce(gotOn);
    if (outcome.ok() || outcome.error().kind != ErrorKind::Retryable) return outcome;
    const std::optional<Duration> wait = restarts.failed(gotOn);
    if (!wait) return outcome;
    logger_.write(LogLevel::Error, "", outcome.error().message);
    if (!waitToRetry(*wait)) return outcome;
    logger_.write(LogLevel::Info, "",
                  "Going on from the last commit (try " + std::to_string(restarts.number()) + " of " +
                      std::to_string(restarts.most()) + ").");
  }
}

Result<runtime::RunSummary> Supervisor::runOnce(bool& gotOn) {
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
    if (abandoned_) engine_->abandon();
  }
  auto summary = (*engine)->run();
  gotOn = (*engine)->gotOn();
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

void Supervisor::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  if (engine_ != nullptr) engine_->abandon();
}

bool Supervisor::waitToRetry(Duration wait) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, std::chrono::microseconds(wait), [this] { return stopping_; });
}

}  // namespace weir::app
