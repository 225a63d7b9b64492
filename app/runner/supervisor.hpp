// Keeps a topology running: after a failure of log or state that may pass, they are opened anew, and everything over
// them is made from the last commit. (A task that fails by itself is the engine's affair.) Where a source says that its
// schema has changed, the run goes on from its last commit with a new plan.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/runner/home.hpp"
#include "app/runner/run_options.hpp"
#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/base/result.hpp"
#include "core/runtime/engine/engine.hpp"
#include "core/runtime/engine/schema_changes.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::app {

class Supervisor {
 public:
  // Plans once more, with the columns that sources give now. Nothing: there are errors, which it has told.
  using PlanAgain = std::function<Result<std::optional<topology::Plan>>()>;

  // Everything that is not handed over outlives the supervisor; the home is locked by the caller.
  Supervisor(topology::Plan plan, PlanAgain planAgain, const RunOptions& options, const HomeOpener& openHome,
             runtime::PluginHost& plugins, const Clock& clock, Logger& logger);

  // Runs until the end, a stop, or an error that trying again cannot mend.
  Result<runtime::RunSummary> run();
  // [any] Finish, commit, close.
  void requestStop();
  // [any] Stop without waiting for whoever has not finished.
  void abandon();

 private:
  // `gotOn`: whether rows have been committed.
  Result<runtime::RunSummary> runOnce(bool& gotOn);
  Result<void> takeNewPlan(const std::vector<runtime::SchemaChange>& changes);
  bool stopAsked();
  // Waits before the next try; false: a stop was asked for meanwhile.
  bool waitToRetry(Duration wait);

  topology::Plan plan_;
  PlanAgain planAgain_;
  runtime::SchemaChanges schemaChanges_;
  const RunOptions& options_;
  const HomeOpener& openHome_;
  runtime::PluginHost& plugins_;
  const Clock& clock_;
  Logger& logger_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::stop_source stop_;  // of a start that takes long
  bool abandoned_ = false;
  runtime::Engine* engine_ = nullptr;  // while one runs
};

}  // namespace weir::app
