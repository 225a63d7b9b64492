// The journal: one record a commit, which says where the published part of partitions ends.
//
//   journal = header, records
//   record  = RecordHeader, then by its counts: names, ends, starts, notes; padded to 8
// A partition gets a number with its first record; later records use the number.
//
// Version 1 has no notes, and ends without the sequence. It is read, and replaced by version 2 with the first
// record: a start that is refused leaves it to the version that wrote it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/adapters/embedded/files/crash_points.hpp"
#include "core/runtime/ports/files.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::embedded {

// Where the published part of a partition ends.
struct PublishedEnd {
  std::int64_t base = 0;       // of the segment that holds the end
  std::int64_t offset = 0;     // of the next row
  std::uint64_t from = 0;      // position where the last commit's bytes begin
  std::uint64_t position = 0;  // where they end
  std::uint32_t serial = 0;    // of that segment
  std::uint32_t reserved = 0;
  std::uint64_t sequence = 0;  // of that commit
};
static_assert(sizeof(PublishedEnd) == 48);

// A run without rows for every partition of a topic, kept here alone: by its writer, the last one.
struct TopicMark {
  std::uint64_t sequence = 0;                       // of its commit
  std::shared_ptr<const runtime::RunToAppend> run;  // shared: readers hold it while a newer one replaces it
};
using TopicMarks = std::map<std::pair<std::int64_t, std::int32_t>, TopicMark>;  // by generation and writer

// What the journal knows about a partition.
struct PartitionState {
  runtime::PartitionId partition;
  std::optional<PublishedEnd> end;
  std::uint32_t firstSerial = 1;              // segments before it have been removed on purpose
  TopicMarks marks;                           // of the whole topic; with its partition 0
  std::map<std::string, std::int64_t> holds;  // by reader: the offset that it goes on at
};

struct JournalRecord {
  std::vector<std::pair<std::uint32_t, runtime::PartitionId>> names;
  std::vector<std::pair<std::uint32_t, PublishedEnd>> ends;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> starts;  // first serial that is kept
  std::vector<std::pair<std::uint32_t, TopicMark>> marks;
  std::vector<std::pair<std::uint32_t, std::int64_t>> marksGone;  // those of generations before this one
  struct Hold {
    std::uint32_t number = 0;
    std::string reader;
    std::int64_t offset = 0;  // kReleased: no longer held
  };
  std::vector<Hold> holds;
  std::vector<std::uint32_t> drops;  // partitions of dropped topics
};
inline constexpr std::int64_t kReleased = -1;

// [one thread at a time]
class Journal {
 public:
  // Reads what is there (a torn last record is cut off), or creates an empty journal; durable on return.
  static Result<std::unique_ptr<Journal>> open(runtime::Files& files, const std::string& folder,
                                               const CrashPoints& crashPoints);
  // What is there at this moment, for somebody who changes nothing: a torn last record is left out.
  static Result<std::unique_ptr<Journal>> look(runtime::Files& files, const std::string& folder);

  const std::map<std::uint32_t, PartitionState>& partitions() const { return partitions_; }
  std::uint64_t sequence() const { return sequence_; }
  std::uint64_t size() const { return size_; }

  // Number of a partition; names a new one in `record`.
  std::uint32_t numberOf(const runtime::PartitionId& partition, JournalRecord& record);

  Result<void> write(const JournalRecord& record);
  Result<void> sync() { return file_->sync(); }
  // Puts a journal with a single record in the place of this one.
  Result<void> compact();

  // Replays the bytes of a journal file. Answers how many of them are good; `state` gets what they say.
  static Result<std::uint64_t> replay(std::span<const std::byte> bytes, const std::string& path,
                                      std::map<std::uint32_t, PartitionState>& state, std::uint64_t& sequence);
  static std::uint32_t versionOf(std::span<const std::byte> bytes);

 private:
  Journal(runtime::Files& files, std::string folder, CrashPoints crashPoints)
      : files_(files), folder_(std::move(folder)), crashPoints_(std::move(crashPoints)) {}

  std::string path() const { return folder_ + "/journal"; }
  Result<std::unique_ptr<runtime::File>> create(const std::string& name, const std::vector<std::byte>& content);

  runtime::Files& files_;
  std::string folder_;
  CrashPoints crashPoints_;
  std::unique_ptr<runtime::File> file_;
  std::uint64_t size_ = 0;
  bool isOfEarlierVersion_ = false;
  std::uint64_t sequence_ = 0;
  std::map<std::uint32_t, PartitionState> partitions_;
  std::map<runtime::PartitionId, std::uint32_t> numbers_;
  std::uint32_t lastNumber_ = 0;
};

}  // namespace weir::embedded
