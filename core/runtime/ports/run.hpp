// A run: what one writer appends to one partition in one commit. Rows, or changelog entries, or only what it has to say
// about time. The log does not look into bodies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/runtime/ports/position.hpp"

namespace weir::runtime {

struct PartitionId {
  std::string topic;
  std::int32_t partition = 0;
  friend auto operator<=>(const PartitionId&, const PartitionId&) = default;
};

// Instead of a partition, in a PartitionAppend: its runs, none of which has rows, stand in every partition of the
// topic, behind what the same commit appends there. They cost the same for one partition as for a thousand.
inline constexpr std::int32_t kEveryPartition = -1;

// Each start of a home numbers the runs of its writers from a multiple of this on.
inline constexpr std::int64_t kSequencesPerStart = 1LL << 40;

enum class WriterState : std::uint8_t {
  Active,
  Idle,   // silent for now: time goes on without it
  Ended,  // its input has ended: nothing comes before another generation, and time goes on without it
  Left    // it goes on as another generation, and holds time where it stood until that speaks
};

// What a writer says about time, in order with its rows. `count` writers make up a generation.
struct WriterMark {
  std::int32_t writer = 0;
  std::int32_t count = 0;  // 0: this run says nothing about time (changelogs)
  std::int64_t generation = 0;
  // Numbers the runs of a writer: each is above all before it, those of earlier starts of the home too. A reader that
  // comes back knows by it what it has heard. Below kSequencesPerStart: not numbered.
  std::int64_t sequence = 0;
  std::int64_t watermark = INT64_MIN;
  WriterState state = WriterState::Active;
  friend bool operator==(const WriterMark&, const WriterMark&) = default;
};

struct RunHeader {
  std::int32_t rows = 0;
  WriterMark mark;
};

// Bytes shared between a reader's buffer and the batches that point into it.
struct SharedBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> owner;  // shared: batches outlive the read that made them
};

// A run on its way into the log. The body stays valid until the commit is over.
struct RunToAppend {
  RunHeader header;
  std::vector<std::byte> body;
};

struct PartitionAppend {
  PartitionId partition;
  std::vector<RunToAppend> runs;
};

// A run as it is read. Whoever has read it goes on at `end`. Its rows have no positions of their own: what becomes of a
// part of it is kept with `begin`, and the whole run is read again.
struct Run {
  Position begin;
  Position end;
  std::int64_t firstRow = 0;  // its number; the others follow, and no other row of the partition has one of them
  RunHeader header;
  SharedBytes body;
};

}  // namespace weir::runtime
