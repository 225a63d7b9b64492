#include "plugins/file/file_facts.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace weir::file {
namespace {

std::int64_t nanoseconds(const struct statx_timestamp& time) {
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::optional<FileFacts> FileFacts::ask(int descriptor, const char* path, int flags) {
  struct statx said {};
  if (statx(descriptor, path, flags, STATX_BASIC_STATS | STATX_BTIME, &said) != 0) return std::nullopt;
  FileFacts facts;
  facts.inode.device = makedev(said.stx_dev_major, said.stx_dev_minor);
  facts.inode.number = said.stx_ino;
  if ((said.stx_mask & STATX_BTIME) != 0) facts.inode.born = nanoseconds(said.stx_btime);
  facts.mode = said.stx_mode;
  facts.links = said.stx_nlink;
  facts.size = static_cast<std::int64_t>(said.stx_size);
  facts.changed = nanoseconds(said.stx_mtime);
  return facts;
}

}  // namespace weir::file
