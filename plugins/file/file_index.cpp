#include "plugins/file/file_index.hpp"

#include <fcntl.h>

#include <algorithm>

#include "weir/sdk/errors.hpp"

namespace weir::file {
namespace {

// A rename may be told of in two parts, and a file that was deleted may come back at once.
constexpr std::int64_t kForgetAfter = 10'000'000;

bool isAbsent() {
  return errno == ENOENT || errno == ENOTDIR;
}

std::string_view firstLineOf(std::string_view id) {
  return id.substr(id.rfind(':') + 1);
}

// An older version of Weir gave the id "device:inode:first line".
bool isOld(std::string_view id) {
  return !id.starts_with("file:");
}

// The beginning of such an id.
std::string oldKeyOf(const FileFacts& facts) {
  return std::to_string(facts.inode.device) + ":" + std::to_string(facts.inode.number);
}

std::string oldKeyOf(std::string_view id) {
  return std::string(id.substr(0, id.rfind(':')));
}

std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Its folder is there, on the volume where the file was, and has it no more. A volume that is not mounted deletes
// nothing.
bool isDeleted(const TrackedFile& file) {
  const auto folder = FileFacts::ofPath(folderOf(file.path));
  return folder && folder->inode.device == file.facts.inode.device;
}

std::string readUpTo(const FilePosition& position) {
  return std::to_string(position.offset) + " bytes of it have been read";
}

Descriptor openFor(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && !isAbsent()) throwRefused("open", path);
  return file;
}

Comparison compareAt(const std::string& path, std::uint64_t size, const FilePosition& position) {
  const Descriptor file = openFor(path);
  if (!file) return {};
  const Comparison result = compare(file.get(), size, position);
  if (result.error != 0) {
    errno = result.error;
    throwRefused("read", path);
  }
  return result;
}

}  // namespace

void FileIndex::restore(const std::string& id, const FilePosition& position) {
  auto file = std::make_shared<TrackedFile>();
  file->id = id;
  file->path = position.path;
  file->read = position;
  byId_[id] = file;
  setAbsent(file);
}

void FileIndex::setAbsent(const File& file) {
  absent_[std::string(firstLineOf(file->id))].insert(file);
  absentByPath_.emplace(file->path, file);
}

std::shared_ptr<TrackedFile> FileIndex::find(const std::string& id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? nullptr : found->second;
}

std::vector<FileIndex::Change> FileIndex::all() const {
  std::vector<Change> files;
  for (const auto& [path, file] : byPath_) files.push_back({file->id, path});
  return files;
}

void FileIndex::lookAtAll(const std::vector<std::string>& paths, std::int64_t now) {
  std::vector<std::string> everything = paths;
  for (const auto& [path, file] : byPath_) {
    if (!std::binary_search(paths.begin(), paths.end(), path)) everything.push_back(path);
  }
  lookAt(everything, now);
}

bool FileIndex::written(const std::string& path) {
  const auto known = byPath_.find(path);
  if (known == byPath_.end()) return false;
  known->second->unread = true;
  tell(*known->second);
  return true;
}

void FileIndex::lookAt(const std::vector<std::string>& paths, std::int64_t now) {
  std::vector<Fresh> fresh;
  for (const std::string& path : paths) look(path, now, fresh);
  leaveOutPassers(fresh);
  missMoved(fresh, now);
  std::erase_if(fresh, [this](Fresh& found) { return claimByInode(found); });
  std::erase_if(fresh, [this](const Fresh& found) {
    const bool waits = mustWait(found);
    if (waits) undecided_.insert(found.path);
    return waits;
  });
  claimByContents(fresh);
  claimUnread(fresh);
  claimBare(fresh);
  for (Fresh& found : fresh) {
    if (!found.claimed) makeNew(found);
  }
}

void FileIndex::look(const std::string& path, std::int64_t now, std::vector<Fresh>& fresh) {
  const auto facts = FileFacts::ofPath(path);
  const auto known = byPath_.find(path);
  if (!facts) {
    if (!isAbsent()) throwRefused("look at", path);
    if (known != byPath_.end()) vanish(known->second, now);
    return;
  }
  if (!S_ISREG(facts->mode)) {
    if (known != byPath_.end()) vanish(known->second, now);
    if (warned_.insert(path).second) options_.warn(path + " is not a regular file and is left out.");
    return;
  }
  if (known == byPath_.end()) return lookInside(path, fresh);
  TrackedFile& file = *known->second;
  if (file.facts.inode != facts->inode) {
    vanish(known->second, now);
    return lookInside(path, fresh);
  }
  if (file.facts == *facts) return;
  file.facts = *facts;
  tell(file);
}

