// Topics in memory: what is common to logs that keep them there. Without a lock of its own.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

// What the positions of a log count.
enum class Numbering : std::uint8_t {
  Rows,    // a run without rows has none
  Records  // each run is one, and so is whatever else stands between them
};

// Every run is a segment of its own: trim and retention drop whole runs.
class MemoryTopics {
 public:
  // Without a clock nothing is ever too old.
  MemoryTopics(Numbering numbering, const Clock* clock) : numbering_(numbering), clock_(clock) {}

  Result<void> ensure(const TopicSpec& spec);
  std::vector<TopicSpec> specs() const;
  Result<void> drop(const std::string& topic);
  std::vector<TopicFigures> figures() const;

  // `mutex` is what the caller guards these topics with.
  Result<std::unique_ptr<PartitionReader>> read(std::mutex& mutex, const PartitionId& id, Position from) const;
  Result<Position> end(const PartitionId& id) const;
  Result<Lag> lag(const PartitionId& id, Position from) const;

  // Whether everything in it can be appended.
  Result<void> check(const Commit& commit) const;
  // After a check. First what is consumed, so that retention knows.
  void append(const Commit& commit);
  // Positions that nobody will read anything at.
  void skip(const PartitionId& id, std::int64_t positions);
  // Partitions that a commit appends to, with what it appends: those for every partition have their runs in each.
  std::map<PartitionId, std::int64_t> runsByPartition(const Commit& commit) const;

  // Lets go of what is too old; answers when to look again.
  Instant expire();
  Result<void> trim(const PartitionId& id, Position position);
  void release(const std::string& reader);

 private:
  class Reader;
  struct Partition {
    std::deque<Run> runs;
    std::deque<Timestamp> appended;  // of each run
    std::map<std::string, Position> holds;
    std::int64_t heldBytes = 0;
    std::int64_t firstRun = 0;  // number of the run at the front, counted since the beginning
    Position start;
    Position end;
    std::int64_t bytes = 0;
    std::int64_t rows = 0;
    std::int64_t rowsRemoved = 0;
  };
  struct Topic {
    TopicSpec spec;
    std::vector<Partition> partitions;
  };

  Result<const Partition*> find(const PartitionId& id) const;
  Partition& at(const PartitionId& id);
  static void dropFirst(Partition& partition);
  std::optional<std::int64_t> rowsBetween(Position from, Position to) const;
  void append(const std::vector<PartitionAppend>& appends);
  void append(Partition& partition, const RunToAppend& run) const;
  void applyRetention(const TopicSpec& spec, Partition& partition) const;

  Numbering numbering_;
  const Clock* clock_;
  std::map<std::string, Topic> topics_;
};

}  // namespace weir::runtime
