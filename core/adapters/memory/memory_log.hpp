// The Log port in memory: for tests, the driver and previews. Nothing survives the object.
#pragma once

#include <mutex>

#include "core/adapters/memory/memory_topics.hpp"
#include "core/base/clock.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

// [any] As the log on disk, positions count rows. Every commit succeeds.
class MemoryLog final : public Log {
 public:
  MemoryLog() = default;
  // Without a clock nothing is ever too old.
  explicit MemoryLog(const Clock& clock) : topics_(Numbering::Rows, &clock) {}

  Result<void> ensureTopic(const TopicSpec& spec) override;
  Result<std::vector<TopicSpec>> topics() const override;
  Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, Position from) override;
  Result<Position> publishedEnd(const PartitionId& partition) const override;
  Result<Lag> lag(const PartitionId& partition, Position from) const override;
  CommitResult commit(const Commit& commit) override;
  bool announce(const PartitionAppend& words) override { return append({words}).ok(); }
  Result<Instant> expire() override;
  Result<void> trim(const PartitionId& partition, Position position) override;
  Result<void> release(const std::string& reader) override;
  Result<void> dropTopic(const std::string& topic) override;
  Result<std::vector<TopicFigures>> figures() const override;
  void onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) override;

 private:
  mutable std::mutex mutex_;  // guards what follows
  MemoryTopics topics_{Numbering::Rows, nullptr};
  std::function<void(const std::vector<PartitionAppend>&)> listener_;
};

}  // namespace weir::runtime
