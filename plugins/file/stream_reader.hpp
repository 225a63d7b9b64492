// Reads lines from a FIFO, a pipe or a terminal: a stream, which has no positions to go back to.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "plugins/file/buffer_pool.hpp"
#include "plugins/file/descriptor.hpp"
#include "plugins/file/line_reader.hpp"
#include "weir/sdk/operators.hpp"

namespace weir::file {

// Opens what cannot be read at a position, without waiting for a writer. /dev/stdin is this process's own.
Descriptor openStream(const std::string& path);

// What has arrived is given at once, whole lines only. The stream ends when its writers have closed it, whether or not
// the run goes until the end: what is there at one moment is never all of it. With `follow` a FIFO waits for its next
// writer. What was read and not committed before a failure is lost.
class StreamReader final : public SplitReader {
 public:
  struct Events {
    std::function<void(int stream)> waits;  // there is nothing to read before something happens
    std::function<void()> ended;
  };

  // `position`: the bytes that earlier readers have taken out of the stream.
  StreamReader(Descriptor stream, std::string path, std::uint64_t position, const ReadOptions& options,
               std::shared_ptr<BufferPool> pool, Events events);

  ReadResult read(bool untilEnd, Chunk& chunk) override;

 private:
  enum class State : std::uint8_t { Open, Dry, Ended };

  State fill(Bytes& bytes, std::size_t& have, std::size_t want);
  bool awaitsNextWriter();
  ReadResult give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, Chunk& chunk);
  void refuseLine(std::string_view beginning, std::uint64_t length, Chunk& chunk);
  ReadResult nothing(State state);

  Descriptor stream_;
  std::string path_;
  std::uint64_t position_;  // of the first byte that was not given
  ReadOptions options_;
  // Shared with the buffers that are on their way.
  std::shared_ptr<BufferPool> pool_;
  Events events_;
  std::string rest_;  // read, and without its line feed so far
  // Of the line that `rest_` belongs to, when it is too long: its beginning, and what of it is thrown away already.
  std::optional<std::string> tooLong_;
  std::uint64_t thrownAway_ = 0;
};

}  // namespace weir::file
