// The Log port over segment files and a journal, in one folder.
//
// A commit appends to every partition, syncs every file that it touched, writes one journal record, syncs
// that, and then shows the new ends to readers. Whatever no journal record covers is cut off when the log is opened.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "adapters/embedded/crash_points.hpp"
#include "adapters/embedded/log/journal.hpp"
#include "adapters/embedded/log/segment_index.hpp"
#include "runtime/ports/files.hpp"
#include "runtime/ports/log.hpp"

namespace weir::embedded {

struct EmbeddedLogOptions {
  std::string folder;  // made when missing; the caller holds the home's lock
  CrashPoints crashPoints;
  std::uint64_t journalLimit = 1 << 20;  // a longer journal is compacted
  // Writes the journal record before the data is synced. Wrong; only to prove that the crash tests notice.
  bool journalBeforeData = false;
};

class EmbeddedLog final : public runtime::Log {
 public:
  // Recovers what is in the folder. `files` outlives the log.
  static Result<std::unique_ptr<EmbeddedLog>> open(runtime::Files& files, EmbeddedLogOptions options);

  Result<void> ensureTopic(const runtime::TopicSpec& spec) override;
  Result<std::vector<runtime::TopicSpec>> topics() const override;
  Result<std::unique_ptr<runtime::PartitionReader>> read(const runtime::PartitionId& partition,
                                                         std::int64_t offset) override;
  Result<std::int64_t> publishedEnd(const runtime::PartitionId& partition) const override;
  Result<std::int64_t> bytesAfter(const runtime::PartitionId& partition, std::int64_t offset) const override;
  Result<void> commit(const std::vector<runtime::PartitionAppend>& appends) override;
  // Files go with the next commit, whose record says so.
  Result<void> trim(const runtime::PartitionId& partition, std::int64_t offset) override;
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
  };
  // Shared: readers go on in a segment that has been trimmed under them.
  using SegmentRef = std::shared_ptr<Segment>;

  struct Partition {
    runtime::PartitionId id;
    std::string folder;
    // Under mutex_.
    std::vector<SegmentRef> segments;
    std::int64_t end = 0;
    std::int64_t trimTo = 0;
    // Committing thread only.
    std::unique_ptr<runtime::File> active;
    std::uint32_t lastSerial = 0;
  };

  struct Topic {
    runtime::TopicSpec spec;
    std::vector<std::unique_ptr<Partition>> partitions;
  };

  // What a commit does to one partition.
  struct PendingAppend {
    Partition* partition = nullptr;
    const runtime::TopicSpec* spec = nullptr;
    std::vector<const runtime::RunToAppend*> runs;
    SegmentRef segment;
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

  EmbeddedLog(runtime::Files& files, EmbeddedLogOptions options) : files_(files), options_(std::move(options)) {}

  Result<void> recover();
  Result<void> recoverTopic(const std::string& folder, std::set<std::uint32_t>& seen);
  Result<void> recoverPartition(Partition& partition, const PartitionState* state);
  Result<void> truncate(const Segment& segment, const runtime::PartitionId& id, const PublishedEnd& end);

  Result<void> append(PendingAppend& pending);
  Result<void> roll(PendingAppend& pending);
  Result<void> syncData(const std::vector<PendingAppend>& pending);
  Result<void> writeJournal(const std::vector<PendingAppend>& pending, const std::vector<Removal>& removals);
  Result<void> doCommit(std::vector<PendingAppend>& pending, const std::vector<Removal>& removals);
  void publish(std::vector<PendingAppend>& pending, const std::vector<Removal>& removals);
  Result<void> removeFiles(const std::vector<Removal>& removals);
  Result<std::vector<Removal>> findRemovals(const std::vector<PendingAppend>& pending);

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
  std::set<Partition*> toTrim_;
  std::function<void(const std::vector<runtime::PartitionAppend>&)> listener_;
  std::mutex topicCreation_;
};

}  // namespace weir::embedded
