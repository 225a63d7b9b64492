// What a commit removes: segments that nobody needs any more, and those that are too old or too much for their topic.
// Never the last one of a partition, and never what a reader of the home has still to read.
#include <algorithm>

#include "adapters/embedded/log/embedded_log.hpp"

namespace weir::embedded {

namespace {

constexpr Duration kCheckIdleTopics = 60 * kSecond;
constexpr Duration kTellOfHold = 60 * kSecond;
constexpr Duration kSegmentsPerRetention = 8;  // rows go at most this part of their time too late

std::string mebibytes(std::int64_t bytes) {
  return std::to_string((bytes + (1 << 19)) >> 20) + " MiB";
}

}  // namespace

Result<std::vector<EmbeddedLog::Removal>> EmbeddedLog::findRemovals(const PendingCommit& commit) {
  std::map<Partition*, std::size_t> counts;
  std::set<Partition*> due;
  {
    const std::lock_guard lock(mutex_);
    for (Partition* partition : toTrim_) {
      std::size_t& count = counts[partition];
      // At the end of a segment that ends exactly there, runs without rows may not have been read yet.
      while (count + 1 < partition->segments.size() && partition->segments[count + 1]->name.base < partition->trimTo) {
        ++count;
      }
    }
    toTrim_.clear();
    const auto expires = [](const Partition& partition) {
      return partition.topic->spec.retentionBytes >= 0 || partition.topic->spec.retentionTime >= 0;
    };
    for (const PendingAppend& append : commit.appends) {
      if (expires(*append.partition)) due.insert(append.partition);
    }
    for (const NewHold& hold : commit.holds) {
      if (expires(*hold.partition)) due.insert(hold.partition);
    }
    if (options_.clock != nullptr && options_.clock->monotonic() >= retentionDue_) {
      retentionDue_ = options_.clock->monotonic() + kCheckIdleTopics;
      for (auto& [name, topic] : topics_) {
        for (const auto& partition : topic.partitions) {
          if (expires(*partition)) due.insert(partition.get());
        }
      }
    }
  }
  for (Partition* partition : due) {
    std::size_t& count = counts[partition];
    WEIR_TRY_ASSIGN(removable, countRemovable(*partition, count));
    count = removable;
  }
  std::vector<Removal> removals;
  const std::lock_guard lock(mutex_);
  for (const auto& [partition, count] : counts) {
    if (count == 0) continue;
    removals.push_back(
        {partition, {partition->segments.begin(), partition->segments.begin() + static_cast<std::ptrdiff_t>(count)}});
  }
  return removals;
}

// How many segments at the beginning may go; `trimmed` of them go anyway.
Result<std::size_t> EmbeddedLog::countRemovable(Partition& partition, std::size_t trimmed) {
  std::vector<SegmentRef> segments;
  std::int64_t needed = INT64_MAX;  // the first offset that a reader has still to read
  std::int64_t bytes = 0;
  runtime::TopicSpec spec;
  {
    const std::lock_guard lock(mutex_);
    segments = partition.segments;
    spec = partition.topic->spec;
    for (const auto& [reader, offset] : partition.holds) needed = std::min(needed, offset);
    for (std::size_t i = trimmed; i < segments.size(); ++i) bytes += static_cast<std::int64_t>(segments[i]->size);
  }
  std::size_t count = trimmed;
  std::int64_t held = 0;
  bool free = true;
  for (std::size_t i = trimmed; i + 1 < segments.size(); ++i) {
    const bool tooMuch = spec.retentionBytes >= 0 && bytes > spec.retentionBytes;
    bool tooOld = false;
    if (!tooMuch && spec.retentionTime >= 0 && options_.clock != nullptr) {
      // Whatever stands in a segment was appended before the next one was begun.
      WEIR_TRY_ASSIGN(begun, begunOf(partition, *segments[i + 1]));
      tooOld = begun != 0 && begun * kSecond <= now() - spec.retentionTime;
    }
    if (!tooMuch && !tooOld) break;
    bytes -= static_cast<std::int64_t>(segments[i]->size);
    free = free && segments[i + 1]->name.base < needed;
    if (free) {
      count = i + 1;
    } else {
      held += static_cast<std::int64_t>(segments[i]->size);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    partition.heldBytes = held;
  }
  if (held > 0) tellOfHold(partition);
  return count;
}

Result<std::uint32_t> EmbeddedLog::begunOf(const Partition& partition, Segment& segment) const {
  if (segment.begun) return *segment.begun;
  auto opened = files_.open(segment.path, runtime::OpenMode::Read);
  if (!opened) return opened.error();
  WEIR_TRY_ASSIGN(begun, readSegmentHeader(**opened, partition.id, segment.name.base, segment.path));
  segment.begun = begun;
  return begun;
}

// So that rows can go in time, a segment takes rows of a part of it only.
Result<bool> EmbeddedLog::isOld(const PendingAppend& pending) {
  if (pending.segment == nullptr || options_.clock == nullptr) return false;
  Duration retention = 0;
  {
    const std::lock_guard lock(mutex_);
    retention = pending.partition->topic->spec.retentionTime;
  }
  if (retention < 0) return false;
  WEIR_TRY_ASSIGN(begun, begunOf(*pending.partition, *pending.segment));
  return begun * kSecond < now() - retention / kSegmentsPerRetention;
}

void EmbeddedLog::tellOfHold(const Partition& partition) {
  if (options_.logger == nullptr || options_.clock == nullptr) return;
  const Instant time = options_.clock->monotonic();
  const auto [told, isFirst] = holdTold_.try_emplace(partition.id.topic, time);
  if (!isFirst && time < told->second + kTellOfHold) return;
  told->second = time;
  std::string reader;
  std::int64_t offset = INT64_MAX;
  std::int64_t end = 0;
  std::int64_t held = 0;
  {
    const std::lock_guard lock(mutex_);
    end = partition.end;
    for (const auto& [name, at] : partition.holds) {
      if (at < offset) reader = name;
      offset = std::min(offset, at);
    }
    for (const auto& other : partition.topic->partitions) held += other->heldBytes;
  }
  options_.logger->write(LogLevel::Warning, reader,
                         "It has " + std::to_string(end - offset) + " rows of topic '" + partition.id.topic +
                             "', partition " + std::to_string(partition.id.partition) +
                             ", still to read: the topic keeps " + mebibytes(held) +
                             " more than its retention says. If it will never read them, "
                             "`weir home drop` lets go of them.");
}

}  // namespace weir::embedded
