#include "file_source.hpp"

#include <fcntl.h>

#include <charconv>
#include <vector>

#include "weir/sdk/errors.hpp"

namespace weir::file {
namespace {

// The first line, at most so many bytes of it, tells a file from another one that got the same inode.
constexpr std::size_t kHead = 1024;
// Network folders send no news of what other machines write, so there is a slow look as well.
constexpr std::int64_t kSlowLook = 500'000;
// A stream is known by its path: it has no contents to be known by.
constexpr std::string_view kStreamPrefix = "stream:";

bool isStream(const struct stat& facts) {
  return S_ISFIFO(facts.st_mode) || S_ISCHR(facts.st_mode) || S_ISSOCK(facts.st_mode);
}

std::uint64_t positionOf(const Split& split, const std::string& path) {
  std::uint64_t position = 0;
  const char* const end = split.position.data() + split.position.size();
  if (!split.position.empty() && std::from_chars(split.position.data(), end, position).ptr != end) {
    throw FatalError("The position '" + split.position + "' of " + path + " is not one of file.source.");
  }
  return position;
}

}  // namespace

FileSource::FileSource(const CreateInfo& info) : Source(info), pattern_(info.params().text("path")) {
  options_.follow = info.params().boolean("follow", false);
  growing_ = options_.follow && !info.untilEnd();
  const std::int64_t chunk = info.params().integer("chunk_size", 256 * 1024);
  const std::int64_t record = info.params().integer("max_record", 1024 * 1024);
  if (pattern_.text().empty()) throw ConfigError("The parameter 'path' is empty: name a file, or files with * and ?.");
  if (pattern_.text().find('\0') != std::string::npos)
    throw ConfigError("The parameter 'path' holds the character NUL.");
  if (chunk < 4096) throw ConfigError("The parameter 'chunk_size' must be at least 4096 bytes.");
  if (record < chunk) {
    throw ConfigError("The parameter 'max_record' (" + std::to_string(record) + ") must be at least 'chunk_size' (" +
                      std::to_string(chunk) + ").");
  }
  options_.chunkSize = static_cast<std::uint64_t>(chunk);
  options_.maxRecord = static_cast<std::uint64_t>(record);
  pool_ = std::make_shared<BufferPool>(options_.chunkSize + 8192);
  if (options_.follow) watcher_ = std::make_unique<FileWatcher>([context = &this->context()] { context->wake(); });
}

void FileSource::discover(const std::function<void(std::string_view id)>& found) {
  scan();
  for (const auto& [id, path] : paths_) {
    // What has been taken out of a stream is gone: it is not read a second time.
    if (!endedStreams_.contains(id)) found(id);
  }
}

void FileSource::scan() {
  const auto watch = [this](const std::string& folder) { watchFolder(folder); };
  const std::vector<std::string> paths =
      pattern_.find(options_.follow ? watch : std::function<void(const std::string&)>());
  if (paths.empty() && pattern_.fixed()) refuseFolder();
  if (paths.empty() && !options_.follow) {
    throw ConfigError("No file matches the path " + pattern_.text() +
                      ". Correct it, or say \"follow\": true to wait for files that come later.");
  }
  paths_.clear();
  for (const std::string& path : paths) {
    if (const std::optional<std::string> id = identify(path)) paths_[*id] = path;
  }
}

void FileSource::refuseFolder() const {
  struct stat facts {};
  if (stat(pattern_.text().c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) return;
  throw ConfigError(pattern_.text() + " is a folder: name the files in it, as in " + pattern_.text() + "/*.");
}

// The split that a file is; nothing while it is none yet, or none at all.
std::optional<std::string> FileSource::identify(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;  // deleted since the look
    throw RetryableError("Cannot look at " + path + systemReason() + ".");
  }
  if (isStream(facts) && pattern_.fixed()) return std::string(kStreamPrefix) + path;
  if (!S_ISREG(facts.st_mode)) {
    if (warned_.insert(path).second) context().warning(path + " is not a regular file and is left out.");
    return std::nullopt;
  }
  const Inode inode{facts.st_dev, facts.st_ino};
  // Looked at again whenever it changes: the system gives the inode of a deleted file to the next one that is made.
  const Facts now{facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
  const auto known = known_.find(inode);
  if (known != known_.end() && known->second.facts == now) return known->second.id;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    if (errno == ENOENT) return std::nullopt;
    throw RetryableError("Cannot open " + path + systemReason() + ".");
  }
  char head[kHead];
  const std::int64_t count = readFully(file.get(), head, kHead, 0);
  if (count < 0) throw RetryableError("Cannot read " + path + systemReason() + ".");
  std::string_view text(head, static_cast<std::size_t>(count));
  const std::size_t feed = text.find('\n');
  if (feed != std::string_view::npos) {
    text = text.substr(0, feed);
  } else if (count < static_cast<std::int64_t>(kHead) && (growing_ || count == 0)) {
    // The first line may still grow, and the id with it. A file is a split from its first whole line on.
    return std::nullopt;
  }
  const std::string id =
      std::to_string(inode.first) + ":" + std::to_string(inode.second) + ":" + hexadecimal(hashBytes(text));
  known_[inode] = {id, now};
  return id;
}

void FileSource::watchFolder(const std::string& folder) {
  if (watched_.contains(folder)) return;
  if (watcher_->watch(folder)) {
    watched_.insert(folder);
  } else if (warned_.insert(folder).second) {
    context().warning("The system gives no news of changes in " + folder + systemReason() +
                      "; it is looked at twice a second instead.");
  }
}

std::unique_ptr<SplitReader> FileSource::open(const Split& split) {
  if (!paths_.contains(split.id)) scan();
  const auto found = paths_.find(split.id);
  if (found == paths_.end()) {
    throw RetryableError("The file with the id " + split.id + " does not match " + pattern_.text() +
                         " any more: it was deleted, renamed or rewritten.");
  }
  const std::string& path = found->second;
  if (split.id.starts_with(kStreamPrefix)) return openStreamSplit(split, path);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (!file || fstat(file.get(), &facts) != 0) throw RetryableError("Cannot open " + path + systemReason() + ".");
  const std::uint64_t position = positionOf(split, path);
  if (position > static_cast<std::uint64_t>(facts.st_size)) {
    throw ConfigError(path + " has become shorter: " + std::to_string(position) + " bytes of it have been read, and " +
                      std::to_string(facts.st_size) +
                      " are there. Put the file back as it was, or give the new contents a new file.");
  }
  // A hint; it may fail without harm.
  static_cast<void>(posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL));
  Context* const host = &context();
  return std::make_unique<LineReader>(std::move(file), path, position, options_, pool_,
                                      [host] { host->wakeAt(host->now() + kSlowLook); });
}

std::unique_ptr<SplitReader> FileSource::openStreamSplit(const Split& split, const std::string& path) {
  Context* const host = &context();
  if (!waiter_) waiter_ = std::make_unique<StreamWaiter>([host] { host->wake(); });
  StreamReader::Events events{[this](int stream) { waiter_->await(stream); },
                              [this, id = split.id] { endedStreams_.insert(id); }};
  return std::make_unique<StreamReader>(openStream(path), path, positionOf(split, path), options_, pool_,
                                        std::move(events));
}

void FileSource::onTimer(std::int64_t) {
  context().wake();
}

}  // namespace weir::file
