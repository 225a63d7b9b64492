#include "line_reader.hpp"

#include <algorithm>

#include "weir/sdk/errors.hpp"

namespace weir::file {
namespace {

// Read beyond the border of a chunk, so that the end of its last line is usually there at once.
constexpr std::size_t kBeyond = 4096;

// Where the line that holds byte `at` begins.
std::size_t lineBegin(const char* data, std::size_t at) {
  const void* before = memrchr(data, '\n', at);
  return before == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(before) - data) + 1;
}

}  // namespace

UnreadableRecord longLine(std::string_view beginning, std::uint64_t length, std::uint64_t position,
                          std::uint64_t maxRecord) {
  UnreadableRecord record;
  record.bytes = beginning;
  record.length = length;
  record.position = position;
  record.reason =
      "The line has " + std::to_string(length) + " bytes; max_record allows " + std::to_string(maxRecord) + ".";
  return record;
}

LineReader::LineReader(Descriptor file, std::string path, std::uint64_t position, const ReadOptions& options,
                       std::shared_ptr<BufferPool> pool, std::function<void()> idle)
    : file_(std::move(file)),
      path_(std::move(path)),
      position_(position),
      options_(options),
      pool_(std::move(pool)),
      idle_(std::move(idle)) {}

// Bytes from position_ on: reads until `want` are there, answers how many there are.
std::size_t LineReader::fill(Bytes& bytes, std::size_t have, std::size_t want) {
  bytes.grow(want, have);
  const std::int64_t count = readFully(file_.get(), bytes.data.get() + have, want - have, position_ + have);
  if (count < 0) throw RetryableError("Cannot read " + path_ + systemReason() + ".");
  return have + static_cast<std::size_t>(count);
}

ReadResult LineReader::read(bool untilEnd, Chunk& chunk) {
  const bool complete = untilEnd || !options_.follow;
  auto buffer = std::make_unique<PooledBuffer>(pool_);
  Bytes& bytes = buffer->bytes();
  // The line that holds the last byte before the border is the last one of this chunk.
  const auto lastByte = static_cast<std::size_t>(options_.chunkSize - position_ % options_.chunkSize) - 1;
  std::size_t want = lastByte + kBeyond;
  std::size_t have = fill(bytes, 0, want);
  for (;;) {
    const char* const data = bytes.data.get();
    const bool ended = have < want;
    std::size_t end = 0;  // of the lines to give; 0: not known yet
    if (have > lastByte) {
      const void* feed = std::memchr(data + lastByte, '\n', have - lastByte);
      if (feed != nullptr) end = static_cast<std::size_t>(static_cast<const char*>(feed) - data) + 1;
    }
    if (end == 0 && ended) {
      if (have == 0) return nothing(complete);
      end = complete ? have : lineBegin(data, have);
      if (end == 0 && have <= options_.maxRecord) return nothing(complete);
    }
    // Only the last line of a chunk can be too long, because no other one reaches beyond the border.
    if (const std::size_t reached = end != 0 ? end - 1 : have; reached > options_.maxRecord) {
      const std::size_t begin = lineBegin(data, std::min(reached, lastByte));
      if (reached - begin > options_.maxRecord) {
        if (begin != 0) return give(std::move(buffer), begin, position_ + begin, chunk);
        return giveLongLine(bytes, complete, chunk);
      }
    }
    if (end != 0) return give(std::move(buffer), end, position_ + end, chunk);
    want *= 2;
    have = fill(bytes, have, want);
  }
}

ReadResult LineReader::give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, std::uint64_t next, Chunk& chunk) {
  chunk.data = {buffer->bytes().data.get(), size};
  chunk.buffer = std::move(buffer);
  chunk.begin = position_;
  chunk.position = std::to_string(next);
  position_ = next;
  return ReadResult::Read;
}

// The line at position_ is too long: looks for its end without keeping it.
ReadResult LineReader::giveLongLine(const Bytes& beginning, bool untilEnd, Chunk& chunk) {
  Bytes scratch;
  scratch.grow(1 << 16, 0);
  for (std::uint64_t at = position_ + options_.maxRecord;;) {
    const std::int64_t count = readFully(file_.get(), scratch.data.get(), scratch.size, at);
    if (count < 0) throw RetryableError("Cannot read " + path_ + systemReason() + ".");
    const void* const feed = std::memchr(scratch.data.get(), '\n', static_cast<std::size_t>(count));
    if (feed == nullptr && static_cast<std::size_t>(count) == scratch.size) {
      at += scratch.size;
      continue;
    }
    if (feed == nullptr && !untilEnd) return nothing(false);
    const std::uint64_t end =
        at + (feed == nullptr ? static_cast<std::uint64_t>(count)
                              : static_cast<std::uint64_t>(static_cast<const char*>(feed) - scratch.data.get()));
    const auto kept = static_cast<std::size_t>(std::min(options_.maxRecord, kMostBytesKept));
    chunk.unreadable.push_back(longLine({beginning.data.get(), kept}, end - position_, position_, options_.maxRecord));
    chunk.begin = position_;
    position_ = feed == nullptr ? end : end + 1;
    chunk.position = std::to_string(position_);
    return ReadResult::Read;
  }
}

// Nothing more to read for now: finds out whether the file is still what it was.
ReadResult LineReader::nothing(bool untilEnd) {
  struct stat facts {};
  if (fstat(file_.get(), &facts) != 0) throw RetryableError("Cannot look at " + path_ + systemReason() + ".");
  if (static_cast<std::uint64_t>(facts.st_size) < position_) {
    throw RetryableError(path_ + " has become shorter: " + std::to_string(position_) +
                         " bytes of it have been read, and " + std::to_string(facts.st_size) +
                         " are there. Rotate files by renaming them, never by truncating or rewriting them.");
  }
  // A file that was deleted after it was read to its end has no more to say.
  if (untilEnd || facts.st_nlink == 0) return ReadResult::End;
  idle_();
  return ReadResult::Idle;
}

}  // namespace weir::file
