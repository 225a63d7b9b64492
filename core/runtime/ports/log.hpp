// The Log port: topics of partitions of runs; a commit appends to many partitions at once or not at all.
//
// Positions ascend along a partition, and need not be dense: a log may use them up for what nobody reads. A run without
// rows may begin and end at the position where the next one begins; then it may be read twice after a restart, and
// WriterMark::sequence tells. Of several such runs of one writer that no row separates, the last one may be all that is
// read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/runtime/ports/commit.hpp"
#include "core/runtime/ports/position.hpp"
#include "core/runtime/ports/run.hpp"

namespace weir::runtime {

struct TopicSpec {
  std::string name;
  std::int32_t partitions = 1;
  std::int64_t segmentBytes = 64LL << 20;
  std::int64_t retentionTime = -1;   // microseconds since rows were appended; -1: for ever
  std::int64_t retentionBytes = -1;  // per partition; -1: no limit
  std::string description;           // opaque to the log, kept with the topic: its schema
  bool mayGrow = false;  // asks, and is not kept: a topic with fewer partitions gets more, one with more stays
};

// What a topic takes up on disk.
struct TopicFigures {
  std::string topic;
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::int64_t rows = 0;         // that are kept
  std::int64_t rowsRemoved = 0;  // by trimming and retention, since the topic was made
  std::int64_t heldBytes = 0;    // more than its retention allows, because a reader of the home still has to read them
};

// What a reader has before it.
struct Lag {
  std::int64_t bytes = 0;            // 0: no rows
  std::optional<std::int64_t> rows;  // where the log knows
};

// What a reader would have read if it had not been gone before.
struct Gap {
  Position from;
  Position to;                       // where it goes on
  std::optional<std::int64_t> rows;  // where the log knows; it may have been none
};

// Reads published runs of one partition in order. One thread at a time.
class PartitionReader {
 public:
  virtual ~PartitionReader() = default;
  // The next run. Nothing when everything published has been read, which `position` tells, or when the rest is on its
  // way to this reader; whoever was told by `Log::onPublished` asks again.
  virtual Result<std::optional<Run>> next() = 0;
  // Where it goes on: the end of the last run, and at the end the published one, whatever stands between them.
  virtual Position position() const = 0;
  // What it has passed over, before the run that it gave last or, new as it is, before its first one. Once.
  virtual std::optional<Gap> takeGap() = 0;
};

// [any] unless said otherwise.
class Log {
 public:
  virtual ~Log() = default;

  // Creates a topic, or checks that the one that exists has as many partitions (see TopicSpec::mayGrow). Durable on
  // return.
  virtual Result<void> ensureTopic(const TopicSpec& spec) = 0;
  virtual Result<std::vector<TopicSpec>> topics() const = 0;

  // A reader that starts with the run that holds `from`, or with the first one kept when that is later.
  virtual Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, Position from) = 0;
  // Everything published is before it. Position() where nothing ever was.
  virtual Result<Position> publishedEnd(const PartitionId& partition) const = 0;
  // Of a reader at `from`.
  virtual Result<Lag> lag(const PartitionId& partition, Position from) const = 0;

  // Appends everything, makes it durable and publishes it, atomically over all partitions; what is consumed is kept
  // with it. One caller at a time.
  virtual CommitResult commit(const Commit& commit) = 0;
  // A commit of nothing else.
  CommitResult append(std::vector<PartitionAppend> outputs) { return commit({std::move(outputs), {}, {}}); }

  // Lets go of rows that are older than their topic keeps them, of topics that nobody writes to as well. As `commit`;
  // answers when to look again, never where nothing can become too old.
  virtual Result<Instant> expire() { return Instant::never(); }

  // An error once something has failed after which everything is refused.
  virtual Result<void> usable() const { return {}; }

  // What is before `position` is not needed any more: whole segments of it may go. Never lowers the start.
  virtual Result<void> trim(const PartitionId& partition, Position position) = 0;
  // For messages, kept in memory alone: the node of the topology that is behind when `reader` (see Consumed) is. A
  // reader that has not been told of is none of the topology that runs.
  virtual void nameReader(const std::string& reader, const std::string& node) {
    static_cast<void>(reader), static_cast<void>(node);
  }
  // `reader` will read nothing of this log any more. Kept with the next commit.
  virtual Result<void> release(const std::string& reader) = 0;

  // Removes a topic for good, and everything in it; one of the same name is another one, from its beginning. Nobody
  // reads it. One caller at a time, with `commit`; after an error the log takes nothing more until it is opened again.
  virtual Result<void> dropTopic(const std::string& topic) = 0;
  virtual Result<std::vector<TopicFigures>> figures() const = 0;

  // Called when something was published, with the partitions of the outputs (their runs may be left out): wakes whoever
  // reads. On the committing thread, that of `announce`, or one of the log's own. Replaces the listener before; an
  // empty one removes it.
  virtual void onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) = 0;

  // Tells readers words about time for every partition of a topic, which their writer would say again after a restart:
  // they meet them at the published end, behind all rows, as those of a commit, and nothing is kept of them. Nothing of
  // the writer is being committed. False: this log tells nothing that it does not keep. [any], beside commits.
  virtual bool announce(const PartitionAppend& words) {
    static_cast<void>(words);
    return false;
  }
};

}  // namespace weir::runtime
