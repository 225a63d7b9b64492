// The Log port over segment files and a journal, in one folder. Its positions are offsets, which count rows.
//
// A commit appends to every partition, syncs every file that it touched, writes one journal record, syncs
// that, and then shows the new ends to readers. Whatever no journal record covers is cut off when the log is opened.
//
// Runs for every partition stand in the journal alone, the last one of each writer. A reader meets them at the
// published end; rows that come to a partition later are written behind a copy of those that it does not have yet. What
// is announced is in memory alone, and stands behind both.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/adapters/embedded/files/crash_points.hpp"
#include "core/adapters/embedded/segments/journal.hpp"
#include "core/adapters/embedded/segments/segment_index.hpp"
#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/runtime/ports/files.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::embedded {

struct EmbeddedLogOptions {
  std::string folder;  // made when missing; the caller holds the home's lock
  CrashPoints crashPoints;
  const Clock* clock = nullptr;  // without it nothing is ever too old
  Logger* logger = nullptr;
  std::uint64_t journalLimit = 1 << 20;  // a longer journal is compacted
};

class EmbeddedLog final : public runtime::Log {
 public:
  // Recovers what is in the folder. `files` outlives the log.
  static Result<std::unique_ptr<EmbeddedLog>> open(runtime::Files& files, EmbeddedLogOptions options);
  // For somebody who only looks, beside a runner that has the home's lock or without one: changes nothing, needs no
  // lock, and sees what was published when it was opened or last refreshed.
  static Result<std::unique_ptr<EmbeddedLog>> look(runtime::Files& files, const std::string& folder);
  // Takes in what has been published, and removed, since then. Beside its readers.
  Result<void> refresh();

  Result<void> ensureTopic(const runtime::TopicSpec& spec) override;
  Result<std::vector<runtime::TopicSpec>> topics() const override;
  Result<std::unique_ptr<runtime::PartitionReader>> read(const runtime::PartitionId& partition,
                                                         runtime::Position from) override;
  Result<runtime::Position> publishedEnd(const runtime::PartitionId& partition) const override;
  Result<runtime::Lag> lag(const runtime::PartitionId& partition, runtime::Position from) const override;
  runtime::CommitResult commit(const runtime::Commit& commit) override;
  bool announce(const runtime::PartitionAppend& words) override;
  Result<Instant> expire() override;
  Result<void> usable() const override { return whole(); }
  // Files go with the next commit, whose record says so.
  Result<void> trim(const runtime::PartitionId& partition, runtime::Position position) override;
  void nameReader(const std::string& reader, const std::string& node) override;
  Result<void> release(const std::string& reader) override;
  Result<void> dropTopic(const std::string& topic) override;
  Result<std::vector<runtime::TopicFigures>> figures() const override;
  void onPublished(std::function<void(const std::vector<runtime::PartitionAppend>&)> listener) override;

 private:
  friend class SegmentReader;

  struct Segment {
    SegmentName name;
    std::string path;
    // The rest: under mutex_.
    std::uint64_t size = 0;  // published bytes
    bool indexed = false;    // `index` covers the segment from its beginning
    SegmentIndex index;
    std::optional<std::uint32_t>
        begun;  // seconds by the clock, 0: nobody knows; unset: not looked at. Committing thread
  };
  // Shared: readers go on in a segment that has been trimmed under them.
  using SegmentRef = std::shared_ptr<Segment>;

  struct Topic;
  struct Partition {
    runtime::PartitionId id;
    std::string folder;
    const Topic* topic = nullptr;
    // Under mutex_.
    std::vector<SegmentRef> segments;
    std::int64_t end = 0;
    std::uint64_t touched = 0;  // the last commit that wrote to it: marks of earlier ones stand in it
    std::int64_t trimTo = 0;
    std::map<std::string, std::int64_t> holds;  // by reader
    std::set<std::string> heldAnew;             // the journal does not know yet
    std::int64_t heldBytes = 0;
    // Committing thread only.
    std::unique_ptr<runtime::File> active;
    bool unsynced = false;  // something was written to it since the last sync
    std::uint32_t lastSerial = 0;
  };

  struct Topic {
    runtime::TopicSpec spec;
    std::string folder;
    std::vector<std::unique_ptr<Partition>> partitions;
    TopicMarks marks;  // under mutex_
    // Under mutex_: what was announced, by writer the last, numbered as it came. Nothing of it is on the disk.
    TopicMarks announced;
    std::uint64_t lastAnnounced = 0;
    bool retentionIsNew = false;  // it was another one when rows were last written; under mutex_
  };

