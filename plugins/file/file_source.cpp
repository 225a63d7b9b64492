#include "plugins/file/file_source.hpp"

#include <linux/magic.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <vector>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/home_folder.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir::file {
namespace {

// Open at once, of one task: whatever the number of files.
constexpr std::size_t kMostOpen = 64;
constexpr std::int64_t kSecond = 1'000'000;
// Until what stands at a path is looked at again, when that depends on how far another file has been read.
constexpr std::int64_t kSoon = kSecond / 50;
// How often every file is looked at where the kernel tells of changes: for writes through mapped memory, which it does
// not tell of.
constexpr std::int64_t kSlowLook = 60 * kSecond;
// Where it does not: network folders send no news of what other machines write.
constexpr std::int64_t kBlindLook = 5 * kSecond;
// A look at many files may cost no more of a core than one part in so many.
constexpr std::int64_t kShareOfLooks = 200;
// A stream is known by its path: it has no contents to be known by.
constexpr std::string_view kStreamPrefix = "stream:";

bool isStream(const struct stat& facts) {
  return S_ISFIFO(facts.st_mode) || S_ISCHR(facts.st_mode) || S_ISSOCK(facts.st_mode);
}

// A kind of file system of which nobody but this machine writes.
bool isLocal(const std::string& folder) {
  struct statfs facts {};
  if (statfs(folder.c_str(), &facts) != 0) return false;
  constexpr unsigned long kXfs = 0x58465342;
  constexpr unsigned long kZfs = 0x2fc12fc1;
  constexpr unsigned long kBcachefs = 0xca451a4e;
  switch (static_cast<unsigned long>(facts.f_type)) {
    case EXT4_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case TMPFS_MAGIC:
    case RAMFS_MAGIC:
    case OVERLAYFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case kXfs:
    case kZfs:
    case kBcachefs: return true;
    default: return false;
  }
}

FilePosition positionOf(const Split& split, const std::string& path) {
  auto position = FilePosition::parse(split.position);
  if (!position) throw FatalError("The position '" + split.position + "' of " + path + " is not one of file.source.");
  return std::move(*position);
}

ReadOptions readOptions(const CreateInfo& info) {
  ReadOptions options;
  options.follow = info.params().boolean("follow", false);
  const std::int64_t chunk = info.params().integer("chunk_size", 256 * 1024);
  const std::int64_t record = info.params().integer("max_record", 1024 * 1024);
  if (chunk < 4096) throw ConfigError("The parameter 'chunk_size' must be at least 4096 bytes.");
  if (record < chunk) {
    throw ConfigError("The parameter 'max_record' (" + std::to_string(record) + ") must be at least 'chunk_size' (" +
                      std::to_string(chunk) + ").");
  }
  options.chunkSize = static_cast<std::uint64_t>(chunk);
  options.maxRecord = static_cast<std::uint64_t>(record);
  return options;
}

}  // namespace

FileSource::FileSource(const CreateInfo& info)
    : Source(info),
      pattern_(info.params().text("path")),
      surroundings_{readOptions(info), nullptr, files_, [this](const std::string& text) { context().warning(text); }},
      files_(kMostOpen),
      index_({surroundings_.options.follow && !info.untilEnd(),
              [this](const std::string& text) { context().warning(text); },
              [this](const std::string& path) { watchTarget(path); },
              [this](const std::string& path) { return matches(path); }}) {
  if (pattern_.text().empty()) throw ConfigError("The parameter 'path' is empty: name a file, or files with * and ?.");
  if (pattern_.text().find('\0') != std::string::npos) {
    throw ConfigError("The parameter 'path' holds the character NUL.");
  }
  surroundings_.pool = std::make_shared<BufferPool>(surroundings_.options.chunkSize + 8192);
  if (info.untilEnd()) return;
  watcher_ = std::make_unique<FileWatcher>(surroundings_.options.follow, [this] {
    fileNews_ = true;
    context().wake();
  });
}

void FileSource::restore(const Split& split) {
  if (split.id.starts_with(kStreamPrefix)) return;
  index_.restore(split.id, positionOf(split, split.id));
}

