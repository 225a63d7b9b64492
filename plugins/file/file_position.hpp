// How far a file has been read, and what tells it from others: the text that the host keeps as the position of its
// split.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/file/descriptor.hpp"

namespace weir::file {

// Of a file, at most so many of its first bytes tell it from others: its first line, and what has been read of it.
inline constexpr std::uint64_t kHeadLength = 1024;
// So many bytes before the position tell whether it is still the file that was read.
inline constexpr std::uint64_t kTailLength = 256;

struct FilePosition {
  std::uint64_t offset = 0;             // of the first byte that has not been read
  std::uint64_t head = kHashOfNothing;  // of the first bytes: as many as have been read, at most kHeadLength
  std::uint64_t tail = kHashOfNothing;  // of the last kTailLength bytes before `offset`, or of all of them
  std::string path;                     // where the file was then
  bool bare = false;                    // an older version of Weir kept the offset alone

  std::uint64_t headLength() const { return offset < kHeadLength ? offset : kHeadLength; }
  std::uint64_t tailLength() const { return offset < kTailLength ? offset : kTailLength; }

  // "2:" offset ":" head ":" tail ":" path
  std::string text() const;
  // Nothing when the text is no position of a file. Without text: the beginning.
  static std::optional<FilePosition> parse(std::string_view text);
};

// How a file compares with what a position says of it.
enum class Resemblance : std::uint8_t {
  Same,       // it has been read up to there
  Shorter,    // it begins alike, and ends before it
  Rewritten,  // it begins alike, and what comes before the position differs
  Other,      // it begins otherwise
};

// `error` is the errno where it cannot be read. A bare position says only that a line, or the file, ends there.
struct Comparison {
  Resemblance resemblance = Resemblance::Other;
  int error = 0;
};
Comparison compare(int file, std::uint64_t size, const FilePosition& position);

}  // namespace weir::file
