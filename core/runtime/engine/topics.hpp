// The topics that a plan needs, in the log.
#pragma once

#include "base/result.hpp"
#include "runtime/ports/log.hpp"
#include "topology/plan.hpp"

namespace weir::runtime {

// Creates what is missing: the plan's own topics, one for dead letters, and a changelog for each node that keeps
// state. A topic that exists with another number of partitions is refused, but for changelogs of sources, sinks and
// nodes that have kept nothing so far: these get more when they have fewer.
Result<void> createTopics(const topology::Plan& plan, Log& log, std::int64_t segmentBytes = TopicSpec().segmentBytes);

}  // namespace weir::runtime