void FileIndex::lookInside(const std::string& path, std::vector<Fresh>& fresh) const {
  const Descriptor file = openFor(path);
  if (!file) return;
  Fresh found{path};
  if (readHead(found, file.get())) {
    fresh.push_back(std::move(found));
  } else if (options_.found) {
    options_.found(path);  // too short to be known: what it is to become has to be noticed
  }
}

// Finds out what the first line is. A file is a split from its first whole line on: before, it may still grow, and
// the id with it. All facts are those of the file that is open: another one may have come to its path since.
bool FileIndex::readHead(Fresh& found, int descriptor) const {
  const auto facts = FileFacts::ofOpen(descriptor);
  if (!facts) throwRefused("look at", found.path);
  found.facts = *facts;
  found.head.resize(kHeadLength);
  const std::int64_t count = readFully(descriptor, found.head.data(), kHeadLength, 0);
  if (count < 0) throwRefused("read", found.path);
  found.head.resize(static_cast<std::size_t>(count));
  const std::string_view text = found.head;
  const std::size_t feed = text.find('\n');
  const bool whole = feed != std::string_view::npos || text.size() == kHeadLength;
  if (!whole && (options_.growing || text.empty())) return false;
  found.firstLine = hexadecimal(hashBytes(text.substr(0, feed)));
  found.headHash = hashBytes(text);
  return true;
}

void FileIndex::vanish(const File& known, std::int64_t now) {
  // A copy, for its place in a container goes.
  const File file = known;  // NOLINT(performance-unnecessary-copy-initialization)
  byPath_.erase(file->path);
  file->present = false;
  file->vanished = now;
  file->drained = file->elsewhere = file->lost = false;
  setAbsent(file);
  vanished_.push_back(file);
  if (file->readers > 0) tell(*file);  // what is left of it can be read while it is open
}

// A file that was renamed while this looked is met under both names: it is where it is now. Of a second name that it
// keeps nothing is known here. One that has none of these names any more keeps the last: whoever opens it finds out.
void FileIndex::leaveOutPassers(std::vector<Fresh>& fresh) const {
  std::map<FileFacts::Inode, int> names;
  for (const Fresh& found : fresh) names[found.facts.inode] += 1;
  std::erase_if(fresh, [&](const Fresh& found) {
    int& left = names.at(found.facts.inode);
    if (left == 1) return false;
    const auto facts = FileFacts::ofPath(found.path);
    const bool passed = !facts || facts->inode != found.facts.inode;
    if (passed) --left;
    return passed;
  });
}

// What left this place begins as this file does, as far as it was read, which is not far, and whoever has it open has
// not read all of it: only then can it be told whether this is a copy of it.
bool FileIndex::mustWait(const Fresh& found) const {
  const auto [first, last] = absentByPath_.equal_range(found.path);
  return std::any_of(first, last, [&](const auto& entry) {
    const TrackedFile& file = *entry.second;
    const bool little = !file.read || file.read->offset < kHeadLength;
    return file.readers > 0 && !file.drained && little && found.beginsLike(file);
  });
}

// A file may have been renamed, or replaced by a copy of it, after its old place was looked at and before the new one
// was, or with nothing told of its old place yet: it is not in both.
void FileIndex::missMoved(const std::vector<Fresh>& fresh, std::int64_t now) {
  if (fresh.empty()) return;
  std::unordered_map<std::string_view, std::vector<const Fresh*>> alike;
  for (const Fresh& found : fresh) alike[found.firstLine].push_back(&found);
  std::vector<File> moved;
  for (const auto& [path, file] : byPath_) {
    const auto candidates = alike.find(firstLineOf(file->id));
    if (candidates == alike.end()) continue;
    const auto fits = [&](const Fresh* found) {
      return file->facts.inode == found->facts.inode || found->beginsLike(*file);
    };
    if (std::none_of(candidates->second.begin(), candidates->second.end(), fits)) continue;
    const auto facts = FileFacts::ofPath(path);
    if (!facts || facts->inode != file->facts.inode) moved.push_back(file);
  }
  for (const File& file : moved) vanish(file, now);
}

bool FileIndex::Fresh::beginsLike(const TrackedFile& file) const {
  if (firstLine != firstLineOf(file.id)) return false;
  if (!file.read || file.read->bare) return true;
  const std::uint64_t length = file.read->headLength();
  if (length > head.size()) return false;
  return (length == head.size() ? headHash : hashBytes(std::string_view(head).substr(0, length))) == file.read->head;
}

