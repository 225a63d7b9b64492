// What a start does to a home before any task is made: which node goes on from what, topics, and the hand-over from
// those who worked in it before.
//
// The writers of a topic are a generation. When others come (another number of tasks, a part more or less), the old
// ones are ended in every partition, behind their last rows, and the splits of sources go to the tasks that now own
// them. All of it is one commit: a home is handed over, or is not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/base/result.hpp"
#include "core/runtime/engine/topics.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct StartPorts {
  StateResources state;  // with the log
  PluginHost& plugins;   // sinks whose tasks are gone are opened once more, to give up what they had not committed
  const Clock& clock;
  Logger& logger;
  std::string newHomeId = {};  // of a home that has none yet; empty: a random one
};

struct StartOptions {
  bool untilEnd = false;  // the writers of this run will end
  TopicLimits limits;
  std::vector<std::string> forget;  // nodes, no longer drawn, whose state is given up
  // Others of the same group may be at work already: their writers go on, and each task holds what it has to read
  // where it is run.
  bool joins = false;
};

struct PreparedHome {
  topology::Plan plan;                    // with the names that things have in this home: what tasks are made from
  std::vector<std::int64_t> generations;  // of the writers of each topic, by Plan::topics
  HomeIdentity home;
  // Above the number of every run that was written before (WriterMark::sequence). A task that is made once more in this
  // start takes another one: kSequencesPerTask further.
  std::int64_t sequence = 0;
};
inline constexpr std::int64_t kSequencesPerTask = 1LL << 32;

Result<PreparedHome> prepareHome(const topology::Plan& plan, const StartPorts& ports, const StartOptions& options);

}  // namespace weir::runtime
