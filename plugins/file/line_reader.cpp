#include "plugins/file/line_reader.hpp"

#include <fcntl.h>

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

LineReader::LineReader(std::shared_ptr<TrackedFile> file, FilePosition position, const Surroundings& surroundings)
    : surroundings_(surroundings),
      options_(surroundings.options),
      file_(std::move(file)),
      position_(std::move(position)) {
  file_->readers += 1;
}

LineReader::~LineReader() {
  file_->readers -= 1;
  surroundings_.files.close(this);
}

bool LineReader::ready() {
  descriptor_ = surroundings_.files.find(this);
  if (descriptor_ >= 0 && !doubtful_) return true;
  if (descriptor_ < 0) return open();
  const FileFacts facts = factsNow();
  if (isElsewhere(facts)) return open();
  if (file_->present) file_->facts = facts;
  check(facts);
  doubtful_ = false;
  return true;
}

// The same contents have come in another file to the same place: on with that one.
bool LineReader::isElsewhere(const FileFacts& facts) const {
  return file_->present && file_->facts.inode != facts.inode;
}

FileFacts LineReader::factsNow() const {
  const auto facts = FileFacts::ofOpen(descriptor_);
  if (!facts) throwRefused("look at", file_->path);
  return *facts;
}

bool LineReader::open() {
  if (!file_->present) return false;
  Descriptor file(::open(file_->path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && (errno == EMFILE || errno == ENFILE) && surroundings_.files.giveUp()) {
    file = Descriptor(::open(file_->path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return false;
  const auto facts = file ? FileFacts::ofOpen(file.get()) : std::nullopt;
  if (!facts) throwRefused("open", file_->path);
  // Renamed or replaced since the last look, which is about to be told of.
  if (file_->facts.inode != facts->inode) return false;
  file_->facts = *facts;
  // A hint; it may fail without harm.
  static_cast<void>(posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL));
  descriptor_ = surroundings_.files.insert(this, std::move(file));
  check(*facts);
  opened_ = true;
  deleted_ = false;
  doubtful_ = false;
  return true;
}

// That what has been read of the file is still what stands in it.
void LineReader::check(const FileFacts& facts) {
  const auto size = static_cast<std::uint64_t>(facts.size);
  if (position_.bare && size >= position_.offset) fillPrints();
  if (position_.offset == 0) return checkFirstLine();
  if (size < position_.offset) {
    const std::string text = file_->path + " has become shorter: " + std::to_string(position_.offset) +
                             " bytes of it have been read, and " + std::to_string(size) + " are there. ";
    if (!opened_) throw ConfigError(text + "Put the file back as it was, or give the new contents another name.");
    throw RetryableError(text + "Rotate files by renaming them, never by truncating or rewriting them.");
  }
  char bytes[kTailLength];
  const std::uint64_t length = position_.tailLength();
  const std::int64_t count = readFully(descriptor_, bytes, length, position_.offset - length);
  if (count < 0) throwRefused("read", file_->path);
  tail_.assign(bytes, static_cast<std::size_t>(count));
  if (hashBytes(tail_) == position_.tail) return;
  throw RetryableError(file_->path + " has been rewritten in place: the bytes before byte " +
                       std::to_string(position_.offset) +
                       " are not those that were read. Rotate files by renaming them, never by rewriting them.");
}

// Nothing of it has been read: its first line is all that it is known by.
void LineReader::checkFirstLine() {
  char head[kHeadLength];
  const std::int64_t count = readFully(descriptor_, head, kHeadLength, 0);
  if (count < 0) throwRefused("read", file_->path);
  std::string_view text(head, static_cast<std::size_t>(count));
  const std::size_t feed = text.find('\n');
  if (feed == std::string_view::npos && text.size() < kHeadLength) return;
  if (file_->id.ends_with(hexadecimal(hashBytes(text.substr(0, feed))))) return;
  throw RetryableError(file_->path + " has been replaced by another file since it was found.");
}

// From the file itself, where what was read has not been seen.
void LineReader::fillPrints() {
  char bytes[kHeadLength];
  const auto readAt = [&](std::uint64_t at, std::uint64_t length) {
    const std::int64_t count = readFully(descriptor_, bytes, length, at);
    if (count < 0) throwRefused("read", file_->path);
    return std::string_view(bytes, static_cast<std::size_t>(count));
  };
  position_.head = hashBytes(readAt(0, position_.headLength()));
  tail_ = readAt(position_.offset - position_.tailLength(), position_.tailLength());
  position_.tail = hashBytes(tail_);
  position_.bare = false;
}

// Bytes from the position on: reads until `want` are there, answers how many there are.
std::size_t LineReader::fill(Bytes& bytes, std::size_t have, std::size_t want) {
  bytes.grow(want, have);
  const std::int64_t count = readFully(descriptor_, bytes.data.get() + have, want - have, position_.offset + have);
  if (count < 0) throwRefused("read", file_->path);
  return have + static_cast<std::size_t>(count);
}

ReadResult LineReader::read(bool untilEnd, Chunk& chunk) {
  const bool nothingCame = std::exchange(gaveAll_, std::nullopt) == file_->news;
  if (nothingCame && file_->present && !untilEnd) {
    doubtful_ = true;
    return ReadResult::Idle;
  }
  if (!ready()) return unreachable(untilEnd);
  // Nothing will be added to a file that is not there any more.
  const bool complete = untilEnd || !options_.follow || deleted_;
  auto buffer = std::make_unique<PooledBuffer>(surroundings_.pool);
  Bytes& bytes = buffer->bytes();
  // The line that holds the last byte before the border is the last one of this chunk.
  const auto lastByte = static_cast<std::size_t>(options_.chunkSize - position_.offset % options_.chunkSize) - 1;
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
      if (have == 0) return nothing(untilEnd, complete, chunk);
      end = complete ? have : lineBegin(data, have);
      if (end == 0 && have <= options_.maxRecord) return nothing(untilEnd, complete, chunk);
    }
    // Only the last line of a chunk can be too long, because no other one reaches beyond the border.
    if (const std::size_t reached = end != 0 ? end - 1 : have; reached > options_.maxRecord) {
      const std::size_t begin = lineBegin(data, std::min(reached, lastByte));
      if (reached - begin > options_.maxRecord) {
        if (begin != 0) return give(std::move(buffer), begin, chunk);
        return giveLongLine(bytes, complete, chunk);
      }
    }
    if (end != 0) {
      if (ended && end == have && !complete) {
        gaveAll_ = file_->news;
        file_->unread = false;
      }
      return give(std::move(buffer), end, chunk);
    }
    want *= 2;
    have = fill(bytes, have, want);
  }
}

ReadResult LineReader::give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, Chunk& chunk) {
  const std::uint64_t begin = position_.offset;
  chunk.data = {buffer->bytes().data.get(), size};
  advance(chunk.data);
  chunk.buffer = std::move(buffer);
  tellPosition(begin, chunk);
  return ReadResult::Read;
}

