// What an engine shows of itself while it runs, and what it has to say at its end: the same figures.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/figures/figures.hpp"
#include "core/runtime/input/task_input.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/membership.hpp"
#include "core/runtime/state/node_state.hpp"

namespace weir::runtime {

enum class TaskState : std::uint8_t {
  Away,       // run elsewhere, or nowhere
  Restoring,  // its state is brought to its last commit
  Running,
  Waiting,  // it has failed, and is made anew after a while
  Ended
};

// One task, as it was a moment ago.
struct TaskSnapshot {
  TaskId id;
  TaskState state = TaskState::Away;
  bool readsSource = false;
  RestoreProgress restore;           // Restoring
  std::string problem;               // Waiting: why
  std::uint64_t epoch = 0;           // counts its commits
  std::int64_t watermark = 0;        // Running: of its inputs
  std::vector<std::string> blocked;  // nodes that it waits for
  TaskFigures figures;               // rows that a failure made it read again count once
};
// Shared between the engine and whoever looks, who may keep it for longer than it is the newest one.
using SharedSnapshot = std::shared_ptr<const TaskSnapshot>;

// Figures of one run.
struct RunSummary {
  std::int64_t eventsIn = 0;  // rows that sources gave
  std::int64_t late = 0;
  std::int64_t deadLetters = 0;
  std::int64_t deadLettersRemoved = 0;  // by their retention, during this run
  bool stopped = false;                 // before the end, because somebody asked
  std::vector<std::string> unfinished;  // what was left when the stop could not be waited for any longer, in words
  std::vector<NodeCounters> nodes;      // summed over tasks
  std::vector<TopicFigures> topics;     // at the end
  // What sources said at the end of the run: it goes on with a new plan.
  std::vector<SchemaChange> schemaChanges;

  // Figures of a run that this one has gone on from.
  void addEarlier(const RunSummary& earlier);
};

struct EngineFigures {
  RunSummary totals;                  // without what only its end knows
  std::vector<SharedSnapshot> tasks;  // of the whole plan
};

EngineFigures addUp(std::vector<SharedSnapshot> tasks);

}  // namespace weir::runtime
