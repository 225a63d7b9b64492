#include "plugins/file/output_file.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir::file {
namespace {

constexpr std::size_t kBufferSize = 256 * 1024;
// The last bytes before the committed length tell that a file is the one that was written.
constexpr std::uint64_t kTail = 64;

std::string folderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Trying again cannot help against the limit of the process: its other sinks keep their files open.
[[noreturn]] void failOpening(const char* what, const std::string& path) {
  if (errno != EMFILE) throwRefused(what, path, Access::Write);
  throw ConfigError(std::string("Cannot ") + what + " " + path + ": " + whyRefused(EMFILE, path, Access::Write) +
                    " Every task of a file.sink keeps a file open: fewer tasks do with less.");
}

void syncOneFolder(const std::string& folder) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor) failOpening("open the folder", folder);
  if (fsync(descriptor.get()) != 0) {
    throwRefused("make durable the names in the folder", folder, Access::Write);
  }
}

// Makes missing folders, each durable in the one above it.
void makeFolders(const std::string& folder) {
  struct stat facts {};
  if (stat(folder.c_str(), &facts) == 0) return;  // a file there is found out by whoever opens one in it
  const std::string above = folderOf(folder);
  if (above != folder) makeFolders(above);
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) failOpening("make the folder", folder);
  syncOneFolder(above);
}

std::string kindText(mode_t mode) {
  if (S_ISLNK(mode)) return "a link";
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a FIFO";
  return S_ISSOCK(mode) ? "a socket" : "a device";
}

// A name in the folder of a path.
std::string besideOf(const std::string& path, const std::string& name) {
  return (std::filesystem::path(path).parent_path() / name).string();
}

[[noreturn]] void refuseSecondWriter(const std::string& path) {
  throw ConfigError(path + " is being written by another sink: give every sink a path of its own.");
}

// A file that takes the place of another one is as open to others as that was; what may not be given away stays as it
// is.
void keepOwnerAndMode(int file, const struct stat& facts) {
  static_cast<void>(fchown(file, facts.st_uid, facts.st_gid) == 0 && fchmod(file, facts.st_mode & 07777U) == 0);
}

}  // namespace

OutputFile::OutputFile(std::string path, Existing existing, std::string_view owner)
    : path_(std::move(path)),
      beginning_(path_ + "." + hexadecimal(hashBytes(owner)) + std::string(kUncommitted)),
      existing_(existing) {}

void OutputFile::recover(std::string_view blob) {
  buffer_.clear();
  unsynced_ = false;
  prepared_ = false;
  file_ = Descriptor();
  blob_ = blob;
  if (blob.empty()) return beginAnew();
  const std::optional<CommittedEnd> end = CommittedEnd::parse(blob, path_);
  if (!end) {
    throw FatalError("What was committed for " + path_ +
                     " was written by a newer version of the file plugin: use that version.");
  }
  openCommitted(*end);
}

// A file that nobody writes a row to is not made, unless it takes the place of another one: whoever finds that would
// take its rows for those of this run.
void OutputFile::beginAnew() {
  written_ = 0;
  preparedLength_ = 0;
  committedLength_ = 0;
  inPlace_ = false;
  const bool replaces = checkPlace();
  removeBeginning();
  if (replaces) return make();
  checkFolder();
}

void OutputFile::make() {
  makeFolders(folderOf(path_));
  // Not emptied by opening: another runner may hold it.
  file_ = Descriptor(open(beginning_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666));
  if (!file_) failOpening("create", beginning_);
  lock(beginning_);
  struct stat facts {};
  if (fstat(file_.get(), &facts) != 0) failWriting("look at");
  if (!S_ISREG(facts.st_mode)) throw ConfigError(beginning_ + " is no regular file. Move it away.");
  if (facts.st_size != 0 && ftruncate(file_.get(), 0) != 0) failWriting("empty");
}

// What this writer left behind before its first commit.
void OutputFile::removeBeginning() {
  struct stat facts {};
  if (lstat(beginning_.c_str(), &facts) != 0) return;
  if (!S_ISREG(facts.st_mode)) throw ConfigError(beginning_ + " is no regular file. Move it away.");
  if (!tryOpen(beginning_)) return;
  if (unlink(beginning_.c_str()) != 0) failWriting("remove what an earlier run left of");
  file_ = Descriptor();
}

