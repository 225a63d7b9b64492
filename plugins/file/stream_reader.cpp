#include "plugins/file/stream_reader.hpp"

#include <fcntl.h>
#include <poll.h>

#include <algorithm>

#include "weir/sdk/errors.hpp"

namespace weir::file {

Descriptor openStream(const std::string& path) {
  // Opening /dev/stdin anew may be refused where the one that was handed over is ours to read.
  Descriptor stream(path == "/dev/stdin" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                         : ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!stream) throwRefused("open", path);
  return stream;
}

StreamReader::StreamReader(Descriptor stream, std::string path, std::uint64_t position, const ReadOptions& options,
                           std::shared_ptr<BufferPool> pool, Events events)
    : stream_(std::move(stream)),
      path_(std::move(path)),
      position_(position),
      options_(options),
      pool_(std::move(pool)),
      events_(std::move(events)) {}

// Reads behind the first `have` bytes until `want` are there or nothing is left.
StreamReader::State StreamReader::fill(Bytes& bytes, std::size_t& have, std::size_t want) {
  while (have < want) {
    pollfd wanted{stream_.get(), POLLIN, 0};
    const int ready = poll(&wanted, 1, 0);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) throwRefused("look at", path_);
    if (ready == 0) return State::Dry;
    const ssize_t count = ::read(stream_.get(), bytes.data.get() + have, want - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return State::Dry;
    if (count < 0) throwRefused("read", path_);
    if (count == 0) return awaitsNextWriter() ? State::Dry : State::Ended;
    have += static_cast<std::size_t>(count);
  }
  return State::Open;
}

// A FIFO that nobody writes any more is opened anew, so that its end is not seen again and again.
bool StreamReader::awaitsNextWriter() {
  struct stat facts {};
  const bool isFifo = stat(path_.c_str(), &facts) == 0 && S_ISFIFO(facts.st_mode) && path_ != "/dev/stdin";
  if (!options_.follow || !isFifo) return false;
  stream_ = openStream(path_);
  return true;
}

ReadResult StreamReader::read(bool, Chunk& chunk) {
  for (;;) {
    auto buffer = std::make_unique<PooledBuffer>(pool_);
    Bytes& bytes = buffer->bytes();
    const std::size_t want = rest_.size() + options_.chunkSize;
    bytes.grow(want, 0);
    std::copy(rest_.begin(), rest_.end(), bytes.data.get());
    std::size_t have = rest_.size();
    const State state = fill(bytes, have, want);
    const std::string_view text(bytes.data.get(), have);
    // Only the line that was begun before can be too long: what is read at once is shorter than that.
    const std::size_t feed = text.find('\n');
    const bool complete = feed != std::string_view::npos || (state == State::Ended && have != 0);
    const std::size_t firstLine = std::min(feed, have);
    if (tooLong_ || firstLine > options_.maxRecord) {
      if (!tooLong_) tooLong_ = text.substr(0, std::min<std::size_t>(firstLine, kMostBytesKept));
      if (complete || state == State::Ended) {
        refuseLine(*tooLong_, thrownAway_ + firstLine, chunk);
        tooLong_.reset();
        thrownAway_ = 0;
        rest_ = text.substr(std::min(firstLine + 1, have));
        return ReadResult::Read;
      }
      thrownAway_ += have;
      rest_.clear();
      return nothing(state);  // it may go on for ever
    } else if (complete) {
      const std::size_t end = state == State::Ended ? have : text.rfind('\n') + 1;
      rest_ = text.substr(end);
      return give(std::move(buffer), end, chunk);
    } else {
      rest_ = text;
    }
    if (state != State::Open) return nothing(state);
  }
}

ReadResult StreamReader::give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, Chunk& chunk) {
  chunk.data = {buffer->bytes().data.get(), size};
  chunk.buffer = std::move(buffer);
  chunk.begin = position_;
  position_ += size;
  chunk.position = std::to_string(position_);
  return ReadResult::Read;
}

void StreamReader::refuseLine(std::string_view beginning, std::uint64_t length, Chunk& chunk) {
  chunk.unreadable.push_back(longLine(beginning, length, position_, options_.maxRecord));
  chunk.begin = position_;
  position_ += length + 1;
  chunk.position = std::to_string(position_);
}

ReadResult StreamReader::nothing(State state) {
  if (state == State::Ended) {
    events_.ended();
    return ReadResult::End;
  }
  events_.waits(stream_.get());
  return ReadResult::Idle;
}

}  // namespace weir::file
