// The commit: data, sync, journal record, sync, publication. Nothing is retried after an error.
#include <algorithm>
#include <span>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"

namespace weir::embedded {

using runtime::CommitFailure;
using runtime::CommitResult;
using runtime::PartitionAppend;
using runtime::RunToAppend;

namespace {

constexpr std::byte kPadding[8] = {};
constexpr std::size_t kMostMarks = 256;  // of a topic, in the journal, while some are of writers that are over

std::uint64_t bytesOf(const RunToAppend& run) {
  return frameSize(static_cast<std::uint32_t>(sizeof(FrameHeader) - kUncheckedBytes + run.body.size()));
}

}  // namespace

CommitResult EmbeddedLog::commit(const runtime::Commit& commit) {
  if (const Result<void> good = whole(); !good) return {CommitFailure::Unknown, good.error()};
  if (looking_) {
    return {CommitFailure::Aborted, fatalError("Nothing can be committed to a log that is only looked at.")};
  }
  const bool everywhere = isTimeToLook();
  auto toRoll = everywhere ? findToRoll() : std::vector<Partition*>();
  if (!toRoll) return {CommitFailure::Unknown, fail(toRoll.error())};
  auto gathered = gather(commit, *toRoll);
  if (!gathered) return {CommitFailure::Aborted, gathered.error()};
  PendingCommit& pending = *gathered;
  auto removals = findRemovals(pending, everywhere);
  if (!removals) return {CommitFailure::Unknown, fail(removals.error())};
  pending.removals = std::move(*removals);
  if (pending.empty()) return {};
  // Whether the journal's record is on the disk nobody can say: the next opening looks.
  if (const Result<void> done = doCommit(pending); !done) return {CommitFailure::Unknown, fail(done.error())};

  std::function<void(const std::vector<PartitionAppend>&)> listener;
  {
    const std::lock_guard lock(mutex_);
    listener = listener_;
  }
  if (listener) listener(commit.outputs);
  return {};
}

bool EmbeddedLog::announce(const PartitionAppend& words) {
  if (!whole() || looking_) return false;
  std::function<void(const std::vector<PartitionAppend>&)> listener;
  {
    const std::lock_guard lock(mutex_);
    const auto topic = topics_.find(words.partition.topic);
    if (topic == topics_.end()) return false;
    TopicMarks& announced = topic->second.announced;
    for (const RunToAppend& run : words.runs) {
      const runtime::WriterMark& mark = run.header.mark;
      announced[{mark.generation, mark.writer}] = {++topic->second.lastAnnounced, std::make_shared<RunToAppend>(run)};
      // Generations that are over say nothing more.
      announced.erase(announced.begin(), announced.lower_bound({mark.generation, INT32_MIN}));
    }
    listener = listener_;
  }
  if (listener) listener({words});
  return true;
}

// What goes to which partition, in order.
Result<EmbeddedLog::PendingCommit> EmbeddedLog::gather(const runtime::Commit& from,
                                                       const std::vector<Partition*>& toRoll) {
  PendingCommit commit;
  std::map<Partition*, std::size_t> places;
  const std::lock_guard lock(mutex_);
  for (const runtime::Consumed& consumed : from.consumed) WEIR_TRY(find(consumed.partition));
  WEIR_TRY(gather(from.outputs, commit, places));
  WEIR_TRY(gather(from.changelogs, commit, places));
  for (Partition* const partition : toRoll) {
    if (!places.contains(partition)) pendingOf(commit, places, *partition).onlyRolls = true;
  }
  placeMarks(commit, places);
  for (const runtime::Consumed& consumed : from.consumed) {
    WEIR_TRY_ASSIGN(partition, find(consumed.partition));
    hold(*partition, consumed.reader, consumed.position.value());
  }
  for (Partition* const partition : heldAnew_) {
    for (const std::string& reader : partition->heldAnew) {
      const auto held = partition->holds.find(reader);
      commit.holds.push_back({partition, reader, held == partition->holds.end() ? kReleased : held->second});
    }
    partition->heldAnew.clear();
  }
  heldAnew_.clear();
  return commit;
}

void EmbeddedLog::hold(Partition& partition, const std::string& reader, std::int64_t offset) {
  const auto [known, isNew] = partition.holds.try_emplace(reader, offset);
  if (!isNew && known->second == offset) return;
  known->second = offset;
  partition.heldAnew.insert(reader);
  heldAnew_.insert(&partition);
}

Result<void> EmbeddedLog::gather(const std::vector<PartitionAppend>& appends, PendingCommit& commit,
                                 std::map<Partition*, std::size_t>& places) {
  for (const PartitionAppend& append : appends) {
    const bool every = append.partition.partition == runtime::kEveryPartition;
    WEIR_TRY_ASSIGN(partition, find(every ? runtime::PartitionId{append.partition.topic, 0} : append.partition));
    for (const RunToAppend& run : append.runs) {
      if (run.header.rows < 0 || run.body.size() > kMaxBody || (every && run.header.rows != 0)) {
        return fatalError("A run for topic '" + append.partition.topic +
                          "' has an impossible size; commit more often.");
      }
      if (every) {
        commit.marks.emplace_back(&topics_.at(append.partition.topic), std::make_shared<RunToAppend>(run));
      } else {
        pendingOf(commit, places, *partition).runs.push_back(&run);
      }
    }
  }
  return {};
}

EmbeddedLog::PendingAppend& EmbeddedLog::pendingOf(PendingCommit& commit, std::map<Partition*, std::size_t>& places,
                                                   Partition& partition) {
  const auto [place, isNew] = places.try_emplace(&partition, commit.appends.size());
  if (isNew) {
    commit.appends.emplace_back();
    commit.appends.back().partition = &partition;
  }
  return commit.appends[place->second];
}

// Partitions that are written to anyway get the marks of their topic, in their place among the rows: those of earlier
// commits before what comes now, those of this commit behind it.
void EmbeddedLog::placeMarks(PendingCommit& commit, std::map<Partition*, std::size_t>& places) {
  for (auto& [name, topic] : topics_) {
    // Marks of writers that are over go once every partition has them: one costly commit for many of them.
    if (topic.marks.size() <= kMostMarks) continue;
    const std::int64_t newest = topic.marks.rbegin()->first.first;
    if (topic.marks.begin()->first.first == newest) continue;
    for (const auto& partition : topic.partitions) pendingOf(commit, places, *partition);
    commit.marksGone.emplace_back(&topic, newest);
  }
  for (PendingAppend& append : commit.appends) {
    std::vector<TopicMark> missing;
    for (const auto& [writer, mark] : append.partition->topic->marks) {
      // A segment without rows has all of them: the ones before it may go, though somebody has not read their end.
      if (append.onlyRolls || mark.sequence > append.partition->touched) missing.push_back(mark);
    }
    std::stable_sort(missing.begin(), missing.end(),
                     [](const TopicMark& a, const TopicMark& b) { return a.sequence < b.sequence; });
    std::vector<const RunToAppend*> runs;
    for (const TopicMark& mark : missing) {
      append.marksBefore.push_back(mark.run);
      runs.push_back(mark.run.get());
    }
    append.runs.insert(append.runs.begin(), runs.begin(), runs.end());
    for (const auto& [topic, mark] : commit.marks) {
      if (topic != append.partition->topic) continue;
      const bool told = std::any_of(append.runs.begin(), append.runs.end(), [&mark = *mark](const RunToAppend* run) {
        return run->header.mark == mark.header.mark;
      });
      if (!told) append.runs.push_back(mark.get());
    }
  }
}

Result<void> EmbeddedLog::doCommit(PendingCommit& commit) {
  for (PendingAppend& pending : commit.appends) WEIR_TRY(appendRuns(pending));
  pass(options_.crashPoints, "log.append.done");
  WEIR_TRY(syncData(commit.appends));
  WEIR_TRY(writeJournal(commit));
  publish(commit);
  pass(options_.crashPoints, "log.published");
  WEIR_TRY(removeFiles(commit.removals));
  if (journal_->size() > options_.journalLimit) {
    Result<void> compacted = journal_->compact();
    // The long journal is as good as a short one: a full disk is no reason to stop.
    if (!compacted && compacted.error().kind != ErrorKind::Retryable) return compacted;
  }
  return {};
}

// Writes the runs of one partition behind its active segment, or into a new one.
Result<void> EmbeddedLog::appendRuns(PendingAppend& pending) {
  Partition& partition = *pending.partition;
  std::uint64_t bytes = 0;
  for (const RunToAppend* run : pending.runs) bytes += bytesOf(*run);
  std::int64_t segmentBytes = 0;
  {
    const std::lock_guard lock(mutex_);
    pending.end = partition.end;
    segmentBytes = partition.topic->spec.segmentBytes;
    if (!partition.segments.empty()) {
      pending.segment = partition.segments.back();
      pending.position = pending.segment->size;
    }
  }
  WEIR_TRY_ASSIGN(old, pending.onlyRolls ? Result<bool>(true) : isOld(pending));
  const bool hasRuns = pending.position > segmentHeaderSize(partition.id);
  const bool full = hasRuns && pending.position + bytes > static_cast<std::uint64_t>(segmentBytes);
  // An old one takes no rows though it has none: they would be as old as it is.
  if (pending.segment == nullptr || old || full) {
    WEIR_TRY(roll(pending));
  } else if (partition.active == nullptr) {
    auto opened = files_.open(pending.segment->path, runtime::OpenMode::Append);
    if (!opened) return opened.error();
    WEIR_TRY(setActive(partition, std::move(*opened)));
  }

  std::vector<FrameHeader> headers;
  headers.reserve(pending.runs.size());
  std::vector<std::span<const std::byte>> pieces;
  pending.from = pending.position;
  for (const RunToAppend* run : pending.runs) {
    headers.push_back(frameOf(*run, pending.end));
    pending.index.add(pending.end, pending.position);
    pieces.push_back(std::as_bytes(std::span(&headers.back(), 1)));
    if (!run->body.empty()) pieces.emplace_back(run->body);
    const std::size_t padding = (8 - run->body.size() % 8) % 8;
    if (padding != 0) pieces.emplace_back(kPadding, padding);
    pending.position += bytesOf(*run);
    pending.end += run->header.rows;
  }
  partition.unsynced = true;
  return partition.active->appendAll(pieces);
}

// Of the files that are open, the one that was opened first makes room.
Result<void> EmbeddedLog::setActive(Partition& partition, std::unique_ptr<runtime::File> file) {
  if (partition.active == nullptr) openForAppend_.push_back(&partition);
  partition.active = std::move(file);
  while (openForAppend_.size() > kMostOpen) {
    Partition& first = *openForAppend_.front();
    if (std::exchange(first.unsynced, false)) WEIR_TRY(first.active->sync());
    first.active.reset();
    openForAppend_.pop_front();
  }
  return {};
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
  WEIR_TRY(setActive(partition, std::move(*opened)));
  segment->begun = options_.clock == nullptr ? 0 : static_cast<std::uint32_t>(now() / kSecond);
  const std::vector<std::byte> header = segmentHeader(partition.id, segment->name.base, *segment->begun);
  WEIR_TRY(partition.active->append(header));
  pending.segment = std::move(segment);
  pending.position = header.size();
  pending.rolled = true;
  pass(options_.crashPoints, "segment.rolled");
  return {};
}

Result<void> EmbeddedLog::syncData(const std::vector<PendingAppend>& pending) {
  for (const PendingAppend& append : pending) {
    if (std::exchange(append.partition->unsynced, false)) WEIR_TRY(append.partition->active->sync());
    if (append.rolled) WEIR_TRY(files_.syncFolder(append.partition->folder));
  }
  pass(options_.crashPoints, "log.synced");
  return {};
}

Result<void> EmbeddedLog::writeJournal(const PendingCommit& commit) {
  JournalRecord record;
  const std::uint64_t sequence = journal_->sequence() + 1;
  for (const PendingAppend& append : commit.appends) {
    PublishedEnd end;
    end.base = append.segment->name.base;
    end.serial = append.segment->name.serial;
    end.offset = append.end;
    end.from = append.from;
    end.position = append.position;
    end.sequence = sequence;
    record.ends.emplace_back(journal_->numberOf(append.partition->id, record), end);
  }
  for (const Removal& removal : commit.removals) {
    record.starts.emplace_back(journal_->numberOf(removal.partition->id, record),
                               removal.segments.back()->name.serial + 1);
  }
  for (const auto& [topic, run] : commit.marks) {
    record.marks.emplace_back(journal_->numberOf({topic->spec.name, 0}, record), TopicMark{sequence, run});
  }
  for (const auto& [topic, generation] : commit.marksGone) {
    record.marksGone.emplace_back(journal_->numberOf({topic->spec.name, 0}, record), generation);
  }
  for (const NewHold& hold : commit.holds) {
    record.holds.push_back({journal_->numberOf(hold.partition->id, record), hold.reader, hold.offset});
  }
  WEIR_TRY(journal_->write(record));
  pass(options_.crashPoints, "journal.written");
  WEIR_TRY(journal_->sync());
  pass(options_.crashPoints, "journal.synced");
  return {};
}

void EmbeddedLog::publish(PendingCommit& commit) {
  const std::lock_guard lock(mutex_);
  for (PendingAppend& append : commit.appends) {
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
    partition.touched = journal_->sequence();
  }
  for (const auto& [topic, run] : commit.marks) {
    const runtime::WriterMark& mark = run->header.mark;
    topic->marks[{mark.generation, mark.writer}] = {journal_->sequence(), run};
    topic->announced.erase({mark.generation, mark.writer});
  }
  for (const auto& [topic, generation] : commit.marksGone) {
    std::erase_if(topic->marks, [first = generation](const auto& mark) { return mark.first.first < first; });
  }
  for (const Removal& removal : commit.removals) {
    std::vector<SegmentRef>& segments = removal.partition->segments;
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(removal.segments.size()));
  }
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
