// What the system says of a file without a look inside.
#pragma once

#include <fcntl.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace weir::file {

struct FileFacts {
  struct Inode {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
    // Nanoseconds; 0 where the file system does not say. The number of a file that was deleted is given again, often to
    // the very next one.
    std::int64_t born = 0;
    friend auto operator<=>(const Inode&, const Inode&) = default;
  };

  Inode inode;
  std::uint32_t mode = 0;
  std::uint32_t links = 0;  // names; none: it was deleted
  std::int64_t size = -1;
  std::int64_t changed = 0;  // nanoseconds
  friend bool operator==(const FileFacts&, const FileFacts&) = default;

  // Nothing, and errno, where the system does not say. A path is followed through links.
  static std::optional<FileFacts> ofPath(const std::string& path) { return ask(AT_FDCWD, path.c_str(), 0); }
  static std::optional<FileFacts> ofOpen(int descriptor) { return ask(descriptor, "", AT_EMPTY_PATH); }

 private:
  static std::optional<FileFacts> ask(int descriptor, const char* path, int flags);
};

}  // namespace weir::file
