// What a commit removes: segments that nobody needs any more, and those that are too old or too much for their topic.
// Never the last one of a partition, and never what a reader of the home has still to read. So that the rows of the
// last one can go too, an old one is followed by one without rows when nobody has written for long.
#include <algorithm>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"

namespace weir::embedded {

namespace {

constexpr Duration kCheckIdleTopics = 60 * kSecond;
constexpr Duration kTellOfHold = 60 * kSecond;
constexpr Duration kLongestRest = 3600 * kSecond;  // somebody may set the clock meanwhile
constexpr Duration kSegmentsPerRetention = 8;      // rows go at most this part of their time too late

// "312 KiB", "1.4 MiB".
std::string bytesText(std::int64_t bytes) {
  constexpr std::int64_t kKibi = 1024;
  if (bytes < kKibi) return std::to_string(bytes) + " bytes";
  if (bytes < kKibi * kKibi) return std::to_string(bytes / kKibi) + " KiB";
  const std::int64_t tenths = bytes / (kKibi * kKibi / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

}  // namespace

bool EmbeddedLog::isTimeToLook() {
  if (options_.clock == nullptr || options_.clock->monotonic() < retentionDue_) return false;
  retentionDue_ = options_.clock->monotonic() + kCheckIdleTopics;
  return true;
}

Result<Instant> EmbeddedLog::expire() {
  WEIR_TRY(whole());
  if (looking_ || options_.clock == nullptr) return Instant::never();
  // What the first look has put an end to, the second one may remove.
  for (int look = 0; look < 2; ++look) {
    retentionDue_ = {};
    WEIR_TRY(commit({}));
  }
  auto next = nextExpiry();
  if (!next) return fail(next.error());
  return next;
}

// When a segment becomes too old for more rows, or its rows too old to be kept.
Result<Instant> EmbeddedLog::nextExpiry() {
  struct Candidate {
    Partition* partition;
    SegmentRef segment;
    Duration lasts;
  };
  std::vector<Candidate> candidates;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [name, topic] : topics_) {
      const Duration time = topic.spec.retentionTime;
      if (time < 0) continue;
      for (const auto& partition : topic.partitions) {
        const std::vector<SegmentRef>& segments = partition->segments;
        if (segments.empty()) continue;
        if (segments.size() > 1) candidates.push_back({partition.get(), segments[1], time});
        if (segments.back()->name.base == partition->end) continue;
        candidates.push_back({partition.get(), segments.back(), time / kSegmentsPerRetention});
      }
    }
  }
  if (candidates.empty()) return Instant::never();
  Timestamp next = INT64_MAX;
  for (const Candidate& candidate : candidates) {
    WEIR_TRY_ASSIGN(begun, begunOf(*candidate.partition, *candidate.segment));
    next = std::min(next, begun * kSecond + candidate.lasts);
  }
  // No oftener than now and then, as a reader may hold what is too old.
  return options_.clock->monotonic() + std::clamp(next - now(), kCheckIdleTopics, kLongestRest);
}

// Partitions that nobody has written to for so long that their last rows will soon be too old.
Result<std::vector<EmbeddedLog::Partition*>> EmbeddedLog::findToRoll() {
  std::vector<std::pair<Partition*, PendingAppend>> candidates;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [name, topic] : topics_) {
      if (topic.spec.retentionTime < 0) continue;
      for (const auto& partition : topic.partitions) {
        if (partition->segments.empty() || partition->segments.back()->name.base == partition->end) continue;
        PendingAppend last;
        last.partition = partition.get();
        last.segment = partition->segments.back();
        candidates.emplace_back(partition.get(), std::move(last));
      }
    }
  }
  std::vector<Partition*> old;
  for (const auto& [partition, last] : candidates) {
    WEIR_TRY_ASSIGN(isOne, isOld(last));
    if (isOne) old.push_back(partition);
  }
  return old;
}

Result<std::vector<EmbeddedLog::Removal>> EmbeddedLog::findRemovals(const PendingCommit& commit, bool everywhere) {
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
    if (everywhere) {
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
  bool retentionIsNew = false;
  std::int64_t end = 0;
  {
    const std::lock_guard lock(mutex_);
    segments = partition.segments;
    spec = partition.topic->spec;
    retentionIsNew = partition.topic->retentionIsNew;
    end = partition.end;
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
      // Whatever stands in a segment was appended before the next one was begun. Those of an earlier version do not
      // know when that was, but were begun before the next one that does.
      std::uint32_t next = 0;
      for (std::size_t later = i + 1; next == 0 && later < segments.size(); ++later) {
        WEIR_TRY_ASSIGN(begun, begunOf(partition, *segments[later]));
        next = begun;
      }
      tooOld = next != 0 && next * kSecond <= now() - spec.retentionTime;
      // Nor does it take rows when it is old itself, unless that meant something else.
      if (!tooOld && !retentionIsNew) {
        WEIR_TRY_ASSIGN(begun, begunOf(partition, *segments[i]));
        const Duration takesRows = spec.retentionTime / kSegmentsPerRetention + kSecond;
        tooOld = begun != 0 && begun * kSecond + takesRows <= now() - spec.retentionTime;
      }
    }
    if (!tooMuch && !tooOld) break;
    bytes -= static_cast<std::int64_t>(segments[i]->size);
    const std::int64_t next = segments[i + 1]->name.base;
    // A reader that has come to the end of the rows may have to read on in this segment, but where the next one has
    // no rows, and so all that there is to be read behind them.
    free = free && (next < needed || (next == needed && i + 2 == segments.size() && next == end));
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
  std::string node;
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
    if (const auto name = readerNames_.find(reader); name != readerNames_.end()) node = name->second;
    for (const auto& other : partition.topic->partitions) held += other->heldBytes;
  }
  const std::string what = std::to_string(end - offset) + (end - offset == 1 ? " row" : " rows") + " of topic '" +
                           partition.id.topic + "', partition " + std::to_string(partition.id.partition) +
                           ", still to read: the topic keeps " + bytesText(held) + " more than its retention says. ";
  if (!node.empty()) {
    options_.logger->write(LogLevel::Warning, node,
                           "It is behind. It, or what is on the way to it, has " + what +
                               "Make that faster, or let the topic keep its rows for longer.");
  } else {
    options_.logger->write(
        LogLevel::Warning, reader,
        "It is not in the topology that runs, and has " + what + "`weir home drop " + reader + "` lets go of them.");
  }
}

}  // namespace weir::embedded
