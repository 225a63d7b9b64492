#include "core/adapters/embedded/embedded_log/embedded_log.hpp"

#include <algorithm>

#include "core/adapters/embedded/embedded_log/segment_reader.hpp"
#include "core/adapters/embedded/segments/topic_folder.hpp"

namespace weir::embedded {

using runtime::Lag;
using runtime::PartitionId;
using runtime::Position;
using runtime::TopicSpec;

namespace {

std::string nameOf(const PartitionId& id) {
  return "partition " + std::to_string(id.partition) + " of topic '" + id.topic + "'";
}

}  // namespace

Result<void> EmbeddedLog::whole() const {
  if (!broken_) return {};
  const std::lock_guard lock(mutex_);
  return retryableError("The log takes and gives nothing more until it is opened again, after: " + failure_);
}

Error EmbeddedLog::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!broken_) failure_ = error.message;
  broken_ = true;
  return error;
}

Result<EmbeddedLog::Partition*> EmbeddedLog::find(const PartitionId& id) const {
  const auto topic = topics_.find(id.topic);
  if (topic == topics_.end() || id.partition < 0 || id.partition >= topic->second.spec.partitions) {
    return configError("The log has no " + nameOf(id) + "; create the topic first.");
  }
  return topic->second.partitions[static_cast<std::size_t>(id.partition)].get();
}

Result<void> EmbeddedLog::ensureTopic(const TopicSpec& wanted) {
  const std::lock_guard creation(topicCreation_);
  TopicSpec spec = wanted;
  WEIR_TRY(whole());
  if (looking_) return configError("The log is only looked at: nothing can be made in it.");
  const std::string folderName = folderNameOf(spec.name);
  if (spec.name.empty() || spec.partitions < 1 || folderName.size() > 200) {
    return configError("Topic '" + spec.name + "' needs a name of 1 to 200 bytes and at least one partition.");
  }
  const std::string folder = options_.folder + "/topics/" + folderName;
  {
    const std::lock_guard lock(mutex_);
    const auto found = topics_.find(spec.name);
    if (found != topics_.end()) {
      const TopicSpec& old = found->second.spec;
      if (spec.mayGrow) spec.partitions = std::max(spec.partitions, old.partitions);
      if (old.partitions != spec.partitions && !spec.mayGrow) {
        return configError("Topic '" + spec.name + "' has " + std::to_string(old.partitions) + " partitions, and not " +
                           std::to_string(spec.partitions) + "; give it another name or the old number.");
      }
      if (old.partitions == spec.partitions && old.segmentBytes == spec.segmentBytes &&
          old.retentionTime == spec.retentionTime && old.retentionBytes == spec.retentionBytes &&
          old.description == spec.description) {
        return {};
      }
    }
  }
  // I/O without the lock: readers and commits go on.
  if (Result<void> written = writeTopic(files_, folder, spec); !written) return fail(written.error());
  if (Result<void> synced = files_.syncFolder(options_.folder + "/topics"); !synced) return fail(synced.error());
  const std::lock_guard lock(mutex_);
  Topic& topic = topics_[spec.name];
  if (!topic.partitions.empty() && topic.spec.retentionTime != spec.retentionTime) topic.retentionIsNew = true;
  topic.spec = spec;
  topic.folder = folder;
  addPartitions(topic);
  return {};
}

void EmbeddedLog::addPartitions(Topic& topic) {
  for (auto p = static_cast<std::int32_t>(topic.partitions.size()); p < topic.spec.partitions; ++p) {
    auto partition = std::make_unique<Partition>();
    partition->id = {topic.spec.name, p};
    partition->folder = topic.folder + "/" + std::to_string(p);
    partition->topic = &topic;
    topic.partitions.push_back(std::move(partition));
  }
}

Result<std::vector<TopicSpec>> EmbeddedLog::topics() const {
  WEIR_TRY(whole());
  const std::lock_guard lock(mutex_);
  std::vector<TopicSpec> specs;
  for (const auto& [name, topic] : topics_) specs.push_back(topic.spec);
  return specs;
}

Result<Position> EmbeddedLog::publishedEnd(const PartitionId& id) const {
  WEIR_TRY(whole());
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  return Position::of(partition->end);
}

Result<Lag> EmbeddedLog::lag(const PartitionId& id, Position from) const {
  WEIR_TRY(whole());
  const std::int64_t offset = from.value();
  Lag lag{0, 0};
  SegmentRef segment;
  const Partition* partition = nullptr;
  {
    const std::lock_guard lock(mutex_);
    WEIR_TRY_ASSIGN(found, find(id));
    partition = found;
    if (offset >= partition->end) return lag;
    for (const SegmentRef& candidate : partition->segments) {
      if (segment == nullptr || candidate->name.base <= offset) segment = candidate;
    }
    if (segment == nullptr) return lag;
    lag.rows = partition->end - std::max(offset, partition->segments.front()->name.base);
  }
  WEIR_TRY(ensureIndexed(*partition, segment));
  const std::lock_guard lock(mutex_);
  const std::uint64_t header = segmentHeaderSize(id);
  std::uint64_t bytes = segment->size - std::min(segment->size, segment->index.positionAt(offset).value_or(header));
  for (const SegmentRef& later : partition->segments) {
    if (later->name.serial > segment->name.serial) bytes += later->size - header;
  }
  lag.bytes = static_cast<std::int64_t>(bytes);
  return lag;
}

