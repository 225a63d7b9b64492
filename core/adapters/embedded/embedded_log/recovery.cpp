// Opening a log: the journal says where every partition ends; what lies behind is cut off, what is missing before it
// is an error.
#include <algorithm>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/embedded/segments/topic_folder.hpp"

namespace weir::embedded {

using runtime::PartitionId;

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::open(runtime::Files& files, EmbeddedLogOptions options) {
  std::unique_ptr<EmbeddedLog> log(new EmbeddedLog(files, std::move(options)));
  WEIR_TRY(log->recover());
  return log;
}

Result<void> EmbeddedLog::recover() {
  const std::string topicsFolder = options_.folder + "/topics";
  const auto folderOf = [&topicsFolder](const std::string& topic) {
    std::string folder = topicsFolder;
    return folder.append("/").append(topic);
  };
  WEIR_TRY_ASSIGN(known, files_.exists(options_.folder + "/journal"));
  WEIR_TRY(files_.makeFolders(topicsFolder));
  WEIR_TRY_ASSIGN(folders, files_.list(topicsFolder));
  if (!known) {
    for (const std::string& folder : folders) {
      WEIR_TRY_ASSIGN(spec, readTopic(files_, folderOf(folder)));
      if (spec) {
        return corruptError("The log in " + options_.folder +
                            " has topics and no journal: the file 'journal' is missing. "
                            "Restore it from a copy, or start with an empty home.");
      }
    }
    const std::size_t slash = options_.folder.rfind('/');
    if (slash != std::string::npos && slash != 0) WEIR_TRY(files_.syncFolder(options_.folder.substr(0, slash)));
  }
  auto journal = Journal::open(files_, options_.folder, options_.crashPoints);
  if (!journal) return journal.error();
  journal_ = std::move(*journal);

  std::set<std::uint32_t> seen;
  for (const std::string& folder : folders) WEIR_TRY(recoverTopic(folderOf(folder), seen));
  for (const auto& [number, state] : journal_->partitions()) {
    if (!seen.contains(number)) {
      return corruptError("The journal in " + options_.folder + " knows topic '" + state.partition.topic +
                          "', but its folder is missing. Restore it from a copy, or start with an empty home.");
    }
  }
  pass(options_.crashPoints, "recovery.log.done");
  return {};
}

Result<void> EmbeddedLog::recoverTopic(const std::string& folder, std::set<std::uint32_t>& seen) {
  WEIR_TRY_ASSIGN(spec, readTopic(files_, folder));
  if (!spec) return {};  // its creation was cut short
  std::map<std::int32_t, const PartitionState*> states;
  for (const auto& [number, state] : journal_->partitions()) {
    if (state.partition.topic != spec->name) continue;
    states[state.partition.partition] = &state;
    seen.insert(number);
  }
  Topic& topic = topics_[spec->name];
  topic.spec = *spec;
  topic.folder = folder;
  addPartitions(topic);
  for (const auto& partition : topic.partitions) {
    const auto state = states.find(partition->id.partition);
    WEIR_TRY(recoverPartition(*partition, state == states.end() ? nullptr : state->second));
  }
  if (states.contains(0)) topic.marks = states.at(0)->marks;
  return {};
}

Result<void> EmbeddedLog::recoverPartition(Partition& partition, const PartitionState* state) {
  const PublishedEnd end = state != nullptr && state->end ? *state->end : PublishedEnd{};
  const std::uint32_t first = state != nullptr ? state->firstSerial : 1;
  if (state != nullptr) partition.holds = state->holds;
  WEIR_TRY_ASSIGN(segments, findSegments(partition, first, end.serial));
  for (std::uint32_t serial = first; serial <= end.serial && end.serial != 0; ++serial) {
    const auto found = segments.find(serial);
    if (found == segments.end()) {
      return corruptError(
          "Segment " + std::to_string(serial) + " of " + partition.folder +
          " is missing, though the journal covers it. Restore it from a copy, or start with an empty home.");
    }
    Segment& segment = *found->second;
    if (serial == end.serial) {
      WEIR_TRY(truncate(segment, partition.id, end));
      segment.size = end.position;
    } else {
      auto opened = files_.open(segment.path, runtime::OpenMode::Read);
      if (!opened) return opened.error();
      WEIR_TRY_ASSIGN(size, (*opened)->size());
      segment.size = size;
    }
    partition.segments.push_back(found->second);
  }
  partition.end = end.offset;
  partition.touched = end.sequence;
  partition.lastSerial = end.serial;
  return {};
}

// Those from serial `first` to `last`; others are removed.
Result<std::map<std::uint32_t, EmbeddedLog::SegmentRef>> EmbeddedLog::findSegments(const Partition& partition,
                                                                                   std::uint32_t first,
                                                                                   std::uint32_t last) {
  std::map<std::uint32_t, SegmentRef> segments;
  WEIR_TRY_ASSIGN(known, files_.exists(partition.folder));
  if (!known) return segments;
  WEIR_TRY_ASSIGN(names, files_.list(partition.folder));
  bool removed = false;
  for (const std::string& name : names) {
    const std::optional<SegmentName> segmentName = parseSegmentFileName(name);
    if (!segmentName) continue;
    const std::string path = partition.folder + "/" + name;
    if (segmentName->serial < first || segmentName->serial > last) {
      if (looking_) continue;
      WEIR_TRY(files_.remove(path));  // trimmed, or never committed
      const std::string sidecar = partition.folder + "/" + indexFileName(*segmentName);
      WEIR_TRY_ASSIGN(hasSidecar, files_.exists(sidecar));
      if (hasSidecar) WEIR_TRY(files_.remove(sidecar));
      removed = true;
      continue;
    }
    auto segment = std::make_shared<Segment>();
    segment->name = *segmentName;
    segment->path = path;
    segments[segmentName->serial] = std::move(segment);
  }
  if (removed) {
    WEIR_TRY(files_.syncFolder(partition.folder));
    pass(options_.crashPoints, "recovery.truncated");
  }
  return segments;
}

// Cuts an active segment to its published size, and checks its header and what the last commit wrote.
Result<void> EmbeddedLog::truncate(const Segment& segment, const PartitionId& id, const PublishedEnd& end) {
  auto opened = files_.open(segment.path, runtime::OpenMode::Append);
  if (!opened) return opened.error();
  runtime::File& file = **opened;
  WEIR_TRY_ASSIGN(size, file.size());
  if (size < end.position) {
    return damagedFile(segment.path, size,
                       "it ends here, but " + std::to_string(end.position) + " bytes were committed");
  }
  WEIR_TRY(readSegmentHeader(file, id, end.base, segment.path));
  if (segment.name.base != end.base) return damagedFile(segment.path, 0, "its name does not fit the journal");
  WEIR_TRY(verifyFrames(file, segment.path, end.from, end.position, end.offset));
  if (size > end.position) {
    WEIR_TRY(file.truncate(end.position));
    WEIR_TRY(file.sync());
    pass(options_.crashPoints, "recovery.truncated");
  }
  return {};
}

}  // namespace weir::embedded