void FileSource::discover(const SplitFound& found) {
  lookAtAll();
  index_.takeChanges();
  for (const FileIndex::Change& file : index_.all()) found(file.id, file.path);
  // What has been taken out of a stream is gone: it is not read a second time.
  if (!stream_.empty() && !streamEnded_) found(stream_, pattern_.text());
}

void FileSource::changes(const SplitChanges& tell) {
  const std::int64_t now = context().now();
  const bool news = fileNews_.exchange(false);
  if (now >= nextLook_) {
    lookAtAll();
  } else if (news) {
    lookAtNews();
  }
  if (now >= nextForget_) nextForget_ = index_.forgetDeleted(now);
  if (index_.hasUndecided()) {
    index_.lookAt(index_.takeUndecided(), now);
    nextAgain_ = index_.hasUndecided() ? now + kSoon : INT64_MAX;
  }
  for (const FileIndex::Change& change : index_.takeChanges()) {
    (change.gone ? tell.gone : tell.news)(change.id, change.path);
  }
  if (streamNews_.exchange(false) && !streamEnded_) tell.news(stream_, pattern_.text());
  askForTimer();
}

void FileSource::lookAtAll() {
  const std::int64_t begin = context().now();
  // What has happened until here is seen by this look, but for renames to names that do not match.
  const FileWatcher::News news = watcher_ ? watcher_->take() : FileWatcher::News();
  const bool beginsHere = pattern_.text().starts_with("./");
  const auto watch = [&](const std::string& folder) {
    watchFolder(folder, folder == "." ? (beginsHere ? "./" : "") : folder == "/" ? folder : folder + "/");
  };
  const std::vector<std::string> paths = pattern_.find(watcher_ ? watch : std::function<void(const std::string&)>());
  if (pattern_.fixed()) refuseWhatIsNoInput();
  if (paths.empty() && !surroundings_.options.follow && index_.all().empty()) {
    throw ConfigError("No file matches the path " + pattern_.text() +
                      ". Correct it, or say \"follow\": true to wait for files that come later.");
  }
  if (!findStream()) {
    try {
      index_.lookAtAll(paths, begin);
    } catch (const ConfigError&) {
      // What cannot be told may have been renamed since the paths were found: under its new name it is known again.
      index_.lookAtAll(pattern_.find({}), begin);
    }
  }
  index_.followTo({news.moved.begin(), news.moved.end()});
  if (index_.misses()) nextForget_ = std::min(nextForget_, begin + kSecond);
  if (watcher_) planNextLook(context().now() - begin);
}

void FileSource::lookAtNews() {
  const FileWatcher::News news = watcher_->take();
  if (news.all) {
    watched_.clear();  // a folder may have gone, and another one come in its place
    return lookAtAll();
  }
  std::set<std::string> matching;  // each once, whatever happened to it
  std::vector<std::string> others;
  const auto linkTo = [this](const std::string& path) -> const std::string* {
    const auto link = links_.find(path);
    return link == links_.end() ? nullptr : &link->second;
  };
  const auto place = [&](const std::string& path) {
    if (index_.knowsPath(path) || matches(path)) {
      matching.insert(path);
    } else {
      others.push_back(path);
    }
  };
  for (const std::string& path : news.written) {
    const std::string* const link = linkTo(path);
    if (link != nullptr && !index_.written(*link)) matching.insert(*link);
    if (!index_.written(path)) place(path);
  }
  for (const std::string& path : news.moved) {
    if (const std::string* const link = linkTo(path)) matching.insert(*link);
    place(path);
  }
  const std::int64_t now = context().now();
  // What is known to be a file is looked at below.
  if (!stream_.empty() || (!index_.knowsPath(pattern_.text()) && findStream())) return;
  index_.lookAt({matching.begin(), matching.end()}, now);
  if (index_.misses()) {
    index_.followTo(others);
    nextForget_ = std::min(nextForget_, now + kSecond);
  }
}

