// Reads one file in chunks of whole lines.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "plugins/file/buffer_pool.hpp"
#include "plugins/file/file_index.hpp"
#include "plugins/file/file_position.hpp"
#include "plugins/file/open_files.hpp"
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
//
// The descriptor may be closed between two reads, when many files are open. Whenever it is opened again, and after each
// rest, the reader makes sure that the file is still the one it has read: that is what its position is for.
class LineReader final : public SplitReader {
 public:
  // What the readers of a source share. Outlives them.
  struct Surroundings {
    ReadOptions options;
    // Shared with the buffers that are on their way.
    std::shared_ptr<BufferPool> pool;
    OpenFiles& files;
    std::function<void(const std::string&)> warn;
  };

  LineReader(std::shared_ptr<TrackedFile> file, FilePosition position, const Surroundings& surroundings);
  ~LineReader() override;

  ReadResult read(bool untilEnd, Chunk& chunk) override;

 private:
  // Opens the file where it is not, and checks it where it may have changed. False: it cannot be reached now.
  bool ready();
  bool open();
  bool isElsewhere(const FileFacts& facts) const;
  FileFacts factsNow() const;
  void check(const FileFacts& facts);
  void checkFirstLine();
  void fillPrints();
  std::size_t fill(Bytes& bytes, std::size_t have, std::size_t want);
  ReadResult give(std::unique_ptr<PooledBuffer> buffer, std::size_t size, Chunk& chunk);
  ReadResult giveLongLine(const Bytes& beginning, bool untilEnd, Chunk& chunk);
  ReadResult nothing(bool untilEnd, bool complete, Chunk& chunk);
  ReadResult unreachable(bool untilEnd) const;
  void advance(std::string_view bytes);
  void tellPosition(std::uint64_t begin, Chunk& chunk);

  const Surroundings& surroundings_;
  const ReadOptions& options_;
  // Shared with the index, which says where the file is.
  std::shared_ptr<TrackedFile> file_;
  FilePosition position_;
  std::string tail_;  // the last bytes before the position, as far as they are known
  int descriptor_ = -1;
  bool opened_ = false;                   // since this reader was made
  bool deleted_ = false;                  // what is there is all there will be
  bool doubtful_ = true;                  // it has rested: the file may have been changed in place
  std::optional<std::uint64_t> gaveAll_;  // that was there, when so much news had been told of it
};

}  // namespace weir::file
