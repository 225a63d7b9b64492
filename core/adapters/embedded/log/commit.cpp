// The commit: data, sync, journal record, sync, publication. Nothing is retried after an error.
#include <algorithm>
#include <span>

#include "adapters/embedded/log/embedded_log.hpp"

namespace weir::embedded {

using runtime::PartitionAppend;
using runtime::RunToAppend;

namespace {

constexpr std::byte kPadding[8] = {};

std::uint64_t bytesOf(const RunToAppend& run) {
  return frameSize(static_cast<std::uint32_t>(sizeof(FrameHeader) - kUncheckedBytes + run.body.size()));
}

}  // namespace

Result<void> EmbeddedLog::commit(const std::vector<PartitionAppend>& appends) {
  WEIR_TRY(whole());
  std::vector<PendingAppend> pending;
  {
    const std::lock_guard lock(mutex_);
    std::map<Partition*, std::size_t> places;
    for (const PartitionAppend& append : appends) {
      WEIR_TRY_ASSIGN(partition, find(append.partition));
      const auto [place, isNew] = places.try_emplace(partition, pending.size());
      if (isNew) {
        pending.emplace_back();
        pending.back().partition = partition;
        pending.back().spec = &topics_.at(append.partition.topic).spec;
      }
      for (const RunToAppend& run : append.runs) {
        if (run.header.rows < 0 || run.body.size() > kMaxBody) {
          return fatalError("A run for topic '" + append.partition.topic +
                            "' has an impossible size; commit more often.");
        }
        pending[place->second].runs.push_back(&run);
      }
    }
  }
  std::erase_if(pending, [](const PendingAppend& append) { return append.runs.empty(); });
  auto removals = findRemovals(pending);
  if (!removals) return fail(removals.error());
  if (pending.empty() && removals->empty()) return {};
  if (Result<void> done = doCommit(pending, *removals); !done) return fail(done.error());

  std::function<void(const std::vector<PartitionAppend>&)> listener;
  {
    const std::lock_guard lock(mutex_);
    listener = listener_;
  }
  if (listener) listener(appends);
  return {};
}

Result<void> EmbeddedLog::doCommit(std::vector<PendingAppend>& pending, const std::vector<Removal>& removals) {
  for (PendingAppend& append : pending) WEIR_TRY(this->append(append));
  pass(options_.crashPoints, "log.append.done");
  if (options_.journalBeforeData) {
    WEIR_TRY(writeJournal(pending, removals));
    WEIR_TRY(syncData(pending));
  } else {
    WEIR_TRY(syncData(pending));
    WEIR_TRY(writeJournal(pending, removals));
  }
  publish(pending, removals);
  pass(options_.crashPoints, "log.published");
  WEIR_TRY(removeFiles(removals));
  if (journal_->size() > options_.journalLimit) {
    Result<void> compacted = journal_->compact();
    // The long journal is as good as a short one: a full disk is no reason to stop.
    if (!compacted && compacted.error().kind != ErrorKind::Retryable) return compacted;
  }
  return {};
}

// Writes the runs of one partition behind its active segment, or into a new one.
Result<void> EmbeddedLog::append(PendingAppend& pending) {
  Partition& partition = *pending.partition;
  std::uint64_t bytes = 0;
  for (const RunToAppend* run : pending.runs) bytes += bytesOf(*run);
  {
    const std::lock_guard lock(mutex_);
    pending.end = partition.end;
    if (!partition.segments.empty()) {
      pending.segment = partition.segments.back();
      pending.position = pending.segment->size;
    }
  }
  const bool full = pending.segment != nullptr && pending.position > segmentHeaderSize(partition.id) &&
                    pending.position + bytes > static_cast<std::uint64_t>(pending.spec->segmentBytes);
  if (pending.segment == nullptr || full) {
    WEIR_TRY(roll(pending));
  } else if (partition.active == nullptr) {
    auto opened = files_.open(pending.segment->path, runtime::OpenMode::Append);
    if (!opened) return opened.error();
    partition.active = std::move(*opened);
  }

  std::vector<FrameHeader> headers;
  headers.reserve(pending.runs.size());
  std::vector<std::span<const std::byte>> pieces;
  pending.from = pending.position;
  for (const RunToAppend* run : pending.runs) {
    headers.push_back(frameOf(*run, pending.end));
    pending.index.add(pending.end, pending.position, run->header.maxTime);
    pieces.push_back(std::as_bytes(std::span(&headers.back(), 1)));
    if (!run->body.empty()) pieces.emplace_back(run->body);
    const std::size_t padding = (8 - run->body.size() % 8) % 8;
    if (padding != 0) pieces.emplace_back(kPadding, padding);
    pending.position += bytesOf(*run);
    pending.end += run->header.rows;
  }
  return partition.active->appendAll(pieces);
}

// Starts the next segment of a partition.
Result<void> EmbeddedLog::roll(PendingAppend& pending) {
  Partition& partition = *pending.partition;
  if (pending.segment != nullptr) {
    WEIR_TRY(ensureIndexed(partition, pending.segment));
    std::vector<std::byte> index;
    {
      const std::lock_guard lock(mutex_);
      index = pending.segment->index.encode();
    }
    // Not synced: an index that is missing or damaged is built anew.
    auto sidecar =
        files_.open(partition.folder + "/" + indexFileName(pending.segment->name), runtime::OpenMode::Append);
    if (!sidecar) return sidecar.error();
    WEIR_TRY((*sidecar)->truncate(0));
    WEIR_TRY((*sidecar)->append(index));
    pass(options_.crashPoints, "segment.closed");
  }
  auto segment = std::make_shared<Segment>();
  segment->name = {pending.end, ++partition.lastSerial};
  segment->path = partition.folder + "/" + segmentFileName(segment->name);
  segment->indexed = true;
  auto opened = files_.open(segment->path, runtime::OpenMode::Append);
  if (!opened) return opened.error();
  partition.active = std::move(*opened);
  const std::vector<std::byte> header = segmentHeader(partition.id, segment->name.base);
  WEIR_TRY(partition.active->append(header));
  pending.segment = std::move(segment);
  pending.position = header.size();
  pending.rolled = true;
  pass(options_.crashPoints, "segment.rolled");
  return {};
}

Result<void> EmbeddedLog::syncData(const std::vector<PendingAppend>& pending) {
  for (const PendingAppend& append : pending) {
    WEIR_TRY(append.partition->active->sync());
    if (append.rolled) WEIR_TRY(files_.syncFolder(append.partition->folder));
  }
  pass(options_.crashPoints, "log.synced");
  return {};
}

Result<void> EmbeddedLog::writeJournal(const std::vector<PendingAppend>& pending,
                                       const std::vector<Removal>& removals) {
  JournalRecord record;
  for (const PendingAppend& append : pending) {
    PublishedEnd end;
    end.base = append.segment->name.base;
    end.serial = append.segment->name.serial;
    end.offset = append.end;
    end.from = append.from;
    end.position = append.position;
    record.ends.emplace_back(journal_->numberOf(append.partition->id, record), end);
  }
  for (const Removal& removal : removals) {
    record.starts.emplace_back(journal_->numberOf(removal.partition->id, record),
                               removal.segments.back()->name.serial + 1);
  }
  WEIR_TRY(journal_->write(record));
  pass(options_.crashPoints, "journal.written");
  WEIR_TRY(journal_->sync());
  pass(options_.crashPoints, "journal.synced");
  return {};
}

void EmbeddedLog::publish(std::vector<PendingAppend>& pending, const std::vector<Removal>& removals) {
  const std::lock_guard lock(mutex_);
  for (PendingAppend& append : pending) {
    Partition& partition = *append.partition;
    if (append.rolled) {
      if (!partition.segments.empty()) {  // its index is in the file beside it now
        partition.segments.back()->index = {};
        partition.segments.back()->indexed = false;
      }
      partition.segments.push_back(append.segment);
    }
    append.segment->size = append.position;
    append.segment->index.append(append.index);
    partition.end = append.end;
  }
  for (const Removal& removal : removals) {
    std::vector<SegmentRef>& segments = removal.partition->segments;
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(removal.segments.size()));
  }
}

