#include "core/adapters/memory/memory_log.hpp"

namespace weir::runtime {

Result<void> MemoryLog::ensureTopic(const TopicSpec& spec) {
  const std::lock_guard lock(mutex_);
  return topics_.ensure(spec);
}

Result<std::vector<TopicSpec>> MemoryLog::topics() const {
  const std::lock_guard lock(mutex_);
  return topics_.specs();
}

Result<std::unique_ptr<PartitionReader>> MemoryLog::read(const PartitionId& partition, Position from) {
  const std::lock_guard lock(mutex_);
  return topics_.read(mutex_, partition, from);
}

Result<Position> MemoryLog::publishedEnd(const PartitionId& partition) const {
  const std::lock_guard lock(mutex_);
  return topics_.end(partition);
}

Result<Lag> MemoryLog::lag(const PartitionId& partition, Position from) const {
  const std::lock_guard lock(mutex_);
  return topics_.lag(partition, from);
}

CommitResult MemoryLog::commit(const Commit& commit) {
  std::function<void(const std::vector<PartitionAppend>&)> listener;
  {
    const std::lock_guard lock(mutex_);
    if (const Result<void> good = topics_.check(commit); !good) return {CommitFailure::Aborted, good.error()};
    topics_.append(commit);
    listener = listener_;
  }
  if (listener) listener(commit.outputs);
  return {};
}

Result<Instant> MemoryLog::expire() {
  const std::lock_guard lock(mutex_);
  return topics_.expire();
}

Result<void> MemoryLog::trim(const PartitionId& partition, Position position) {
  const std::lock_guard lock(mutex_);
  return topics_.trim(partition, position);
}

Result<void> MemoryLog::release(const std::string& reader) {
  const std::lock_guard lock(mutex_);
  topics_.release(reader);
  return {};
}

Result<void> MemoryLog::dropTopic(const std::string& topic) {
  const std::lock_guard lock(mutex_);
  return topics_.drop(topic);
}

Result<std::vector<TopicFigures>> MemoryLog::figures() const {
  const std::lock_guard lock(mutex_);
  return topics_.figures();
}

void MemoryLog::onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace weir::runtime