  // What a commit does to one partition.
  struct PendingAppend {
    Partition* partition = nullptr;
    std::vector<const runtime::RunToAppend*> runs;
    std::vector<std::shared_ptr<const runtime::RunToAppend>> marksBefore;  // that it does not have yet
    SegmentRef segment;
    bool onlyRolls = false;  // nothing comes to it: so that what is in it can go
    bool rolled = false;
    std::uint64_t from = 0;
    std::uint64_t position = 0;
    std::int64_t end = 0;
    SegmentIndex index;
  };
  struct Removal {
    Partition* partition = nullptr;
    std::vector<SegmentRef> segments;
  };
  struct NewHold {
    Partition* partition = nullptr;
    std::string reader;
    std::int64_t offset = 0;
  };
  struct PendingCommit {
    std::vector<PendingAppend> appends;
    std::vector<std::pair<Topic*, std::shared_ptr<const runtime::RunToAppend>>> marks;  // for every partition
    std::vector<std::pair<Topic*, std::int64_t>> marksGone;  // of generations before this one
    std::vector<Removal> removals;
    std::vector<NewHold> holds;
    bool empty() const { return appends.empty() && marks.empty() && removals.empty() && holds.empty(); }
  };

  EmbeddedLog(runtime::Files& files, EmbeddedLogOptions options) : files_(files), options_(std::move(options)) {}

  Result<void> recover();
  Result<void> recoverTopic(const std::string& folder, std::set<std::uint32_t>& seen);
  Result<void> recoverPartition(Partition& partition, const PartitionState* state);
  Result<std::map<std::uint32_t, SegmentRef>> findSegments(const Partition& partition, std::uint32_t first,
                                                           std::uint32_t last);
  Result<void> truncate(const Segment& segment, const runtime::PartitionId& id, const PublishedEnd& end);
  Result<void> lookAt(const PartitionState& state);
  Result<void> lookAtTopic(const std::string& folder);
  Result<std::uint64_t> sizeOf(const Segment& segment) const;
  static void addPartitions(Topic& topic);  // those of its description that are not there yet

  Result<PendingCommit> gather(const runtime::Commit& commit, const std::vector<Partition*>& toRoll);
  Result<void> gather(const std::vector<runtime::PartitionAppend>& appends, PendingCommit& commit,
                      std::map<Partition*, std::size_t>& places);
  void hold(Partition& partition, const std::string& reader, std::int64_t offset);
  static PendingAppend& pendingOf(PendingCommit& commit, std::map<Partition*, std::size_t>& places,
                                  Partition& partition);
  void placeMarks(PendingCommit& commit, std::map<Partition*, std::size_t>& places);
  Result<void> appendRuns(PendingAppend& pending);
  Result<void> setActive(Partition& partition, std::unique_ptr<runtime::File> file);
  Result<void> roll(PendingAppend& pending);
  Result<bool> isOld(const PendingAppend& pending);
  Result<void> syncData(const std::vector<PendingAppend>& pending);
  Result<void> writeJournal(const PendingCommit& commit);
  Result<void> doCommit(PendingCommit& commit);
  void publish(PendingCommit& commit);
  Result<void> removeFiles(const std::vector<Removal>& removals);

  // Retention.
  bool isTimeToLook();
  Result<std::vector<Partition*>> findToRoll();
  Result<std::vector<Removal>> findRemovals(const PendingCommit& commit, bool everywhere);
  Result<std::size_t> countRemovable(Partition& partition, std::size_t trimmed);
  Result<std::uint32_t> begunOf(const Partition& partition, Segment& segment) const;
  Result<Instant> nextExpiry();
  void tellOfHold(const Partition& partition);
  Timestamp now() const { return options_.clock == nullptr ? INT64_MIN : options_.clock->now(); }

  Result<Partition*> find(const runtime::PartitionId& partition) const;  // under mutex_
  // Loads or builds the index of a segment that recovery found. Takes mutex_ itself, not during I/O.
  Result<void> ensureIndexed(const Partition& partition, const SegmentRef& segment) const;
  Result<void> whole() const;  // an error once something has failed
  Error fail(Error error);

  runtime::Files& files_;
  EmbeddedLogOptions options_;
  std::unique_ptr<Journal> journal_;

  std::atomic<bool> broken_ = false;
  mutable std::mutex mutex_;
  std::string failure_;  // under mutex_
  std::map<std::string, Topic> topics_;
  std::map<std::string, std::string> readerNames_;  // under mutex_
  std::set<Partition*> toTrim_;
  std::set<Partition*> heldAnew_;
  // So many files are open for appending, and as many for reading, but for those that are being read at the moment:
  // whatever the number of partitions.
  static constexpr std::size_t kMostOpen = 64;
  // Shared: a reader may be destroyed after the log.
  const std::shared_ptr<std::atomic<std::size_t>> openReaders_ = std::make_shared<std::atomic<std::size_t>>(0);
  // Committing thread.
  std::deque<Partition*> openForAppend_;
  Instant retentionDue_;                     // for topics that nobody writes to
  std::map<std::string, Instant> holdTold_;  // by topic: when its holders were last named
  bool looking_ = false;                     // changes nothing
  std::function<void(const std::vector<runtime::PartitionAppend>&)> listener_;
  std::mutex topicCreation_;
};

}  // namespace weir::embedded