Result<std::unique_ptr<runtime::PartitionReader>> EmbeddedLog::read(const PartitionId& id, Position from) {
  WEIR_TRY(whole());
  const std::int64_t offset = from.value();
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  if (offset > partition->end) {
    return corruptError("A reader of " + nameOf(id) + " starts at offset " + std::to_string(offset) +
                        ", but the partition ends at " + std::to_string(partition->end) +
                        ": the log has lost rows that were read before.");
  }
  const std::int64_t start = partition->segments.empty() ? 0 : partition->segments.front()->name.base;
  return std::unique_ptr<runtime::PartitionReader>(std::make_unique<SegmentReader>(*this, *partition, offset, start));
}

Result<void> EmbeddedLog::trim(const PartitionId& id, Position position) {
  WEIR_TRY(whole());
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(partition, find(id));
  partition->trimTo = std::max(partition->trimTo, std::min(position.value(), partition->end));
  toTrim_.insert(partition);
  return {};
}

void EmbeddedLog::nameReader(const std::string& reader, const std::string& node) {
  const std::lock_guard lock(mutex_);
  readerNames_[reader] = node;
}

Result<void> EmbeddedLog::release(const std::string& reader) {
  WEIR_TRY(whole());
  const std::lock_guard lock(mutex_);
  for (auto& [name, topic] : topics_) {
    for (const auto& partition : topic.partitions) {
      if (partition->holds.erase(reader) == 0) continue;
      partition->heldAnew.insert(reader);
      heldAnew_.insert(partition.get());
    }
  }
  return {};
}

Result<std::vector<runtime::TopicFigures>> EmbeddedLog::figures() const {
  WEIR_TRY(whole());
  const std::lock_guard lock(mutex_);
  std::vector<runtime::TopicFigures> all;
  for (const auto& [name, topic] : topics_) {
    runtime::TopicFigures figures;
    figures.topic = name;
    for (const auto& partition : topic.partitions) {
      const std::int64_t start = partition->segments.empty() ? 0 : partition->segments.front()->name.base;
      figures.files += static_cast<std::int64_t>(partition->segments.size());
      for (const SegmentRef& segment : partition->segments) figures.bytes += static_cast<std::int64_t>(segment->size);
      figures.rows += partition->end - start;
      figures.rowsRemoved += start;
      figures.heldBytes += partition->heldBytes;
    }
    all.push_back(std::move(figures));
  }
  return all;
}

// The record first: whatever is left of the topic after a crash is an empty topic, or none.
Result<void> EmbeddedLog::dropTopic(const std::string& name) {
  WEIR_TRY(whole());
  const std::lock_guard creation(topicCreation_);
  const auto found = topics_.find(name);
  if (found == topics_.end()) return configError("The log has no topic '" + name + "'.");
  const auto drop = [&]() -> Result<void> {
    JournalRecord record;
    for (const auto& [number, state] : journal_->partitions()) {
      if (state.partition.topic == name) record.drops.push_back(number);
    }
    if (!record.drops.empty()) {
      WEIR_TRY(journal_->write(record));
      WEIR_TRY(journal_->sync());
    }
    pass(options_.crashPoints, "topic.dropped");
    const std::string& folder = found->second.folder;
    WEIR_TRY(files_.remove(folder + "/topic"));
    WEIR_TRY(files_.syncFolder(folder));
    for (const auto& partition : found->second.partitions) {
      WEIR_TRY_ASSIGN(known, files_.exists(partition->folder));
      if (!known) continue;
      WEIR_TRY_ASSIGN(names, files_.list(partition->folder));
      for (const std::string& file : names) WEIR_TRY(files_.remove(partition->folder + "/" + file));
    }
    return {};
  };
  if (Result<void> done = drop(); !done) return fail(done.error());
  const std::lock_guard lock(mutex_);
  for (const auto& partition : found->second.partitions) {
    toTrim_.erase(partition.get());
    heldAnew_.erase(partition.get());
  }
  topics_.erase(found);
  return {};
}

void EmbeddedLog::onPublished(std::function<void(const std::vector<runtime::PartitionAppend>&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

Result<void> EmbeddedLog::ensureIndexed(const Partition& partition, const SegmentRef& segment) const {
  std::uint64_t size = 0;
  bool closed = false;
  {
    const std::lock_guard lock(mutex_);
    if (segment->indexed) return {};
    size = segment->size;
    closed = !partition.segments.empty() && partition.segments.back() != segment;
  }
  SegmentIndex index;
  std::optional<SegmentIndex> kept;
  const std::string sidecar = partition.folder + "/" + indexFileName(segment->name);
  if (closed) {
    if (auto opened = files_.open(sidecar, runtime::OpenMode::Read)) {
      WEIR_TRY_ASSIGN(bytes, (*opened)->size());
      std::vector<std::byte> content(bytes);
      WEIR_TRY((*opened)->read(0, content));
      kept = SegmentIndex::decode(content);
    }
  }
  if (kept) {
    index = std::move(*kept);
  } else {
    WEIR_TRY_ASSIGN(scanned, scanSegment(files_, segment->path, partition.id, segment->name.base, size));
    index = std::move(scanned);
  }
  const std::lock_guard lock(mutex_);
  if (segment->indexed) return {};
  index.append(segment->index);  // runs of commits since then
  segment->index = std::move(index);
  segment->indexed = true;
  return {};
}

}  // namespace weir::embedded
