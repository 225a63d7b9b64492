// The Log port: topics of partitions of runs; a commit appends to many partitions at once or not at all.
//
// A run is what one writer appends to one partition in one commit: rows, or changelog entries, or only
// what it has to say about time. The log does not look into bodies. Offsets count rows; a run without
// rows stands at the offset of the row after it, and may be read twice after a restart: WriterMark::sequence tells. Of
// several such runs of one writer that no row separates, the last one may be all that is read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace weir::runtime {

struct PartitionId {
  std::string topic;
  std::int32_t partition = 0;
  friend auto operator<=>(const PartitionId&, const PartitionId&) = default;
};

// Instead of a partition, in a PartitionAppend: its runs, none of which has rows, stand in every partition of the
// topic, behind what the same commit appends there. They cost the same for one partition as for a thousand.
inline constexpr std::int32_t kEveryPartition = -1;

// Each start of a home numbers the runs of its writers from a multiple of this on.
inline constexpr std::int64_t kSequencesPerStart = 1LL << 40;

enum class WriterState : std::uint8_t {
  Active,
  Idle,   // silent for now: time goes on without it
  Ended,  // its input has ended: nothing comes before another generation, and time goes on without it
  Left    // it goes on as another generation, and holds time where it stood until that speaks
};

// What a writer says about time, in order with its rows. `count` writers make up a generation.
struct WriterMark {
  std::int32_t writer = 0;
  std::int32_t count = 0;  // 0: this run says nothing about time (changelogs)
  std::int64_t generation = 0;
  // Numbers the runs of a writer: each is above all before it, those of earlier starts of the home too. A reader that
  // comes back knows by it what it has heard. Below kSequencesPerStart: not numbered.
  std::int64_t sequence = 0;
  std::int64_t watermark = INT64_MIN;
  WriterState state = WriterState::Active;
  friend bool operator==(const WriterMark&, const WriterMark&) = default;
};

struct RunHeader {
  std::int64_t offset = 0;  // of the first row; set by the log
  std::int32_t rows = 0;
  WriterMark mark;
};

// Bytes shared between a reader's buffer and the batches that point into it.
struct SharedBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> owner;  // shared: batches outlive the read that made them
};

// A run on its way into the log. The body stays valid until the commit is over.
struct RunToAppend {
  RunHeader header;
  std::vector<std::byte> body;
};

struct PartitionAppend {
  PartitionId partition;
  std::vector<RunToAppend> runs;
};

struct Run {
  RunHeader header;
  SharedBytes body;
};

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

// Reads published runs of one partition in order. One thread at a time.
class PartitionReader {
 public:
  virtual ~PartitionReader() = default;
  // The next run, or nothing when everything published has been read.
  virtual Result<std::optional<Run>> next() = 0;
  // Offset after the last run read.
  virtual std::int64_t offset() const = 0;
};

// [any] unless said otherwise.
class Log {
 public:
  virtual ~Log() = default;

  // Creates a topic, or checks that the one that exists has as many partitions (see TopicSpec::mayGrow). Durable on
  // return.
  virtual Result<void> ensureTopic(const TopicSpec& spec) = 0;
  virtual Result<std::vector<TopicSpec>> topics() const = 0;

  // A reader that starts with the run that holds `offset`, or with the first one kept when that is later.
  virtual Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, std::int64_t offset) = 0;
  virtual Result<std::int64_t> publishedEnd(const PartitionId& partition) const = 0;
  // Published bytes at and after `offset`: what a reader at that offset has before it.
  virtual Result<std::int64_t> bytesAfter(const PartitionId& partition, std::int64_t offset) const = 0;

  // Appends everything, makes it durable and publishes it, atomically over all partitions. One caller at a
  // time. After an error the log refuses everything until it is opened again.
  virtual Result<void> commit(const std::vector<PartitionAppend>& appends) = 0;

  // Lets go of rows that are older than their topic keeps them, of topics that nobody writes to as well. As `commit`;
  // answers when to look again, never where nothing can become too old.
  virtual Result<Instant> expire() { return Instant::never(); }

  // An error once something has failed after which everything is refused.
  virtual Result<void> usable() const { return {}; }

  // Rows before `offset` are not needed any more: whole segments of them may go. Never lowers the start.
  virtual Result<void> trim(const PartitionId& partition, std::int64_t offset) = 0;

  // `reader` has still to read the rows from `offset` on: retention does not take them, whatever it is set to, until
  // the same reader says something else. Kept with the next commit, so that a restart knows before anything is removed.
  virtual Result<void> hold(const PartitionId& partition, const std::string& reader, std::int64_t offset) = 0;
  // For messages, kept in memory alone: the node of the drawing that is behind when `reader` is. A reader that has not
  // been told of is none of the drawing that runs.
  virtual void nameReader(const std::string& reader, const std::string& node) {
    static_cast<void>(reader), static_cast<void>(node);
  }
  // `reader` will read nothing of this log any more.
  virtual Result<void> release(const std::string& reader) = 0;

  // Removes a topic for good, and everything in it. Nobody reads it; otherwise as `commit`.
  virtual Result<void> dropTopic(const std::string& topic) = 0;
  virtual Result<std::vector<TopicFigures>> figures() const = 0;

  // Called after every commit, on the committing thread: wakes whoever reads. Replaces the listener before;
  // an empty one removes it.
  virtual void onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) = 0;
};

}  // namespace weir::runtime
