#include "runtime/time/writer_watermarks.hpp"

#include <algorithm>
#include <cstring>

namespace weir::runtime {

void WriterWatermarks::advance(const WriterMark& mark, std::span<const WatermarkStep> steps, std::int64_t rows,
                               std::vector<WatermarkStep>& out) {
  const std::size_t input = inputOf(mark);
  Writer& writer = writers_[input];
  // It speaks again: from here on it holds time back, as far as time has not passed it already.
  if (writer.state == WriterState::Idle && mark.state == WriterState::Active) merger_.setIdle(input, false);
  merger_.merge(input, steps, out);
  merger_.advance(input, mark.watermark);
  writer.state = mark.state;
  merger_.setIdle(input, mark.state != WriterState::Active);
  if (merger_.combined() != WEIR_WATERMARK_MIN && (out.empty() || out.back().watermark < merger_.combined())) {
    out.push_back({rows, merger_.combined()});
  }
}

bool WriterWatermarks::ended() const {
  return generation_ >= 0 && std::all_of(writers_.begin(), writers_.end(), [this](const Writer& writer) {
           return writer.generation != generation_ || writer.state == WriterState::Ended;
         });
}

bool WriterWatermarks::idle() const {
  return generation_ >= 0 && merger_.allIdle();
}

std::int32_t WriterWatermarks::writerCount() const {
  return static_cast<std::int32_t>(std::count_if(
      writers_.begin(), writers_.end(), [this](const Writer& writer) { return writer.generation == generation_; }));
}

std::int32_t WriterWatermarks::holder() const {
  const std::size_t input = merger_.holder();
  return input < writers_.size() ? writers_[input].writer : -1;
}

std::size_t WriterWatermarks::inputOf(const WriterMark& mark) {
  if (mark.generation > generation_) {
    generation_ = mark.generation;
    for (std::int32_t writer = 0; writer < mark.count; ++writer) {
      writers_.push_back({mark.generation, writer, WriterState::Active});
      merger_.addInput();
    }
  }
  for (std::size_t i = 0; i < writers_.size(); ++i) {
    if (writers_[i].generation == mark.generation && writers_[i].writer == mark.writer) return i;
  }
  // An old generation whose start was trimmed away before this reader began.
  writers_.push_back({mark.generation, mark.writer, WriterState::Active});
  return merger_.addInput();
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

constexpr std::size_t kHeaderIntegers = 2;
constexpr std::size_t kWriterIntegers = 4;

}  // namespace

std::string WriterWatermarks::encode() const {
  std::string out;
  putInteger(out, generation_);
  putInteger(out, merger_.combined());
  for (std::size_t i = 0; i < writers_.size(); ++i) {
    const Writer& writer = writers_[i];
    // Writers of generations that are over say nothing any more.
    if (writer.generation != generation_ && writer.state == WriterState::Ended) continue;
    putInteger(out, writer.generation);
    putInteger(out, writer.writer);
    putInteger(out, static_cast<std::int64_t>(writer.state));
    putInteger(out, merger_.watermark(i));
  }
  return out;
}

Result<WriterWatermarks> WriterWatermarks::decode(std::string_view bytes) {
  if (bytes.size() < kHeaderIntegers * 8 || (bytes.size() / 8 - kHeaderIntegers) % kWriterIntegers != 0) {
    return corruptError("Stored watermarks of topic writers have " + std::to_string(bytes.size()) +
                        " bytes, which cannot be right; the state of this reader is damaged.");
  }
  WriterWatermarks result;
  result.generation_ = takeInteger(bytes);
  result.merger_.restore(takeInteger(bytes));
  while (!bytes.empty()) {
    Writer writer;
    writer.generation = takeInteger(bytes);
    writer.writer = static_cast<std::int32_t>(takeInteger(bytes));
    writer.state = static_cast<WriterState>(takeInteger(bytes));
    result.merger_.addInput(takeInteger(bytes));
    result.writers_.push_back(writer);
  }
  // Only when all of them are there: the least of some says nothing about time.
  for (std::size_t input = 0; input < result.writers_.size(); ++input) {
    if (result.writers_[input].state != WriterState::Active) result.merger_.setIdle(input, true);
  }
  return result;
}

}  // namespace weir::runtime