// A file that this process has seen under another name. The number of one that is gone may be given to another file.
bool FileIndex::claimByInode(Fresh& found) {
  for (const File& file : vanished_) {
    if (file->facts.inode != found.facts.inode || !found.beginsLike(*file)) continue;
    claim(found, File(file));
    return true;
  }
  return false;
}

void FileIndex::followTo(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (vanished_.empty()) return;
    if (byPath_.contains(path)) continue;
    const auto facts = FileFacts::ofPath(path);
    const auto isIt = [&](const File& vanished) { return vanished->facts.inode == facts->inode; };
    if (!facts || std::none_of(vanished_.begin(), vanished_.end(), isIt)) continue;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    Fresh found{path};
    if (file && readHead(found, file.get())) static_cast<void>(claimByInode(found));
  }
}

// Files that were read, at their place or another one. What was read furthest finds its file first: a copy of its
// beginning is not taken for it, and what had only a header is not taken for the file that has taken its place.
void FileIndex::claimByContents(std::vector<Fresh>& fresh) {
  std::unordered_map<std::string, std::vector<Fresh*>> candidates;
  for (Fresh& found : fresh) {
    if (absent_.contains(found.firstLine)) candidates[found.firstLine].push_back(&found);
  }
  for (auto& [firstLine, files] : candidates) {
    std::vector<File> like;
    for (const File& file : absent_.at(firstLine)) {
      if (file->read && file->read->offset != 0 && !file->read->bare) like.push_back(file);
    }
    std::sort(like.begin(), like.end(), [](const File& left, const File& right) {
      return std::pair(right->read->offset, left->id) < std::pair(left->read->offset, right->id);
    });
    std::unordered_map<std::string_view, Fresh*> byPath;
    for (Fresh* const found : files) byPath.emplace(found->path, found);
    for (const File& file : like) {
      const auto fits = [&](const Fresh* found) {
        const auto size = static_cast<std::uint64_t>(found->facts.size);
        return !found->claimed && compareAt(found->path, size, *file->read).resemblance == Resemblance::Same;
      };
      const auto there = byPath.find(file->path);
      if (there != byPath.end() && fits(there->second)) {
        claim(*there->second, file);
        continue;
      }
      const auto found = std::find_if(files.begin(), files.end(), fits);
      if (found != files.end()) claim(**found, file);
    }
  }
}

// Where nothing has been read yet, one that begins alike is as good.
void FileIndex::claimUnread(std::vector<Fresh>& fresh) {
  for (Fresh& found : fresh) {
    if (found.claimed) continue;
    const auto [first, last] = absentByPath_.equal_range(found.path);
    const auto unread = std::find_if(first, last, [&](const auto& entry) {
      const TrackedFile& file = *entry.second;
      return firstLineOf(file.id) == found.firstLine && (!file.read || (file.read->offset == 0 && !file.read->bare));
    });
    if (unread != last) claim(found, File(unread->second));
  }
}

void FileIndex::claimBare(std::vector<Fresh>& fresh) {
  std::unordered_map<std::string, std::vector<Fresh*>> groups;
  for (Fresh& found : fresh) {
    if (!found.claimed && absent_.contains(found.firstLine)) groups[found.firstLine].push_back(&found);
  }
  for (const auto& [firstLine, files] : groups) claimBareAlike(firstLine, files);
}

// Which of the files that begin alike is which split. One that cannot be told makes all of them doubtful: numbers of
// inodes are given again, so one that fits may fit by chance.
void FileIndex::claimBareAlike(const std::string& firstLine, const std::vector<Fresh*>& files) {
  std::unordered_map<std::string, File> splits;
  bool bare = false;
  for (const File& file : absent_.at(firstLine)) {
    if (!isOld(file->id) || file->seen || !file->read || (!file->read->bare && file->read->offset != 0)) continue;
    splits.emplace(oldKeyOf(file->id), file);
    bare = bare || file->read->bare;
  }
  if (!bare) return;
  const auto resemblance = [](const Fresh& found, const File& file) {
    return compareAt(found.path, static_cast<std::uint64_t>(found.facts.size), *file->read).resemblance;
  };
  const auto beginsAlike = [&](const auto& known) { return firstLineOf(known.first) == firstLine; };
  const bool alone = files.size() == 1 && std::count_if(byId_.begin(), byId_.end(), beginsAlike) == 1;
  std::vector<std::pair<Fresh*, File>> pairs;
  bool doubtful = false;
  for (Fresh* const found : files) {
    const auto split = splits.find(oldKeyOf(found->facts));
    const bool sameInode = split != splits.end();
    if (alone) {
      // It may be a copy, or on a volume under another number. Whether it is too short is found out when it is opened.
      const File& file = splits.begin()->second;
      doubtful = !sameInode && resemblance(*found, file) == Resemblance::Rewritten;
      pairs.emplace_back(found, file);
    } else if (sameInode) {
      doubtful = doubtful || resemblance(*found, split->second) != Resemblance::Same;
      pairs.emplace_back(found, std::move(split->second));
      splits.erase(split);
    }
  }
  // Files that are left are new, and splits that are left were deleted; both together may be each other.
  const bool bothLeft = pairs.size() < files.size() && !splits.empty();
  if (doubtful || bothLeft) {
    throw ConfigError("An earlier version of Weir read a file that begins as " + files[0]->path +
                      " does, and it cannot be told which one, and so not from where to read on: this home knows "
                      "such a file by device, inode and an offset only, and they do not fit what is there. Start with "
                      "a new home, which reads all files from their beginning; or, if none of them was copied, moved "
                      "to another volume or restored since, go on with the version of Weir that wrote this home.");
  }
  for (const auto& [found, file] : pairs) claim(*found, file);
}

