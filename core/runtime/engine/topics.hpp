// The topics that a plan needs, in the log.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct TopicLimits {
  std::int64_t segmentBytes = TopicSpec().segmentBytes;
  std::int64_t repartitionBound = 64LL << 20;  // unread bytes of a partition: what has been read goes in parts of it
  // Dead letters go after a time, or when there are too many bytes of them, whichever comes first; -1: never.
  Duration deadLetterTime = 7 * 24 * 3600 * kSecond;
  std::int64_t deadLetterBytes = 1LL << 30;
};

// The topics that a plan needs in a home, and what they have to become.
struct TopicChanges {
  std::vector<TopicSpec> topics;    // all of them
  std::vector<TopicSpec> missing;   // to be made, or to get more partitions, before any task can be
  std::vector<std::string> remade;  // those of them that are there, empty, with another number of partitions
  bool any = false;                 // the home is not yet as `topics` says
};

// The plan's own topics, one for dead letters, and a changelog for each node that keeps state. Refuses a topic with
// rows in another number of partitions, but for changelogs of sources, sinks and nodes that have kept nothing so far:
// these get more when they have fewer. Writes nothing.
Result<TopicChanges> planTopics(const topology::Plan& plan, const Log& log, const TopicLimits& limits = {});
// What a start may leave behind though it is refused after all: nothing that was there is another one for it.
Result<void> makeMissing(const TopicChanges& changes, Log& log);
// The rest.
Result<void> changeTopics(const TopicChanges& changes, Log& log);

}  // namespace weir::runtime
