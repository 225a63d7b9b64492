#include "runtime/memory/memory_log.hpp"

#include <algorithm>

namespace weir::runtime {

namespace {

std::string nameOf(const PartitionId& id) {
  return "partition " + std::to_string(id.partition) + " of topic '" + id.topic + "'";
}

std::int64_t sizeOf(const Run& run) {
  return static_cast<std::int64_t>(run.body.bytes.size());
}

// Whether a reader at `offset` still wants this run.
bool reaches(const Run& run, std::int64_t offset) {
  return run.header.rows == 0 ? run.header.offset >= offset : run.header.offset + run.header.rows > offset;
}

}  // namespace

class MemoryLog::Reader final : public PartitionReader {
 public:
  Reader(const MemoryLog& log, PartitionId id, std::int64_t nextRun, std::int64_t offset)
      : log_(log), id_(std::move(id)), nextRun_(nextRun), offset_(offset) {}

  Result<std::optional<Run>> next() override {
    const std::lock_guard lock(log_.mutex_);
    WEIR_TRY_ASSIGN(partition, log_.find(id_));
    nextRun_ = std::max(nextRun_, partition->firstRun);
    const auto index = static_cast<std::size_t>(nextRun_ - partition->firstRun);
    if (index >= partition->runs.size()) return std::optional<Run>();
    const Run& run = partition->runs[index];
    ++nextRun_;
    offset_ = run.header.offset + run.header.rows;
    return std::optional<Run>(run);
  }
  std::int64_t offset() const override { return offset_; }

 private:
  const MemoryLog& log_;
  PartitionId id_;
  std::int64_t nextRun_;
  std::int64_t offset_;
};

Result<const MemoryLog::Partition*> MemoryLog::find(const PartitionId& id) const {
  const auto topic = topics_.find(id.topic);
  if (topic == topics_.end() || id.partition < 0 || id.partition >= topic->second.spec.partitions) {
    return configError("The log has no " + nameOf(id) + "; create the topic first.");
  }
  return &topic->second.partitions[static_cast<std::size_t>(id.partition)];
}

Result<void> MemoryLog::ensureTopic(const TopicSpec& spec) {
  const std::lock_guard lock(mutex_);
  if (spec.name.empty() || spec.partitions < 1) {
    return configError("Topic '" + spec.name + "' needs a name and at least one partition.");
  }
  const auto found = topics_.find(spec.name);
  if (found == topics_.end()) {
    topics_[spec.name] = Topic{spec, std::vector<Partition>(static_cast<std::size_t>(spec.partitions))};
    return {};
  }
  const std::int32_t known = found->second.spec.partitions;
  if (known != spec.partitions && !spec.mayGrow) {
    return configError("Topic '" + spec.name + "' has " + std::to_string(known) + " partitions, and not " +
                       std::to_string(spec.partitions) + "; give it another name or the old number.");
  }
  found->second.spec = spec;
  found->second.spec.partitions = std::max(known, spec.partitions);
  found->second.partitions.resize(static_cast<std::size_t>(found->second.spec.partitions));
  return {};
}

Result<std::vector<TopicSpec>> MemoryLog::topics() const {
  const std::lock_guard lock(mutex_);
  std::vector<TopicSpec> specs;
  for (const auto& [name, topic] : topics_) specs.push_back(topic.spec);
  return specs;
}

Result<std::unique_ptr<PartitionReader>> MemoryLog::read(const PartitionId& id, std::int64_t offset) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  if (offset > partition->end) {
    return corruptError("A reader of " + nameOf(id) + " starts at offset " + std::to_string(offset) +
                        ", but the partition ends at " + std::to_string(partition->end) +
                        ": the log has lost rows that were read before.");
  }
  const auto first = std::find_if(partition->runs.begin(), partition->runs.end(),
                                  [&](const Run& run) { return reaches(run, offset); });
  return std::unique_ptr<PartitionReader>(std::make_unique<Reader>(
      *this, id, partition->firstRun + (first - partition->runs.begin()), std::max(offset, partition->start)));
}

Result<std::int64_t> MemoryLog::publishedEnd(const PartitionId& id) const {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  return partition->end;
}

Result<std::int64_t> MemoryLog::bytesAfter(const PartitionId& id, std::int64_t offset) const {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  std::int64_t bytes = 0;
  if (offset >= partition->end) return bytes;
  for (const Run& run : partition->runs) bytes += reaches(run, offset) ? sizeOf(run) : 0;
  return bytes;
}

Result<void> MemoryLog::commit(const std::vector<PartitionAppend>& appends) {
  std::function<void(const std::vector<PartitionAppend>&)> listener;
  {
    const std::lock_guard lock(mutex_);
    for (const PartitionAppend& append : appends) {
      const bool every = append.partition.partition == kEveryPartition;
      WEIR_TRY(find(every ? PartitionId{append.partition.topic, 0} : append.partition));
    }
    for (const PartitionAppend& append : appends) {
      if (append.partition.partition == kEveryPartition) continue;
      Topic& topic = topics_[append.partition.topic];
      Partition& partition = topic.partitions[static_cast<std::size_t>(append.partition.partition)];
      for (const RunToAppend& run : append.runs) this->append(partition, run);
      applyRetention(topic.spec, partition);
    }
    for (const PartitionAppend& append : appends) {
      if (append.partition.partition != kEveryPartition) continue;
      for (Partition& partition : topics_[append.partition.topic].partitions) {
        for (const RunToAppend& run : append.runs) this->append(partition, run);
      }
    }
    listener = listener_;
  }
  if (listener) listener(appends);
  return {};
}