// Segments that trim or retention lets go, never the last one of a partition.
Result<std::vector<EmbeddedLog::Removal>> EmbeddedLog::findRemovals(const std::vector<PendingAppend>& pending) {
  std::map<Partition*, std::size_t> counts;
  {
    const std::lock_guard lock(mutex_);
    for (Partition* partition : toTrim_) {
      std::size_t count = 0;
      // At the end of a segment that ends exactly there, runs without rows may not have been read yet.
      while (count + 1 < partition->segments.size() && partition->segments[count + 1]->name.base < partition->trimTo) {
        ++count;
      }
      if (count != 0) counts[partition] = count;
    }
    toTrim_.clear();
  }
  for (const PendingAppend& append : pending) {
    const runtime::TopicSpec& spec = *append.spec;
    Partition& partition = *append.partition;
    if (spec.retentionBytes < 0 && spec.retentionTime < 0) continue;
    std::size_t& count = counts[&partition];
    std::vector<SegmentRef> segments;
    std::int64_t bytes = 0;
    {
      const std::lock_guard lock(mutex_);
      segments = partition.segments;
      for (std::size_t i = count; i < segments.size(); ++i) bytes += static_cast<std::int64_t>(segments[i]->size);
    }
    std::int64_t newest = INT64_MIN;
    if (spec.retentionTime >= 0 && count + 1 < segments.size()) {
      for (const SegmentRef& segment : segments) {
        WEIR_TRY(ensureIndexed(partition, segment));
        newest = std::max(newest, segment->index.maxTime());
      }
    }
    for (; count + 1 < segments.size(); ++count) {
      const bool tooMuch = spec.retentionBytes >= 0 && bytes > spec.retentionBytes;
      const bool tooOld = spec.retentionTime >= 0 && newest != INT64_MIN &&
                          segments[count]->index.maxTime() < newest - spec.retentionTime;
      if (!tooMuch && !tooOld) break;
      bytes -= static_cast<std::int64_t>(segments[count]->size);
    }
  }
  std::vector<Removal> removals;
  const std::lock_guard lock(mutex_);
  for (const auto& [partition, count] : counts) {
    if (count == 0) continue;
    removals.push_back(
        {partition, {partition->segments.begin(), partition->segments.begin() + static_cast<std::ptrdiff_t>(count)}});
  }
  return removals;
}

Result<void> EmbeddedLog::removeFiles(const std::vector<Removal>& removals) {
  for (const Removal& removal : removals) {
    for (const SegmentRef& segment : removal.segments) {
      WEIR_TRY(files_.remove(segment->path));
      pass(options_.crashPoints, "segment.removed");
      const std::string sidecar = removal.partition->folder + "/" + indexFileName(segment->name);
      WEIR_TRY_ASSIGN(known, files_.exists(sidecar));
      if (known) WEIR_TRY(files_.remove(sidecar));
    }
  }
  if (!removals.empty()) pass(options_.crashPoints, "log.trimmed");
  return {};
}

}  // namespace weir::embedded
