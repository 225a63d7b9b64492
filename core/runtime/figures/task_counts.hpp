// What a task has counted, and how much of it its last commit holds.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/figures/figures.hpp"
#include "core/runtime/input/task_inputs.hpp"
#include "core/runtime/node/task_graph.hpp"

namespace weir::runtime {

// [task], or when nothing runs the task any more.
class TaskCounts {
 public:
  // Both outlive it.
  TaskCounts(TaskGraph& graph, const TaskInputs& inputs) : graph_(graph), inputs_(inputs) {}

  void read(std::int64_t rows) { rowsRead_ += rows; }
  std::int64_t rowsRead() const { return rowsRead_; }
  std::int64_t rowsCommitted() const { return atCommit_.rowsRead; }

  // A commit that holds everything so far is on its way; later, is durable.
  void prepared(std::int64_t deadLetters);
  void committed() { atCommit_ = atPrepare_; }

  std::vector<NodeCounters> nodes() const;
  // What had been counted when the last commit was prepared that is durable.
  TaskFigures settled() const;

 private:
  // Without names, because it is taken down for every commit.
  struct Counted {
    std::int64_t rowsRead = 0;
    std::int64_t deadLetters = 0;
    std::vector<std::int64_t> rowsIn;  // by node
    std::vector<std::pair<const Metric*, std::int64_t>> counters;
  };
  // Its own and those of its input.
  template <typename Visit>
  void forEachMetric(const TaskNode& node, const Visit& visit) const;

  TaskGraph& graph_;
  const TaskInputs& inputs_;
  std::int64_t rowsRead_ = 0;
  Counted atPrepare_;
  Counted atCommit_;
};

}  // namespace weir::runtime
