#include "app/commands/run_table.hpp"

#include <algorithm>
#include <thread>

namespace weir::app {

void addRunOptions(CommandTable& table, RunOptions& options) {
  runtime::EngineOptions& engine = options.engine;
  engine.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  table.argument("FILE", options.file, Offers::Topologies, "the topology; - is the standard input");
  table.folder("--home", options.home, "the folder of its log and its state; without it, NAME.weir-home");
  table.flag("--until-end", engine.task.untilEnd,
             "stop when the input has come to its end, instead of waiting for more");
  table.flag("--keep-open", engine.task.keepOpen,
             "with --until-end: windows that are open at the end emit nothing and stay open for the next run");
  table.number("--threads", "N", engine.threads, 1, 1024, "worker threads; without it, one for each core");
  table.assignments("--param", options.parameters, "the value of a parameter of the topology");
  table.duration("--commit-interval", "200ms", engine.task.commitInterval, 1, kNoLimit,
                 "how often results are published");
  table.mebibytes("--overlay-memory", engine.overlayBytes, "memory for changes of state that are not committed yet");
  table.mebibytes("--state-memory", options.stateBytes, "memory of the state store");
  table.duration("--hang-limit", "60s", options.hangLimit, 1, kNoLimit,
                 "a plugin that does not come out of a call for longer ends the runner");
  table.duration("--stop-limit", "10s", options.stopLimit, 1, kNoLimit,
                 "what has not finished so long after a stop was asked for is left");
  table.number("--restarts", "N", engine.restarts.tries, 0, 1'000'000,
               "how often in a row a run that failed is tried again; 10 unless given");
  table.number<std::int64_t>("--batch-rows", "N", engine.task.batchRows, 1, 1 << 20,
                             "rows that are worked on together");
  table.text("--summary", "FILE", options.summaryFile, "where the figures of the run are written, as JSON").offers =
      Offers::Files;
  table.texts("--forget", "NODE", engine.forget, "give up what the home keeps of a node that is not drawn any more");
  table.duration("--dead-letter-retention", "7d", engine.deadLetterTime, 1, kNoLimit, "how long dead letters are kept");
  table.mebibytes("--dead-letter-disk", engine.deadLetterBytes, "how much of them is kept; 1024 unless given");
}

Result<void> settle(RunOptions& options) {
  runtime::TaskOptions& task = options.engine.task;
  if (task.keepOpen && !task.untilEnd) {
    return configError("--keep-open says what becomes of open windows at the end of the input: it needs --until-end.");
  }
  task.idleCommitInterval = std::min(task.idleCommitInterval, task.commitInterval);
  task.blockedLimit = std::min(task.blockedLimit, options.hangLimit);
  return {};
}

}  // namespace weir::app
