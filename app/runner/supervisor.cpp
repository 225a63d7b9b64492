#include "app/runner/supervisor.hpp"

#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "core/adapters/embedded/files/crash_points.hpp"
#include "core/base/start_progress.hpp"

namespace weir::app {

Supervisor::Supervisor(topology::Plan plan, PlanAgain planAgain, const RunOptions& options, const HomeOpener& openHome,
                       runtime::PluginHost& plugins, const Clock& clock, Logger& logger)
    : plan_(std::move(plan)),
      planAgain_(std::move(planAgain)),
      options_(options),
      openHome_(openHome),
      plugins_(plugins),
      clock_(clock),
      logger_(logger) {}

Result<runtime::RunSummary> Supervisor::run() {
  runtime::Restarts restarts(options_.engine.restarts);
  runtime::RunSummary earlier;  // with other plans
  while (true) {
    bool gotOn = false;
    Result<runtime::RunSummary> outcome = runOnce(gotOn);
    if (outcome) {
      outcome->addEarlier(earlier);
      if (outcome->schemaChanges.empty()) return outcome;
      if (stopAsked()) {
        outcome->stopped = true;  // whatever it came to the end of, there was more
        return outcome;
      }
      WEIR_TRY(takeNewPlan(outcome->schemaChanges));
      earlier = std::move(*outcome);
      restarts = runtime::Restarts(options_.engine.restarts);
      continue;
    }
    if (outcome.error().kind != ErrorKind::Retryable || stopAsked()) return outcome;
    const std::optional<Duration> wait = restarts.failed(gotOn);
    if (!wait) return Error{outcome.error().kind, outcome.error().message + restarts.inVain()};
    const bool isNews = restarts.isNews(outcome.error().message);
    if (isNews) logger_.write(LogLevel::Error, "", outcome.error().message);
    if (!waitToRetry(*wait)) {
      return retryableError("A stop was asked for before it was tried again. What was committed is safe.");
    }
    if (isNews) {
      logger_.write(LogLevel::Info, "",
                    "Going on from the last commit (try " + std::to_string(restarts.number()) + " of " +
                        std::to_string(restarts.most()) + ").");
    }
  }
}

Result<runtime::RunSummary> Supervisor::runOnce(bool& gotOn) {
  StartProgress start(clock_, logger_, stop_.get_token());
  auto home = openHome_({options_.home, options_.stateBytes, clock_, logger_, &start});
  if (!home) return home.error();
  auto engine =
      runtime::Engine::make(plan_, {*home->log, *home->state, plugins_, clock_, logger_, &start}, options_.engine);
  if (!engine && start.stopped()) {
    runtime::RunSummary nothing;
    nothing.stopped = true;
    return nothing;
  }
  if (!engine) return engine.error();
  embedded::pass(options_.engine.committer.reached, "recovery.tasks.made");
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

Result<void> Supervisor::takeNewPlan(const std::vector<runtime::SchemaChange>& changes) {
  embedded::pass(options_.engine.committer.reached, "replan.begin");
  WEIR_TRY_ASSIGN(plan, planAgain_());
  if (!plan) {
    return configError("Source '" + changes.front().node + "' has other columns from here on (split '" +
                       changes.front().split +
                       "'), and with those the topology has errors. Everything before them is committed: mend the "
                       "topology, and start it again.");
  }
  std::set<std::string> told;
  for (const runtime::SchemaChange& change : changes) {
    const Schema* const before = runtime::schemaOfSource(plan_, change.node);
    const Schema* const after = runtime::schemaOfSource(*plan, change.node);
    if (before == nullptr || after == nullptr || !told.insert(change.node).second) continue;
    WEIR_TRY(schemaChanges_.planned(change, *after));
    const std::string what = runtime::columnChanges(*before, *after);
    logger_.write(what.empty() ? LogLevel::Warning : LogLevel::Info, change.node,
                  "Its schema changes in split '" + change.split +
                      "': " + (what.empty() ? "the columns that it derives are the same, though" : what) +
                      ". Everything before is committed; going on with a new plan.");
  }
  plan_ = std::move(*plan);
  embedded::pass(options_.engine.committer.reached, "replan.done");
  return {};
}

bool Supervisor::stopAsked() {
  const std::lock_guard lock(mutex_);
  return stopping_;
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