void FileIndex::forgetAbsent(const File& file) {
  const auto like = absent_.find(std::string(firstLineOf(file->id)));
  if (like == absent_.end() || like->second.erase(file) == 0) return;
  if (like->second.empty()) absent_.erase(like);
  const auto [first, last] = absentByPath_.equal_range(file->path);
  const auto entry = std::find_if(first, last, [&](const auto& other) { return other.second == file; });
  if (entry != last) absentByPath_.erase(entry);
}

void FileIndex::claim(Fresh& found, const File& known) {
  // A copy, for its place in a container may go.
  const File file = known;  // NOLINT(performance-unnecessary-copy-initialization)
  forgetAbsent(file);
  std::erase(vanished_, file);
  file->path = found.path;
  file->present = true;
  file->seen = true;
  file->facts = found.facts;
  byPath_[file->path] = file;
  found.claimed = file;
  if (options_.found) options_.found(file->path);
  tell(*file);
}

void FileIndex::makeNew(Fresh& found) {
  // The place of a file that was followed to there.
  if (options_.matches && !options_.matches(found.path)) return;
  refuseDoubtful(found);
  auto file = std::make_shared<TrackedFile>();
  // The path makes it one of several that begin alike; where that is taken, a number does.
  const std::string beginning = "file:" + hexadecimal(hashBytes(found.path));
  file->id = beginning + ":" + found.firstLine;
  for (int number = 2; byId_.contains(file->id); ++number) {
    file->id = beginning + "-" + std::to_string(number) + ":" + found.firstLine;
  }
  byId_[file->id] = file;
  claim(found, file);
}

void FileIndex::refuseDoubtful(const Fresh& found) const {
  const auto [first, last] = absentByPath_.equal_range(found.path);
  for (auto entry = first; entry != last; ++entry) {
    const File& file = entry->second;
    // One that was seen to go made room for another file.
    if (firstLineOf(file->id) != found.firstLine || !file->read || file->seen) continue;
    const FilePosition& read = *file->read;
    const auto size = static_cast<std::uint64_t>(found.facts.size);
    switch (compareAt(found.path, size, read).resemblance) {
      case Resemblance::Shorter:
        throw ConfigError(found.path + " has become shorter: " + readUpTo(read) + ", and " + std::to_string(size) +
                          " are there. Put the file back as it was, or give the new contents another name.");
      case Resemblance::Rewritten:
        throw ConfigError(found.path + " has been rewritten: " + readUpTo(read) +
                          ", and it begins as it did, but the bytes before that place are others. Put the file back "
                          "as it was, or give the new contents another name.");
      case Resemblance::Other:
        options_.warn(found.path + " is not the file that was there: " + readUpTo(read) +
                      ", and what is there begins otherwise. It is read from its beginning.");
        break;
      case Resemblance::Same: break;
    }
  }
}

std::int64_t FileIndex::forgetDeleted(std::int64_t now) {
  std::deque<File> kept;
  std::int64_t next = INT64_MAX;
  for (const File& file : std::exchange(vanished_, {})) {
    const bool due = now - file->vanished >= kForgetAfter;
    if (due && file->readers > 0 && !file->lost) {
      file->lost = true;
      tell(*file);
    }
    if (due && file->readers == 0 && file->elsewhere) continue;  // it may come back
    if (due && file->readers == 0 && isDeleted(*file)) {
      forgetAbsent(file);
      byId_.erase(file->id);
      tell(*file, true);
      continue;
    }
    next = std::min(next, due ? now + kForgetAfter : file->vanished + kForgetAfter);
    kept.push_back(file);
  }
  vanished_ = std::move(kept);
  return next;
}

}  // namespace weir::file