void LineReader::advance(std::string_view bytes) {
  if (const std::uint64_t known = position_.headLength(); known < kHeadLength) {
    position_.head = hashBytes(bytes.substr(0, kHeadLength - known), position_.head);
  }
  if (bytes.size() >= kTailLength) {
    tail_ = bytes.substr(bytes.size() - kTailLength);
  } else {
    tail_.append(bytes);
    if (tail_.size() > kTailLength) tail_.erase(0, tail_.size() - kTailLength);
  }
  position_.tail = hashBytes(tail_);
  position_.offset += bytes.size();
}

void LineReader::tellPosition(std::uint64_t begin, Chunk& chunk) {
  position_.path = file_->path;
  file_->read = position_;
  chunk.begin = begin;
  chunk.position = position_.text();
}

// The line at the position is too long: looks for its end without keeping it.
ReadResult LineReader::giveLongLine(const Bytes& beginning, bool untilEnd, Chunk& chunk) {
  Bytes scratch;
  scratch.grow(1 << 16, 0);
  for (std::uint64_t at = position_.offset + options_.maxRecord;;) {
    const std::int64_t count = readFully(descriptor_, scratch.data.get(), scratch.size, at);
    if (count < 0) throwRefused("read", file_->path);
    const void* const feed = std::memchr(scratch.data.get(), '\n', static_cast<std::size_t>(count));
    if (feed == nullptr && static_cast<std::size_t>(count) == scratch.size) {
      at += scratch.size;
      continue;
    }
    if (feed == nullptr && !untilEnd) return nothing(false, false, chunk);
    const std::uint64_t end =
        at + (feed == nullptr ? static_cast<std::uint64_t>(count)
                              : static_cast<std::uint64_t>(static_cast<const char*>(feed) - scratch.data.get()));
    const auto kept = static_cast<std::size_t>(std::min(options_.maxRecord, kMostBytesKept));
    const std::uint64_t begin = position_.offset;
    chunk.unreadable.push_back(longLine({beginning.data.get(), kept}, end - begin, begin, options_.maxRecord));
    position_.offset = feed == nullptr ? end : end + 1;
    fillPrints();
    tellPosition(begin, chunk);
    return ReadResult::Read;
  }
}

// Nothing more to read for now: finds out whether the file is still what it was.
ReadResult LineReader::nothing(bool untilEnd, bool complete, Chunk& chunk) {
  const FileFacts facts = factsNow();
  if (static_cast<std::uint64_t>(facts.size) < position_.offset) check(facts);
  if (isElsewhere(facts)) {
    doubtful_ = true;
    return read(untilEnd, chunk);
  }
  if (complete) return ReadResult::End;
  // One that has been renamed is about to be told of, and its last line may yet be written to its end.
  if (!file_->present && (facts.links == 0 || file_->lost)) {
    file_->elsewhere = facts.links != 0;
    deleted_ = true;
    return read(untilEnd, chunk);  // its last line, if that has no end
  }
  file_->unread = false;
  file_->drained = !file_->present;
  doubtful_ = true;
  return ReadResult::Idle;
}

ReadResult LineReader::unreachable(bool untilEnd) const {
  if (!file_->present) {
    const auto size = static_cast<std::uint64_t>(file_->facts.size);
    if (size > position_.offset) {
      surroundings_.warn(file_->path + " was deleted before it was read to its end: of its " + std::to_string(size) +
                         " bytes " + std::to_string(position_.offset) + " have been read.");
    } else if (file_->unread) {
      surroundings_.warn(file_->path + " was deleted before it was read to its end: " +
                         std::to_string(position_.offset) + " bytes have been read, and then it was written.");
    }
    return ReadResult::End;
  }
  if (!untilEnd) return ReadResult::Idle;  // whatever has happened to it is about to be told of
  throw RetryableError(file_->path + " was renamed, replaced or deleted while it was read.");
}

}  // namespace weir::file