void MemoryLog::append(Partition& partition, const RunToAppend& run) const {
  // Shared: readers keep a body after trim has dropped its run.
  auto body = std::make_shared<const std::vector<std::byte>>(run.body);
  Run kept{run.header, SharedBytes{*body, body}};
  kept.header.offset = partition.end;
  partition.end += run.header.rows;
  partition.bytes += sizeOf(kept);
  partition.runs.push_back(std::move(kept));
  partition.appended.push_back(clock_ == nullptr ? INT64_MAX : clock_->now());
}

void MemoryLog::dropFirst(Partition& partition) {
  const Run& run = partition.runs.front();
  partition.start = run.header.offset + run.header.rows;
  partition.bytes -= sizeOf(run);
  ++partition.firstRun;
  partition.runs.pop_front();
  partition.appended.pop_front();
}

void MemoryLog::applyRetention(const TopicSpec& spec, Partition& partition) const {
  std::int64_t needed = INT64_MAX;
  for (const auto& [reader, offset] : partition.holds) needed = std::min(needed, offset);
  std::int64_t bytes = partition.bytes;
  partition.heldBytes = 0;
  bool free = true;
  std::size_t removable = 0;
  for (std::size_t i = 0; i < partition.runs.size(); ++i) {
    const Run& run = partition.runs[i];
    // The last one goes for its age alone, and words about time stay until others follow.
    const bool isLast = i + 1 == partition.runs.size();
    if (isLast && run.header.rows == 0) break;
    const bool tooMuch = !isLast && spec.retentionBytes >= 0 && bytes > spec.retentionBytes;
    const bool tooOld =
        spec.retentionTime >= 0 && clock_ != nullptr && partition.appended[i] < clock_->now() - spec.retentionTime;
    if (!tooMuch && !tooOld) break;
    bytes -= sizeOf(run);
    free = free && run.header.offset + run.header.rows <= needed && run.header.offset < needed;
    if (free) {
      ++removable;
    } else {
      partition.heldBytes += sizeOf(run);
    }
  }
  for (std::size_t i = 0; i < removable; ++i) dropFirst(partition);
}

Result<Instant> MemoryLog::expire() {
  const std::lock_guard lock(mutex_);
  if (clock_ == nullptr) return Instant::never();
  Timestamp next = INT64_MAX;
  for (auto& [name, topic] : topics_) {
    if (topic.spec.retentionTime < 0) continue;
    for (Partition& partition : topic.partitions) {
      applyRetention(topic.spec, partition);
      if (partition.start < partition.end) {
        next = std::min(next, partition.appended.front() + topic.spec.retentionTime + 1);
      }
    }
  }
  if (next == INT64_MAX) return Instant::never();
  return clock_->monotonic() + std::max<Duration>(next - clock_->now(), kSecond);
}

Result<void> MemoryLog::hold(const PartitionId& id, const std::string& reader, std::int64_t offset) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY(find(id));
  topics_[id.topic].partitions[static_cast<std::size_t>(id.partition)].holds[reader] = offset;
  return {};
}

Result<void> MemoryLog::release(const std::string& reader) {
  const std::lock_guard lock(mutex_);
  for (auto& [name, topic] : topics_) {
    for (Partition& partition : topic.partitions) partition.holds.erase(reader);
  }
  return {};
}

Result<void> MemoryLog::dropTopic(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (topics_.erase(name) == 0) return configError("The log has no topic '" + name + "'.");
  return {};
}

Result<std::vector<TopicFigures>> MemoryLog::figures() const {
  const std::lock_guard lock(mutex_);
  std::vector<TopicFigures> all;
  for (const auto& [name, topic] : topics_) {
    TopicFigures figures;
    figures.topic = name;
    for (const Partition& partition : topic.partitions) {
      figures.bytes += partition.bytes;
      figures.rows += partition.end - partition.start;
      figures.rowsRemoved += partition.start;
      figures.heldBytes += partition.heldBytes;
    }
    all.push_back(std::move(figures));
  }
  return all;
}

Result<void> MemoryLog::trim(const PartitionId& id, std::int64_t offset) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY(find(id));
  Partition& partition = topics_[id.topic].partitions[static_cast<std::size_t>(id.partition)];
  // A run without rows that stands at the offset may not have been read yet.
  const auto passed = [offset](const RunHeader& run) { return run.offset < offset && run.offset + run.rows <= offset; };
  while (partition.runs.size() > 1 && passed(partition.runs.front().header)) dropFirst(partition);
  return {};
}

void MemoryLog::onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace weir::runtime
