// The Log port in memory: for tests, the driver and previews. Nothing survives the object.
#pragma once

#include <deque>
#include <map>
#include <mutex>

#include "base/clock.hpp"
#include "runtime/ports/log.hpp"

namespace weir::runtime {

// [any] Every run is a segment of its own: trim and retention drop whole runs.
class MemoryLog final : public Log {
 public:
  MemoryLog() = default;
  // Without a clock nothing is ever too old.
  explicit MemoryLog(const Clock& clock) : clock_(&clock) {}

  Result<void> ensureTopic(const TopicSpec& spec) override;
  Result<std::vector<TopicSpec>> topics() const override;
  Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, std::int64_t offset) override;
  Result<std::int64_t> publishedEnd(const PartitionId& partition) const override;
  Result<std::int64_t> bytesAfter(const PartitionId& partition, std::int64_t offset) const override;
  Result<void> commit(const std::vector<PartitionAppend>& appends) override;
  Result<Instant> expire() override;
  Result<void> trim(const PartitionId& partition, std::int64_t offset) override;
  Result<void> hold(const PartitionId& partition, const std::string& reader, std::int64_t offset) override;
  Result<void> release(const std::string& reader) override;
  Result<void> dropTopic(const std::string& topic) override;
  Result<std::vector<TopicFigures>> figures() const override;
  void onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) override;

 private:
  class Reader;
  struct Partition {
    std::deque<Run> runs;
    std::deque<Timestamp> appended;  // of each run
    std::map<std::string, std::int64_t> holds;
    std::int64_t heldBytes = 0;
    std::int64_t firstRun = 0;  // number of the run at the front, counted since the beginning
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t bytes = 0;
  };
  struct Topic {
    TopicSpec spec;
    std::vector<Partition> partitions;
  };

  Result<const Partition*> find(const PartitionId& partition) const;
  static void dropFirst(Partition& partition);
  void append(Partition& partition, const RunToAppend& run) const;
  void applyRetention(const TopicSpec& spec, Partition& partition) const;

  const Clock* clock_ = nullptr;
  mutable std::mutex mutex_;
  std::map<std::string, Topic> topics_;
  std::function<void(const std::vector<PartitionAppend>&)> listener_;
};

}  // namespace weir::runtime
