#include "app/commands/run.hpp"

#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/commands/run_table.hpp"
#include "app/commands/topology_input.hpp"
#include "app/runner/default_home.hpp"
#include "app/runner/descriptor_limit.hpp"
#include "app/runner/run_summary.hpp"
#include "app/runner/stderr_logger.hpp"
#include "app/runner/stop_signals.hpp"
#include "app/runner/supervisor.hpp"
#include "core/adapters/host/guard/crash_report.hpp"
#include "core/adapters/host/guard/watchdog.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/base/clock.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/plan/make_plan.hpp"

namespace weir::app {

namespace {

constexpr std::chrono::milliseconds kLongestWatchInterval{1000};
constexpr std::chrono::milliseconds kStopGrace{1000};

// Says what `weir check` says, in the same words. Where nothing of it is wrong: what is worth a warning. `text`: of the
// topology, which may have been edited since.
Result<std::optional<topology::Plan>> planOf(const std::string& text, const RunOptions& options,
                                             host::LoadedPlugins& plugins) {
  topology::ReadOutcome read = topology::readTopology(text);
  topology::Problems problems = std::move(read.problems);
  std::optional<topology::Plan> plan;
  topology::PlanOptions planOptions = topology::defaultPlanOptions();
  planOptions.parameters = options.parameters;
  const auto derive = [&plugins](const topology::DeriveRequest& request) {
    return plugins.deriveSchemas(request.use, request.stage, request.params, request.inputs);
  };
  if (read.topology) {
    planOptions.around = surroundingsOf(options.file, read.topology->name.value);
    if (!options.home.empty()) planOptions.around.home = options.home;
    if (!options.summaryFile.empty()) planOptions.around.outputs.push_back({"--summary", options.summaryFile});
    topology::PlanOutcome planned = topology::planTopology(*read.topology, plugins.catalog(), derive, planOptions);
    problems.insert(problems.end(), planned.problems.begin(), planned.problems.end());
    plan = std::move(planned.plan);
  }
  if (topology::hasErrors(problems)) {
    plan.reset();
  } else {
    std::erase_if(problems, [](const auto& problem) {
      return problem.severity == topology::Severity::Info && problem.code != topology::codes::kDisabled;
    });
  }
  std::fputs(topology::problemsText(problems, options.file).c_str(), stderr);
  return plan;
}

// The process ends at once: a thread that hangs in a plugin cannot be stopped in any other way.
void giveUp(const host::HungCall& call) {
  std::fprintf(stderr, "weir: error: %s; giving up. What was committed is safe.\n", host::describe(call).c_str());
  _exit(kExitHung);
}

// So does it when somebody does not come back from a call, or a disk from a write, though the stop has been given up.
void leave(const host::CallRegistry& calls) {
  std::fputs("weir: error: it could not be stopped in time, and ends with work left. What was committed is safe.\n",
             stderr);
  for (const host::OngoingCall& call : calls.ongoing()) {
    if (call.inHost) continue;
    std::fprintf(stderr, "weir: left: node '%s' (%s) is still in %s.\n", call.node.c_str(), call.use.c_str(),
                 call.call.c_str());
  }
  _exit(kExitLeft);
}

class Run final : public Command {
 public:
  Run() : Command("run") { addRunOptions(table_, options_); }
  Result<void> check() override { return settle(options_); }
  int run() override { return runTopology(options_, openHome); }

 private:
  RunOptions options_;
};

}  // namespace

int runTopology(RunOptions options, const HomeOpener& openHome) {
  // Columns and blocks come and go with every batch: memory that goes back to the system each time costs more in page
  // faults than the work itself.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  raiseDescriptorLimit();
  StopSignals signals;

  host::installCrashReport();
  const SystemClock clock;
  StderrLogger logger;
  auto found = host::findPlugins();
  if (!found) return fail(found.error());
  for (const catalog::RefusedPlugin& refused : found->catalog.refused()) {
    logger.write(LogLevel::Warning, "plugins", refused.path + " is not used: " + refused.reason);
  }
  host::HostOptions hostOptions;
  hostOptions.trust = found->trust;
  host::LoadedPlugins plugins(std::move(found->catalog), logger, clock, hostOptions);
  const auto text = readWholeFile(options.file);
  if (!text) return fail(text.error());
  auto plan = planOf(*text, options, plugins);
  if (!plan) return fail(plan.error());
  if (!*plan) return kExitErrors;
  if (options.home.empty()) {
    auto home = defaultHome((*plan)->name, logger);
    if (!home) return fail(home.error());
    options.home = *home;
  }
  auto lock = lockHome(options.home);
  if (!lock) return failToLock(lock.error());

  const host::WatchdogLimits limits{std::chrono::milliseconds(options.hangLimit / kMillisecond / 4),
                                    std::chrono::milliseconds(options.hangLimit / kMillisecond)};
  host::Watchdog watchdog(
      plugins.calls(), limits,
      [&logger](const host::HungCall& call) { logger.write(LogLevel::Warning, call.node, host::describe(call)); },
      giveUp);
  const host::WatchdogThread watching(watchdog, std::min(kLongestWatchInterval, limits.giveUp / 10));
  Supervisor supervisor(
      std::move(**plan), [&] { return planOf(*text, options, plugins); }, options, openHome, plugins, clock, logger);
  const StopSignals::Listening listening = signals.listen(
      {[&supervisor] { supervisor.requestStop(); }, std::chrono::milliseconds(options.stopLimit / kMillisecond),
       [&supervisor] { supervisor.abandon(); }, kStopGrace, [&plugins] { leave(plugins.calls()); }});
  const Instant begin = clock.monotonic();
  auto summary = supervisor.run();
  if (!summary) {
    removeUnused(options.home, *lock);
    return fail(summary.error());
  }
  const Duration took = clock.monotonic() - begin;
  std::fprintf(stderr, "weir: %s\n", summaryText(*summary, took).c_str());
  for (const std::string& left : summary->unfinished) std::fprintf(stderr, "weir: left: %s.\n", left.c_str());
  if (!options.summaryFile.empty()) {
    if (const Result<void> written = writeSummary(options.summaryFile, *summary, took); !written) {
      return fail(written.error());
    }
  }
  if (!summary->unfinished.empty()) return kExitLeft;
  // Without an end, a stop is how a run ends.
  return options.engine.task.untilEnd && summary->stopped ? kExitStopped : kExitOk;
}

std::unique_ptr<Command> makeRun() {
  return std::make_unique<Run>();
}

}  // namespace weir::app
