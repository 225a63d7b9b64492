// What a task is made from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/topic_input.hpp"
#include "core/runtime/node/tap.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/runtime/task/flow_control.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct TaskSpec {
  const topology::Plan* plan = nullptr;  // outlives the task
  std::size_t subTopology = 0;
  std::uint32_t task = 0;
  TaskOptions options;
  std::int64_t sequence = 0;  // what it writes is numbered from here on: PreparedHome::sequence

  const topology::SubTopology& part() const { return plan->subTopologies[subTopology]; }
};

// What tasks of one engine share.
struct TaskResources {
  PluginHost& plugins;
  StateResources state;
  TaskHost& host;
  FlowControl& flow;
  // The readers' side of a repartition topic, or nullptr.
  std::function<ReaderProgress*(const std::string& topic)> progressOf;
  // Of the writers of each topic in this run, by Plan::topics; empty: the first one.
  std::vector<std::int64_t> generations;
  HomeIdentity home;
  const TaskTaps* taps = nullptr;  // where batches may be looked at, of this task; nullptr: nowhere
};

}  // namespace weir::runtime
