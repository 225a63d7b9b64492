// The topics that a plan needs, in the log.
#pragma once

#include <cstdint>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "runtime/ports/log.hpp"
#include "topology/plan.hpp"

namespace weir::runtime {

struct TopicLimits {
  std::int64_t segmentBytes = TopicSpec().segmentBytes;
  std::int64_t repartitionBound = 64LL << 20;  // unread bytes of a partition: what has been read goes in parts of it
  // Dead letters go after a time, or when there are too many bytes of them, whichever comes first; -1: never.
  Duration deadLetterTime = 7 * 24 * 3600 * kSecond;
  std::int64_t deadLetterBytes = 1LL << 30;
};

// Creates what is missing: the plan's own topics, one for dead letters, and a changelog for each node that keeps
// state. A topic that exists with another number of partitions is refused, but for changelogs of sources, sinks and
// nodes that have kept nothing so far: these get more when they have fewer.
Result<void> createTopics(const topology::Plan& plan, Log& log, const TopicLimits& limits = {});

}  // namespace weir::runtime
