#include "core/adapters/memory/memory_topics.hpp"

#include <algorithm>

namespace weir::runtime {

namespace {

// Where positions count records, the rows of a run are numbered within it.
constexpr int kRowBits = 20;

std::string nameOf(const PartitionId& id) {
  return "partition " + std::to_string(id.partition) + " of topic '" + id.topic + "'";
}

std::int64_t sizeOf(const Run& run) {
  return static_cast<std::int64_t>(run.body.bytes.size());
}

Position after(Position position, std::int64_t count) {
  return Position::of(position.value() + count);
}

// Whether a reader at `from` still wants this run.
bool reaches(const Run& run, Position from) {
  return run.begin == run.end ? run.begin >= from : run.end > from;
}

bool isPassed(const Run& run, Position position) {
  // A run without rows that stands at the position may not have been read yet.
  return run.begin < position && run.end <= position;
}

}  // namespace

class MemoryTopics::Reader final : public PartitionReader {
 public:
  Reader(const MemoryTopics& topics, std::mutex& mutex, PartitionId id, std::int64_t nextRun, Position from)
      : topics_(topics), mutex_(mutex), id_(std::move(id)), nextRun_(nextRun), position_(from) {}

  Result<std::optional<Run>> next() override {
    const std::lock_guard lock(mutex_);
    WEIR_TRY_ASSIGN(partition, topics_.find(id_));
    passGap(*partition);
    const auto index = static_cast<std::size_t>(nextRun_ - partition->firstRun);
    if (index >= partition->runs.size()) {
      position_ = std::max(position_, partition->end);
      return std::optional<Run>();
    }
    const Run& run = partition->runs[index];
    ++nextRun_;
    position_ = run.end;
    return std::optional<Run>(run);
  }
  Position position() const override { return position_; }
  std::optional<Gap> takeGap() override { return std::exchange(gap_, std::nullopt); }

  // With the mutex.
  void passGap(const Partition& partition) {
    nextRun_ = std::max(nextRun_, partition.firstRun);
    if (position_ >= partition.start) return;
    const Position from = gap_ ? gap_->from : position_;
    gap_ = Gap{from, partition.start, topics_.rowsBetween(from, partition.start)};
    position_ = partition.start;
  }

