#include "core/runtime/time/writer_watermarks.hpp"

#include <algorithm>
#include <cstring>

#include "core/runtime/time/input_end.hpp"

namespace weir::runtime {

namespace {}  // namespace

void WriterWatermarks::advance(const WriterMark& mark, std::span<const WatermarkStep> steps, std::int64_t rows,
                               std::vector<WatermarkStep>& out) {
  if (mark.generation > generation_) begin(mark.generation, mark.count);
  out.clear();
  if (isOld(mark)) {
    if (merger_.combined() != WEIR_WATERMARK_MIN) out.push_back({0, merger_.combined()});
    return;
  }
  // As an older Weir told the end of its input.
  steps = withoutEnd(steps);
  const auto input = static_cast<std::size_t>(mark.writer);
  Writer& writer = writers_[input];
  writer.sequence = mark.sequence;
  // It speaks again: from here on it holds time back, as far as time has not passed it already.
  if (!writer.holds && mark.state == WriterState::Active) merger_.setIdle(input, false);
  merger_.merge(input, steps, out);
  merger_.advance(input, dataTime(mark.watermark));
  writer.state = mark.state;
  if (mark.state != WriterState::Left) writer.holds = mark.state == WriterState::Active;
  merger_.setIdle(input, !writer.holds);
  if (merger_.combined() != WEIR_WATERMARK_MIN && (out.empty() || out.back().watermark < merger_.combined())) {
    out.push_back({rows, merger_.combined()});
  }
}

// Heard before, or of a generation that is over and has said what it had to say.
bool WriterWatermarks::isOld(const WriterMark& mark) const {
  if (mark.generation < generation_ || mark.writer < 0 || mark.writer >= writerCount()) return true;
  return mark.sequence >= kSequencesPerStart &&
         mark.sequence <= writers_[static_cast<std::size_t>(mark.writer)].sequence;
}

void WriterWatermarks::begin(std::int64_t generation, std::int32_t writers) {
  const std::int64_t reached = merger_.combined();
  generation_ = generation;
  writers_.assign(static_cast<std::size_t>(writers), Writer());
  merger_ = StepMerger();
  for (std::int32_t writer = 0; writer < writers; ++writer) merger_.addInput();
  merger_.restore(reached);
}

bool WriterWatermarks::over() const {
  return generation_ >= 0 && std::all_of(writers_.begin(), writers_.end(), [](const Writer& writer) {
           return writer.state == WriterState::Ended || writer.state == WriterState::Left;
         });
}

bool WriterWatermarks::idle() const {
  return generation_ >= 0 && merger_.allIdle();
}

std::int32_t WriterWatermarks::holder() const {
  const std::size_t input = merger_.holder();
  return input < writers_.size() ? static_cast<std::int32_t>(input) : -1;
}

namespace {

// A stored integer: eight bytes, little-endian as everything in the log.
void putInteger(std::string& out, std::int64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

std::int64_t takeInteger(std::string_view& bytes) {
  std::int64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

constexpr std::size_t kHeaderIntegers = 3;
constexpr std::size_t kWriterIntegers = 4;
constexpr std::size_t kUnnumberedIntegers = 3;  // as homes have them whose runs were not numbered

}  // namespace

// Generation, combined watermark and number of writers; then of each writer its state, whether it holds time back, its
// watermark, and the number of its last run.
std::string WriterWatermarks::encode() const {
  std::string out;
  putInteger(out, generation_);
  putInteger(out, merger_.combined());
  putInteger(out, writerCount());
  for (std::size_t i = 0; i < writers_.size(); ++i) {
    putInteger(out, static_cast<std::int64_t>(writers_[i].state));
    putInteger(out, writers_[i].holds ? 1 : 0);
    putInteger(out, merger_.watermark(i));
    putInteger(out, writers_[i].sequence);
  }
  return out;
}

Result<WriterWatermarks> WriterWatermarks::decode(std::string_view bytes) {
  const auto damaged = [size = bytes.size()] {
    return corruptError("Stored watermarks of topic writers have " + std::to_string(size) +
                        " bytes, which cannot be right; the state of this reader is damaged.");
  };
  if (bytes.size() < kHeaderIntegers * 8) return damaged();
  WriterWatermarks result;
  result.generation_ = takeInteger(bytes);
  result.merger_.restore(dataTime(takeInteger(bytes)));
  const std::int64_t writers = takeInteger(bytes);
  const auto holds = [&](std::size_t integers) {
    return bytes.size() % (integers * 8) == 0 && bytes.size() / (integers * 8) == static_cast<std::size_t>(writers);
  };
  const bool numbered = writers >= 0 && holds(kWriterIntegers);
  if (!numbered && (writers < 0 || !holds(kUnnumberedIntegers))) return damaged();
  while (!bytes.empty()) {
    Writer writer;
    writer.state = static_cast<WriterState>(takeInteger(bytes));
    writer.holds = takeInteger(bytes) != 0;
    result.merger_.addInput(dataTime(takeInteger(bytes)));
    if (numbered) writer.sequence = takeInteger(bytes);
    result.writers_.push_back(writer);
  }
  // Only when all of them are there: the least of some says nothing about time.
  for (std::size_t input = 0; input < result.writers_.size(); ++input) {
    if (!result.writers_[input].holds) result.merger_.setIdle(input, true);
  }
  return result;
}

}  // namespace weir::runtime
