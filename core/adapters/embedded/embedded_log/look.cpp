// Looking at a log that somebody else writes, or nobody. The journal is the truth, as for whoever opens it to write;
// what it does not cover is left alone instead of cut off, and what has been trimmed meanwhile is no error.
#include <algorithm>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/embedded/segments/topic_folder.hpp"

namespace weir::embedded {

namespace {

constexpr int kTries = 10;  // against a runner that trims, which it does far more rarely than we look

}  // namespace

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::look(runtime::Files& files, const std::string& folder) {
  EmbeddedLogOptions options;
  options.folder = folder;
  std::unique_ptr<EmbeddedLog> log(new EmbeddedLog(files, std::move(options)));
  log->looking_ = true;
  WEIR_TRY(log->refresh());
  return log;
}

Result<void> EmbeddedLog::refresh() {
  const std::string topicsFolder = options_.folder + "/topics";
  Result<void> looked;
  for (int i = 0; i < kTries; ++i) {
    auto journal = Journal::look(files_, options_.folder);
    if (!journal) return journal.error();
    if (journal_ != nullptr && (*journal)->sequence() == journal_->sequence()) return {};
    WEIR_TRY_ASSIGN(folders, files_.list(topicsFolder));
    for (const std::string& folder : folders) WEIR_TRY(lookAtTopic(topicsFolder + "/" + folder));
    looked = {};
    for (const auto& [number, state] : (*journal)->partitions()) {
      if (looked) looked = lookAt(state);
    }
    if (!looked) continue;  // trimmed between the journal and the folder: the next journal says so
    journal_ = std::move(*journal);
    return {};
  }
  return looked;
}

Result<void> EmbeddedLog::lookAtTopic(const std::string& folder) {
  WEIR_TRY_ASSIGN(spec, readTopic(files_, folder));
  if (!spec) return {};
  const std::lock_guard lock(mutex_);
  Topic& topic = topics_[spec->name];
  topic.spec = *spec;
  topic.folder = folder;
  addPartitions(topic);
  return {};
}

Result<void> EmbeddedLog::lookAt(const PartitionState& state) {
  Partition* partition = nullptr;
  SegmentRef last;
  {
    const std::lock_guard lock(mutex_);
    const auto found = find(state.partition);
    if (!found) return {};  // a topic that has been dropped since
    partition = *found;
    if (state.partition.partition == 0) topics_.at(state.partition.topic).marks = state.marks;
    partition->holds = state.holds;
    std::vector<SegmentRef>& segments = partition->segments;
    std::erase_if(segments, [&](const SegmentRef& segment) { return segment->name.serial < state.firstSerial; });
    if (!state.end) return {};
    if (!segments.empty()) last = segments.back();
  }
  const PublishedEnd& end = *state.end;
  std::vector<std::pair<SegmentRef, std::uint64_t>> sizes;  // of what is new, and of what was the last one
  if (last != nullptr) sizes.emplace_back(last, end.position);
  if (last == nullptr || last->name.serial != end.serial) {
    const std::uint32_t from = last == nullptr ? state.firstSerial : last->name.serial + 1;
    WEIR_TRY_ASSIGN(found, findSegments(*partition, from, end.serial));
    if (!found.contains(end.serial) || found.size() != end.serial - found.begin()->first + 1) {
      return corruptError("A segment in " + partition->folder + " is missing, though the journal covers it.");
    }
    for (const auto& [serial, segment] : found) sizes.emplace_back(segment, end.position);
    for (auto& [segment, size] : sizes) {
      if (segment->name.serial == end.serial) continue;
      WEIR_TRY_ASSIGN(closed, sizeOf(*segment));
      size = closed;
    }
  }
  const std::lock_guard lock(mutex_);
  for (const auto& [segment, size] : sizes) {
    if (segment != last) partition->segments.push_back(segment);
    segment->size = size;
  }
  partition->end = end.offset;
  partition->touched = end.sequence;
  return {};
}

Result<std::uint64_t> EmbeddedLog::sizeOf(const Segment& segment) const {
  auto opened = files_.open(segment.path, runtime::OpenMode::Read);
  if (!opened) return opened.error();
  return (*opened)->size();
}

}  // namespace weir::embedded