 private:
  const MemoryTopics& topics_;
  std::mutex& mutex_;
  PartitionId id_;
  std::int64_t nextRun_;
  Position position_;
  std::optional<Gap> gap_;
};

Result<const MemoryTopics::Partition*> MemoryTopics::find(const PartitionId& id) const {
  const auto topic = topics_.find(id.topic);
  if (topic == topics_.end() || id.partition < 0 || id.partition >= topic->second.spec.partitions) {
    return configError("The log has no " + nameOf(id) + "; create the topic first.");
  }
  return &topic->second.partitions[static_cast<std::size_t>(id.partition)];
}

MemoryTopics::Partition& MemoryTopics::at(const PartitionId& id) {
  return topics_.at(id.topic).partitions[static_cast<std::size_t>(id.partition)];
}

Result<void> MemoryTopics::ensure(const TopicSpec& spec) {
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

std::vector<TopicSpec> MemoryTopics::specs() const {
  std::vector<TopicSpec> specs;
  for (const auto& [name, topic] : topics_) specs.push_back(topic.spec);
  return specs;
}

Result<std::unique_ptr<PartitionReader>> MemoryTopics::read(std::mutex& mutex, const PartitionId& id,
                                                            Position from) const {
  WEIR_TRY_ASSIGN(partition, find(id));
  if (from > partition->end) {
    return corruptError("A reader of " + nameOf(id) + " starts at offset " + std::to_string(from.value()) +
                        ", but the partition ends at " + std::to_string(partition->end.value()) +
                        ": the log has lost rows that were read before.");
  }
  const auto first =
      std::find_if(partition->runs.begin(), partition->runs.end(), [&](const Run& run) { return reaches(run, from); });
  auto reader =
      std::make_unique<Reader>(*this, mutex, id, partition->firstRun + (first - partition->runs.begin()), from);
  reader->passGap(*partition);
  return std::unique_ptr<PartitionReader>(std::move(reader));
}

Result<Position> MemoryTopics::end(const PartitionId& id) const {
  WEIR_TRY_ASSIGN(partition, find(id));
  return partition->end;
}

std::optional<std::int64_t> MemoryTopics::rowsBetween(Position from, Position to) const {
  if (numbering_ == Numbering::Rows) return std::max<std::int64_t>(0, to.value() - from.value());
  return std::nullopt;
}

Result<Lag> MemoryTopics::lag(const PartitionId& id, Position from) const {
  WEIR_TRY_ASSIGN(partition, find(id));
  Lag lag{0, rowsBetween(std::max(from, partition->start), partition->end)};
  if (from >= partition->end) return lag;
  for (const Run& run : partition->runs) lag.bytes += reaches(run, from) ? sizeOf(run) : 0;
  return lag;
}

Result<void> MemoryTopics::check(const Commit& commit) const {
  for (const std::vector<PartitionAppend>* appends : {&commit.outputs, &commit.changelogs}) {
    for (const PartitionAppend& append : *appends) {
      const bool every = append.partition.partition == kEveryPartition;
      WEIR_TRY(find(every ? PartitionId{append.partition.topic, 0} : append.partition));
      const bool rows = every && std::any_of(append.runs.begin(), append.runs.end(),
                                             [](const RunToAppend& run) { return run.header.rows != 0; });
      if (rows) return fatalError("A run for every partition of topic '" + append.partition.topic + "' has rows.");
    }
  }
  for (const Consumed& consumed : commit.consumed) WEIR_TRY(find(consumed.partition));
  return {};
}

void MemoryTopics::append(const Commit& commit) {
  for (const Consumed& consumed : commit.consumed) {
    at(consumed.partition).holds[consumed.reader] = consumed.position;
    applyRetention(topics_.at(consumed.partition.topic).spec, at(consumed.partition));
  }
  append(commit.outputs);
  append(commit.changelogs);
}

void MemoryTopics::append(const std::vector<PartitionAppend>& appends) {
  for (const PartitionAppend& append : appends) {
    if (append.partition.partition == kEveryPartition) continue;
    Partition& partition = at(append.partition);
    for (const RunToAppend& run : append.runs) this->append(partition, run);
    applyRetention(topics_.at(append.partition.topic).spec, partition);
  }
  for (const PartitionAppend& append : appends) {
    if (append.partition.partition != kEveryPartition) continue;
    for (Partition& partition : topics_.at(append.partition.topic).partitions) {
      for (const RunToAppend& run : append.runs) this->append(partition, run);
    }
  }
}

void MemoryTopics::append(Partition& partition, const RunToAppend& run) const {
  // Shared: readers keep a body after trim has dropped its run.
  auto body = std::make_shared<const std::vector<std::byte>>(run.body);
  const bool byRow = numbering_ == Numbering::Rows;
  Run kept;
  kept.begin = partition.end;
  kept.end = after(kept.begin, byRow ? run.header.rows : 1);
  kept.firstRow = byRow ? kept.begin.value() : kept.begin.value() << kRowBits;
  kept.header = run.header;
  kept.body = {*body, body};
  partition.end = kept.end;
  partition.bytes += sizeOf(kept);
  partition.rows += run.header.rows;
  partition.runs.push_back(std::move(kept));
  partition.appended.push_back(clock_ == nullptr ? INT64_MAX : clock_->now());
}

void MemoryTopics::skip(const PartitionId& id, std::int64_t positions) {
  Partition& partition = at(id);
  partition.end = after(partition.end, positions);
}

std::map<PartitionId, std::int64_t> MemoryTopics::runsByPartition(const Commit& commit) const {
  std::map<PartitionId, std::int64_t> runs;
  for (const std::vector<PartitionAppend>* appends : {&commit.outputs, &commit.changelogs}) {
    for (const PartitionAppend& append : *appends) {
      const auto count = static_cast<std::int64_t>(append.runs.size());
      if (append.partition.partition != kEveryPartition) {
        runs[append.partition] += count;
        continue;
      }
      const std::string& topic = append.partition.topic;
      for (std::int32_t p = 0; p < topics_.at(topic).spec.partitions; ++p) runs[{topic, p}] += count;
    }
  }
  return runs;
}

void MemoryTopics::dropFirst(Partition& partition) {
  const Run& run = partition.runs.front();
  partition.start = run.end;
  partition.bytes -= sizeOf(run);
  partition.rows -= run.header.rows;
  partition.rowsRemoved += run.header.rows;
  ++partition.firstRun;
  partition.runs.pop_front();
  partition.appended.pop_front();
}

void MemoryTopics::applyRetention(const TopicSpec& spec, Partition& partition) const {
  Position needed = Position::of(INT64_MAX);
  for (const auto& [reader, position] : partition.holds) needed = std::min(needed, position);
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
    free = free && isPassed(run, needed);
    if (free) {
      ++removable;
    } else {
      partition.heldBytes += sizeOf(run);
    }
  }
  for (std::size_t i = 0; i < removable; ++i) dropFirst(partition);
}

Instant MemoryTopics::expire() {
  if (clock_ == nullptr) return Instant::never();
  Timestamp next = INT64_MAX;
  for (auto& [name, topic] : topics_) {
    if (topic.spec.retentionTime < 0) continue;
    for (Partition& partition : topic.partitions) {
      applyRetention(topic.spec, partition);
      if (partition.rows != 0) next = std::min(next, partition.appended.front() + topic.spec.retentionTime + 1);
    }
  }
  if (next == INT64_MAX) return Instant::never();
  return clock_->monotonic() + std::max<Duration>(next - clock_->now(), kSecond);
}

Result<void> MemoryTopics::trim(const PartitionId& id, Position position) {
  WEIR_TRY(find(id));
  Partition& partition = at(id);
  while (partition.runs.size() > 1 && isPassed(partition.runs.front(), position)) dropFirst(partition);
  return {};
}

void MemoryTopics::release(const std::string& reader) {
  for (auto& [name, topic] : topics_) {
    for (Partition& partition : topic.partitions) partition.holds.erase(reader);
  }
}

Result<void> MemoryTopics::drop(const std::string& name) {
  if (topics_.erase(name) == 0) return configError("The log has no topic '" + name + "'.");
  return {};
}

std::vector<TopicFigures> MemoryTopics::figures() const {
  std::vector<TopicFigures> all;
  for (const auto& [name, topic] : topics_) {
    TopicFigures figures;
    figures.topic = name;
    for (const Partition& partition : topic.partitions) {
      figures.bytes += partition.bytes;
      figures.rows += partition.rows;
      figures.rowsRemoved += partition.rowsRemoved;
      figures.heldBytes += partition.heldBytes;
    }
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace weir::runtime
