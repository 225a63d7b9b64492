// How a task is put together from its part of the plan.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/input/task_inputs.hpp"
#include "core/runtime/node/task_graph.hpp"
#include "core/runtime/output/task_outputs.hpp"
#include "core/runtime/task/task_spec.hpp"

namespace weir::runtime {

using NodeStates = std::vector<std::unique_ptr<NodeState>>;

// Called with each record that an input of the node cannot take in: as Refused.
using RefusedAt = std::function<void(const std::string& node, std::string_view position, std::string_view bytes,
                                     std::string_view reason)>;

// [task] Step by step, because operators may speak to the task around them as soon as they are made.
class TaskBuild {
 public:
  // All of them outlive it.
  TaskBuild(const TaskSpec& spec, const TaskResources& resources, NodeOwner& owner)
      : spec_(spec), plan_(*spec.plan), resources_(resources), owner_(owner) {}

  // The nodes, without what works in them.
  std::unique_ptr<TaskGraph> makeGraph(NodeStates states) const;
  // The operators, as the last commit left them, and the writers. Answers the last epoch in which any of them
  // committed.
  Result<std::uint64_t> openNodes(TaskGraph& graph, TaskOutputs& outputs) const;
  // The inputs, where the last commit left them.
  Result<void> openInputs(TaskGraph& graph, Task& task, const RefusedAt& refusedAt, TaskInputs& inputs) const;

 private:
  Result<void> openOperator(TaskNode& node) const;
  Result<void> openWriter(TaskNode& node) const;
  std::unique_ptr<TaskInput> makeSourceInput(TaskNode& node, Task& task, const Refused& refused) const;
  std::unique_ptr<TaskInput> makeTopicInput(TaskGraph& graph, TaskNode& node, const Refused& refused) const;
  std::int64_t generationOf(std::size_t topic) const;

  const TaskSpec& spec_;
  const topology::Plan& plan_;
  const TaskResources& resources_;
  NodeOwner& owner_;
};

}  // namespace weir::runtime
