// Reads one file in chunks of whole lines.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "buffer_pool.hpp"
#include "descriptor.hpp"
#include "weir/sdk/operators.hpp"

namespace weir::file {

struct ReadOptions {
  std::uint64_t chunkSize = 256 * 1024;
  std::uint64_t maxRecord = 1024 * 1024;  // at least chunkSize
  bool follow = false;                    // the end of the file is not the end of the input
};

inline constexpr std::uint64_t kMostBytesKept = 64 << 10;  // of a line that is too long

// What becomes of a line that is longer than `maxRecord`.
UnreadableRecord longLine(std::string_view beginning, std::uint64_t length, std::uint64_t position,
                          std::uint64_t maxRecord);

// Chunks are cut by the file alone: a chunk holds the lines that begin between two multiples of the chunk
// size. Only at the end of a file that still grows is a chunk shorter: what has arrived is given at once.
// A line longer than `maxRecord` is unreadable: it is told of in a chunk without data, and the rest of the file goes
// on.
class LineReader final : public SplitReader {
 public:
  // `idle` is called whenever the reader has nothing to give.
  LineReader(Descriptor file, std::string path, std::uint64_t position, const ReadOptions& options,
             std::shared_ptr<BufferPool> pool, std::function<void()> idle);

  ReadResult read(bool untilEnd, Chunk& chunk) override;

 private:
  std::size_t fill(Bytes& bytes, std::size_t have, std::size_t want);
  ReadResult give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, std::uint64_t next, Chunk& chunk);
  ReadResult giveLongLine(const Bytes& beginning, bool untilEnd, Chunk& chunk);
  ReadResult nothing(bool untilEnd);

  Descriptor file_;
  std::string path_;
  std::uint64_t position_;
  ReadOptions options_;
  // Shared with the buffers that are on their way.
  std::shared_ptr<BufferPool> pool_;
  std::function<void()> idle_;
};

}  // namespace weir::file