bool FileSource::matches(const std::string& path) const {
  if (pattern_.fixed()) return path == pattern_.text();
  const bool ofHome = isHomePart(path.substr(path.rfind('/') + 1)) && !homeOf(path).empty();
  return !ofHome && matchesPath(pattern_.text(), path);
}

void FileSource::planNextLook(std::int64_t took) {
  nextLook_ = context().now() + std::max(trusted_ ? kSlowLook : kBlindLook, took * kShareOfLooks);
  askForTimer();
}

void FileSource::askForTimer() {
  const std::int64_t next = std::min({nextLook_, nextForget_, nextAgain_});
  if (next == INT64_MAX || next >= asked_) return;
  asked_ = next;
  context().wakeAt(next);
}

void FileSource::onTimer(std::int64_t) {
  asked_ = INT64_MAX;
  context().wake();
}

void FileSource::refuseWhatIsNoInput() const {
  const std::string& path = pattern_.text();
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return;
  if (S_ISDIR(facts.st_mode)) {
    throw ConfigError(path + " is a folder: name the files in it, as in " + path + "/*.");
  }
  // /dev/null, /dev/zero, /dev/random.
  constexpr unsigned kMemoryDevices = 1;
  if (S_ISBLK(facts.st_mode) || (S_ISCHR(facts.st_mode) && major(facts.st_rdev) == kMemoryDevices)) {
    throw ConfigError(
        path +
        " leads to a device that has no rows, or no end: name a file, a FIFO, or /dev/stdin, and give that rows.");
  }
}

bool FileSource::findStream() {
  struct stat facts {};
  if (!pattern_.fixed() || stat(pattern_.text().c_str(), &facts) != 0 || !isStream(facts)) return false;
  stream_ = std::string(kStreamPrefix) + pattern_.text();
  return true;
}

void FileSource::watchFolder(const std::string& folder, const std::string& before) {
  if (!watcher_ || !watched_.insert(before).second) return;
  const bool watched = watcher_->watch(folder, before);
  trusted_ = trusted_ && watched && isLocal(folder);
  if (!watched && warned_.insert(folder).second) {
    const int code = errno;
    context().warning("The system gives no news of changes in " + folder +
                      ", which is looked at every few seconds instead: " +
                      (code == ENOSPC ? "the kernel is out of watches (fs.inotify.max_user_watches)."
                                      : whyRefused(code, folder, Access::Read)));
  }
}

// What is written through a link happens in another folder.
void FileSource::watchTarget(const std::string& path) {
  struct stat facts {};
  if (!watcher_ || lstat(path.c_str(), &facts) != 0 || !S_ISLNK(facts.st_mode)) return;
  const std::unique_ptr<char, decltype(&std::free)> target(realpath(path.c_str(), nullptr), &std::free);
  if (!target) return;
  const std::string real = target.get();
  links_[real] = path;
  const std::string before = real.substr(0, real.rfind('/') + 1);
  watchFolder(before, before);
}

std::unique_ptr<SplitReader> FileSource::open(const Split& split) {
  if (split.id.starts_with(kStreamPrefix)) return openStreamSplit(split);
  std::shared_ptr<TrackedFile> file = index_.find(split.id);
  if (!file || (!file->present && !file->seen)) {
    lookAtAll();
    file = index_.find(split.id);
  }
  if (!file) {
    throw RetryableError("The file with the id " + split.id + " does not match " + pattern_.text() +
                         " any more: it was deleted, renamed or rewritten.");
  }
  FilePosition position = positionOf(split, file->path);
  return std::make_unique<LineReader>(std::move(file), std::move(position), surroundings_);
}

std::unique_ptr<SplitReader> FileSource::openStreamSplit(const Split& split) {
  const auto news = [this] {
    streamNews_ = true;
    context().wake();
  };
  if (!waiter_) waiter_ = std::make_unique<StreamWaiter>(news);
  StreamReader::Events events{[this](int stream) { waiter_->await(stream); }, [this] { streamEnded_ = true; }};
  const std::string& path = pattern_.text();
  return std::make_unique<StreamReader>(openStream(path), path, positionOf(split, path).offset, surroundings_.options,
                                        surroundings_.pool, std::move(events));
}

}  // namespace weir::file
