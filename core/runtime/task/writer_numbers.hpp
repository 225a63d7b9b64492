// Writers of a topic are numbered over all nodes that write it: part by part, node by node, task by task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/runtime/task/task_spec.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// How many there are of a topic, by Plan::topics.
std::int32_t writerCount(const topology::Plan& plan, std::size_t topic);
// The number of a task at a node of its part.
std::int32_t writerNumber(const TaskSpec& task, std::size_t node);

struct WrittenTopic {
  std::string name;
  std::int32_t writer = 0;
};

// Repartition topics that a task writes, with its number among their writers.
std::vector<WrittenTopic> repartitionsWrittenBy(const TaskSpec& task);

}  // namespace weir::runtime
