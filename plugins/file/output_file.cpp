#include "output_file.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>

#include "weir/sdk/errors.hpp"

namespace weir::file {
namespace {

constexpr std::size_t kBufferSize = 256 * 1024;
// The last bytes before the committed length tell that a file is the one that was written.
constexpr std::uint64_t kTail = 64;

std::string folderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void syncOneFolder(const std::string& folder) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor || fsync(descriptor.get()) != 0) {
    throw RetryableError("Cannot make the names in the folder " + folder + " durable" + systemReason() + ".");
  }
}

// Makes missing folders, each durable in the one above it.
void makeFolders(const std::string& folder) {
  if (std::filesystem::is_directory(folder)) return;
  const std::string above = folderOf(folder);
  if (above != folder) makeFolders(above);
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
    throw RetryableError("Cannot make the folder " + folder + systemReason() + ".");
  }
  syncOneFolder(above);
}

}  // namespace

OutputFile::OutputFile(std::string path, Existing existing)
    : path_(std::move(path)), beginning_(path_ + ".uncommitted"), existing_(existing) {}

void OutputFile::recover(std::string_view blob) {
  buffer_.clear();
  unsynced_ = false;
  prepared_ = false;
  file_ = Descriptor();
  if (blob.empty()) return openFresh();
  // "1 LENGTH HASH"
  std::uint64_t length = 0;
  const char* const end = blob.data() + blob.size();
  const char* at = blob.data() + std::min<std::size_t>(2, blob.size());
  const auto parsed = std::from_chars(at, end, length);
  if (!blob.starts_with("1 ") || parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != ' ') {
    throw FatalError("What was committed for " + path_ +
                     " was written by a newer version of the file plugin: use that version.");
  }
  openCommitted(length, std::string_view(parsed.ptr + 1, static_cast<std::size_t>(end - parsed.ptr - 1)));
}

void OutputFile::openFresh() {
  if (existing_ == Existing::Refuse && std::filesystem::exists(path_)) {
    throw ConfigError(path_ +
                      " is there already and was not written by this run. Move it away, name another path, or say "
                      "\"existing\": \"replace\".");
  }
  makeFolders(folderOf(path_));
  // Not emptied by opening: another runner may hold it.
  file_ = Descriptor(open(beginning_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file_) throw RetryableError("Cannot create " + beginning_ + systemReason() + ".");
  lock(beginning_);
  struct stat facts {};
  if (fstat(file_.get(), &facts) != 0 || (facts.st_size != 0 && ftruncate(file_.get(), 0) != 0)) failWriting("empty");
  written_ = 0;
  inPlace_ = false;
}

bool OutputFile::tryOpen(const std::string& path) {
  file_ = Descriptor(open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file_ && errno != ENOENT) throw RetryableError("Cannot open " + path + systemReason() + ".");
  if (file_) lock(path);
  return static_cast<bool>(file_);
}

void OutputFile::lock(const std::string& path) {
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    throw ConfigError(path + " is being written by another sink: give every sink a path of its own.");
  }
}

void OutputFile::openCommitted(std::uint64_t length, std::string_view wanted) {
  // A crash may have come between the first commit and the move to its place.
  for (const bool inPlace : {true, false}) {
    const std::string& path = inPlace ? path_ : beginning_;
    if (!tryOpen(path)) continue;
    struct stat facts {};
    if (fstat(file_.get(), &facts) != 0) throw RetryableError("Cannot look at " + path + systemReason() + ".");
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    if (inPlace && (size < length || tailHash(length) != wanted) && std::filesystem::exists(beginning_) &&
        existing_ == Existing::Replace) {
      continue;  // the file that the first commit was about to replace
    }
    if (size < length) {
      throw ConfigError(path + " is shorter than what was committed to it: " + std::to_string(size) + " of " +
                        std::to_string(length) +
                        " bytes are there. Put the file back as it was, or start with a new home.");
    }
    if (tailHash(length) != wanted) {
      throw ConfigError(path + " is not the file that was committed: the bytes before " + std::to_string(length) +
                        " are others. Put the file back as it was, or start with a new home.");
    }
    if (size > length && ftruncate(file_.get(), static_cast<off_t>(length)) != 0) failWriting("shorten");
    written_ = length;
    inPlace_ = inPlace;
    if (!inPlace) {
      prepared_ = true;
      committed();
    }
    return;
  }
  throw ConfigError(path_ + " is gone, but " + std::to_string(length) +
                    " bytes were committed to it. Put the file back as it was, or start with a new home.");
}

void OutputFile::append(std::string_view record) {
  buffer_.append(record);
  buffer_ += '\n';
  if (buffer_.size() >= kBufferSize) flush();
}

void OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = pwrite(file_.get(), rest.data(), rest.size(), static_cast<off_t>(written_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) failWriting("write");
    written_ += static_cast<std::uint64_t>(count);
    rest.remove_prefix(static_cast<std::size_t>(count));
    unsynced_ = true;
  }
  buffer_.clear();
}

std::string OutputFile::prepareCommit() {
  flush();
  if (unsynced_ || !prepared_) {
    if (fdatasync(file_.get()) != 0) failWriting("sync");
    unsynced_ = false;
    if (!inPlace_) syncFolder();
  }
  prepared_ = true;
  return "1 " + std::to_string(written_) + " " + tailHash(written_);
}

void OutputFile::committed() {
  if (inPlace_ || !prepared_) return;
  if (rename(beginning_.c_str(), path_.c_str()) != 0) {
    throw RetryableError("Cannot move " + beginning_ + " to its place, " + path_ + systemReason() + ".");
  }
  syncFolder();
  inPlace_ = true;
}

void OutputFile::syncFolder() {
  syncOneFolder(folderOf(path_));
}

std::string OutputFile::tailHash(std::uint64_t length) const {
  char tail[kTail];
  const std::uint64_t size = std::min(length, kTail);
  const std::int64_t count = readFully(file_.get(), tail, size, length - size);
  if (count < 0) throw RetryableError("Cannot read back from " + path_ + systemReason() + ".");
  return hexadecimal(hashBytes({tail, static_cast<std::size_t>(count)}));
}

void OutputFile::failWriting(const char* what) const {
  const std::string advice =
      errno == ENOSPC || errno == EDQUOT
          ? " There is no room left on its disk: make some; the run goes on from the last commit."
          : " The run goes on from the last commit.";
  throw RetryableError(std::string("Cannot ") + what + " " + path_ + systemReason() + "." + advice);
}

}  // namespace weir::file