// Whether the file can be made when its first row comes, as far as that can be known now.
void OutputFile::checkFolder() const {
  std::string folder = folderOf(path_);
  struct stat facts {};
  while (stat(folder.c_str(), &facts) != 0 && errno == ENOENT && folderOf(folder) != folder) folder = folderOf(folder);
  if (access((folder + "/.").c_str(), W_OK | X_OK) != 0) failOpening("create files in", folder);
}

// What stands where the file is to go may be replaced, or there is nothing; answers whether something is there.
bool OutputFile::checkPlace() const {
  struct stat facts {};
  if (lstat(path_.c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return false;
    failOpening("look at", path_);
  }
  if (!S_ISREG(facts.st_mode)) {
    throw ConfigError(
        path_ + " is " + kindText(facts.st_mode) + ", and file.sink writes regular files only. " +
        (S_ISLNK(facts.st_mode) ? "Name the file that it leads to, or another path." : "Name another path."));
  }
  if (existing_ == Existing::Refuse) {
    throw ConfigError(path_ +
                      " is there already and was not written by this run. Move it away, name another path, or say "
                      "\"existing\": \"replace\".");
  }
  const Descriptor there(open(path_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (there && flock(there.get(), LOCK_SH | LOCK_NB) != 0) refuseSecondWriter(path_);
  return true;
}

bool OutputFile::tryOpen(const std::string& path) {
  file_ = Descriptor(open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file_ && errno == ELOOP) {
    throw ConfigError(path + " has become a link: put the file back as it was, or start with a new home.");
  }
  if (!file_ && errno != ENOENT) failOpening("open", path);
  if (file_) lock(path);
  return static_cast<bool>(file_);
}

void OutputFile::lock(const std::string& path) {
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) refuseSecondWriter(path);
}

void OutputFile::openCommitted(const CommittedEnd& end) {
  const auto sizeOf = [this](const std::string& path) {
    struct stat facts {};
    if (fstat(file_.get(), &facts) != 0) throwRefused("look at", path);
    return S_ISREG(facts.st_mode) ? static_cast<std::uint64_t>(facts.st_size) : 0;
  };
  if (!end.beside.empty()) {
    // A crash may have come between the first commit and the move to its place.
    const std::string beside = besideOf(path_, end.beside);
    if (tryOpen(beside)) {
      const std::uint64_t size = sizeOf(beside);
      if (size >= end.length && tailHash(end.length) == end.tail) {
        continueAt(beside, end.length, size);
        beginning_ = beside;
        inPlace_ = false;
        prepared_ = true;
        return committed();
      }
    }
  }
  const bool there = tryOpen(path_);
  const std::uint64_t size = there ? sizeOf(path_) : 0;
  const bool whole = there && size >= end.length;
  if (!whole || tailHash(end.length) != end.tail) refuseOther(end, there, size);
  continueAt(path_, end.length, size);
  inPlace_ = true;
  prepared_ = true;
  unsynced_ = end.path != path_;  // the next commit keeps the path that it has now
}

// What is at the path is not what was committed. `there`: something is.
void OutputFile::refuseOther(const CommittedEnd& end, bool there, std::uint64_t size) const {
  const std::string bytes = std::to_string(end.length) + " bytes";
  if (!end.path.empty() && end.path != path_) {
    struct stat facts {};
    const std::string beside = besideOf(end.path, end.beside);
    const bool isBeside = !end.beside.empty() && lstat(beside.c_str(), &facts) == 0;
    throw ConfigError("The path of this sink was " + end.path + " when " + bytes + " were committed to it, and is " +
                      path_ + " now, where " + (there ? "another file is" : "no file is") +
                      ". To go on in the new place, move the file there: mv " + (isBeside ? beside : end.path) + " " +
                      path_ +
                      ". Or give the sink its old path back. For a file that begins here, give the node "
                      "another id, and the start --forget with the old one.");
  }
  const std::string advice = " Put the file back as it was, or start with a new home.";
  if (!there) throw ConfigError(path_ + " is gone, but " + bytes + " were committed to it." + advice);
  if (size < end.length) {
    throw ConfigError(path_ + " is shorter than what was committed to it: " + std::to_string(size) + " of " + bytes +
                      " are there." + advice);
  }
  throw ConfigError(path_ + " is not the file that was committed: the bytes before " + std::to_string(end.length) +
                    " are others." + advice);
}

void OutputFile::continueAt(const std::string& path, std::uint64_t length, std::uint64_t size) {
  if (size > length && ftruncate(file_.get(), static_cast<off_t>(length)) != 0) {
    throwRefused("shorten", path, Access::Write);
  }
  written_ = length;
  preparedLength_ = length;
  committedLength_ = length;
}

std::string OutputFile::leftBehind() const {
  const std::string old = path_ + std::string(kUncommitted);
  struct stat facts {};
  return lstat(old.c_str(), &facts) == 0 ? old : "";
}

void OutputFile::append(std::string_view record) {
  if (!file_) make();
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

const std::string& OutputFile::prepareCommit() {
  if (!file_) return blob_;
  flush();
  if (!unsynced_ && prepared_) return blob_;
  if (fdatasync(file_.get()) != 0) failWriting("sync");
  if (!inPlace_) syncFolder();
  checkStillThere();
  unsynced_ = false;
  prepared_ = true;
  preparedLength_ = written_;
  const std::string beside = inPlace_ ? "" : std::filesystem::path(beginning_).filename().string();
  blob_ = CommittedEnd{written_, tailHash(written_), beside, path_}.text();
  return blob_;
}

// A file that was renamed or removed is written on without an error, and nobody would find the rows.
void OutputFile::checkStillThere() const {
  const std::string& place = inPlace_ ? path_ : beginning_;
  struct stat ours {};
  struct stat there {};
  if (fstat(file_.get(), &ours) != 0) failWriting("look at");
  const bool found = lstat(place.c_str(), &there) == 0;
  if (!found && errno != ENOENT && errno != ENOTDIR) failWriting("look at");
  if (found && there.st_dev == ours.st_dev && there.st_ino == ours.st_ino) return;
  const std::string happened =
      place + (found ? " was replaced by another file" : " was renamed or removed") + " while it was being written";
  // `recover` begins it anew, unless its first commit came to be.
  if (!inPlace_) throw RetryableError(happened + ". The run goes on from the last commit.");
  throw ConfigError(happened + ": " + std::to_string(committedLength_) +
                    " bytes were committed to it, and nothing after them. Put the file back as it was, or start with a "
                    "new home.");
}

void OutputFile::committed() {
  committedLength_ = preparedLength_;
  if (inPlace_ || !prepared_) return;
  moveToPlace();
  syncFolder();
  inPlace_ = true;
}

void OutputFile::moveToPlace() {
  if (existing_ == Existing::Replace) {
    checkPlace();
    struct stat facts {};
    if (stat(path_.c_str(), &facts) == 0) keepOwnerAndMode(file_.get(), facts);
    if (rename(beginning_.c_str(), path_.c_str()) == 0) return;
  } else {
    if (renameat2(AT_FDCWD, beginning_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST) {
      throw ConfigError(path_ +
                        " has come to be there since this run began, and was not written by it. Move it away: what was "
                        "committed stands in " +
                        beginning_ + ", and takes its place at the next start.");
    }
    if (errno == EINVAL || errno == ENOSYS) {  // a file system that cannot do both in one
      checkPlace();
      if (rename(beginning_.c_str(), path_.c_str()) == 0) return;
    }
  }
  throwRefused("move " + beginning_ + " to its place,", path_, Access::Write);
}

void OutputFile::syncFolder() {
  syncOneFolder(folderOf(path_));
}

std::string OutputFile::tailHash(std::uint64_t length) const {
  char tail[kTail];
  const std::uint64_t size = std::min(length, kTail);
  const std::int64_t count = readFully(file_.get(), tail, size, length - size);
  if (count < 0) throwRefused("read back from", path_);
  return hexadecimal(hashBytes({tail, static_cast<std::size_t>(count)}));
}

void OutputFile::failWriting(const char* what) const {
  const int code = errno;
  throw RetryableError(std::string("Cannot ") + what + " " + path_ + ": " + whyRefused(code, path_, Access::Write) +
                       " The run goes on from the last commit.");
}

}  // namespace weir::file
