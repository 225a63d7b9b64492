#include "core/runtime/engine/engine_figures.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kLateRows = "late_rows";

}  // namespace

void RunSummary::addEarlier(const RunSummary& earlier) {
  eventsIn += earlier.eventsIn;
  late += earlier.late;
  deadLetters += earlier.deadLetters;
  deadLettersRemoved += earlier.deadLettersRemoved;
  addNodes(nodes, earlier.nodes);
}

EngineFigures addUp(std::vector<SharedSnapshot> tasks) {
  EngineFigures all;
  TaskFigures sum;
  for (const SharedSnapshot& task : tasks) {
    sum.add(task->figures);
    if (task->readsSource) all.totals.eventsIn += task->figures.rowsRead;
  }
  all.totals.deadLetters = sum.deadLetters;
  for (const NodeCounters& node : sum.nodes) {
    for (const auto& [name, value] : node.counters) all.totals.late += name == kLateRows ? value : 0;
  }
  all.totals.nodes = std::move(sum.nodes);
  all.tasks = std::move(tasks);
  return all;
}

}  // namespace weir::runtime
