// Which file is which split. A file is known by its contents and its path, never by its inode: that is used only within
// this process, to notice quickly that nothing has changed or that a file was renamed. docs/decisions/0007 has the
// rules.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "plugins/file/descriptor.hpp"
#include "plugins/file/file_facts.hpp"
#include "plugins/file/file_position.hpp"

namespace weir::file {

// One file, as far as it has become a split.
struct TrackedFile {
  std::string id;
  std::string path;      // where it is, or was last
  bool present = false;  // it is there
  bool seen = false;     // it was, in this process
  int readers = 0;
  std::uint64_t news = 0;            // so many times it was told of
  FileFacts facts;                   // when it was looked at last
  std::optional<FilePosition> read;  // so far; nothing when nothing was
  bool unread = false;               // it was written since it was read to its end
  // Once it is not there any more:
  std::int64_t vanished = 0;  // when that was found
  bool drained = false;       // whoever has it open has read all of it
  bool elsewhere = false;     // it was moved, and not deleted
  bool lost = false;          // for so long that nobody will come to write its last line
};

// [task]
class FileIndex {
 public:
  struct Change {
    std::string id;
    std::string path;
    bool gone = false;  // otherwise it is new, renamed, or may have something to read
  };
  struct Options {
    bool growing = false;  // what is there is not all: a file counts from its first whole line on
    std::function<void(const std::string& text)> warn;
    std::function<void(const std::string& path)> found;    // a file that was not known under this path
    std::function<bool(const std::string& path)> matches;  // without it every path does
  };

  explicit FileIndex(Options options) : options_(std::move(options)) {}

  // A split of the last commit. Before the first look.
  void restore(const std::string& id, const FilePosition& position);
  // These are all that match.
  void lookAtAll(const std::vector<std::string>& paths, std::int64_t now);
  // Something has happened to these, each named once.
  void lookAt(const std::vector<std::string>& paths, std::int64_t now);
  // These do not match. A file that has been renamed to one of them is read on.
  void followTo(const std::vector<std::string>& paths);
  // Shared with the readers: the index may forget a file while it is read.
  std::shared_ptr<TrackedFile> find(const std::string& id) const;
  bool knowsPath(const std::string& path) const { return byPath_.contains(path); }
  // Rows may have come to it, which whoever reads it will see. False: it is not known.
  bool written(const std::string& path);
  // Files that are not there any more and may have been renamed.
  bool misses() const { return !vanished_.empty(); }
  // Paths to be looked at again soon: it is not known yet what stands there.
  std::vector<std::string> takeUndecided() {
    const std::set<std::string> paths = std::exchange(undecided_, {});
    return {paths.begin(), paths.end()};
  }
  bool hasUndecided() const { return !undecided_.empty(); }
  std::vector<Change> takeChanges() { return std::exchange(changes_, {}); }
  std::vector<Change> all() const;
  // Lets go of files that were deleted a while ago and have been read. Answers when to call again, or INT64_MAX.
  std::int64_t forgetDeleted(std::int64_t now);

 private:
  using File = std::shared_ptr<TrackedFile>;
  // A file that no present split is known to be.
  struct Fresh {
    std::string path;
    FileFacts facts;
    std::string head;       // its first bytes, at most kHeadLength
    std::string firstLine;  // its hash, the end of the id
    std::uint64_t headHash = 0;
    File claimed;

    // As far as its first bytes tell.
    bool beginsLike(const TrackedFile& file) const;
  };

  void look(const std::string& path, std::int64_t now, std::vector<Fresh>& fresh);
  void lookInside(const std::string& path, std::vector<Fresh>& fresh) const;
  // False: it is not there, or too short to be known.
  bool readHead(Fresh& found, int descriptor) const;
  void vanish(const File& known, std::int64_t now);
  void missMoved(const std::vector<Fresh>& fresh, std::int64_t now);
  void leaveOutPassers(std::vector<Fresh>& fresh) const;
  bool mustWait(const Fresh& found) const;
  bool claimByInode(Fresh& found);
  void claimByContents(std::vector<Fresh>& fresh);
  void claimUnread(std::vector<Fresh>& fresh);
  // Of positions of an older version, which say little.
  void claimBare(std::vector<Fresh>& fresh);
  void claimBareAlike(const std::string& firstLine, const std::vector<Fresh*>& files);
  void setAbsent(const File& file);
  void forgetAbsent(const File& file);
  void claim(Fresh& found, const File& known);
  void makeNew(Fresh& found);
  // Stops where nobody can tell whether a file is the one that was read.
  void refuseDoubtful(const Fresh& found) const;
  void tell(TrackedFile& file, bool gone = false) {
    file.news += 1;
    changes_.push_back({file.id, file.path, gone});
  }

  Options options_;
  std::unordered_map<std::string, File> byId_;
  std::unordered_map<std::string, File> byPath_;                      // those that are there
  std::unordered_map<std::string, std::unordered_set<File>> absent_;  // by first line
  std::unordered_multimap<std::string, File> absentByPath_;
  std::deque<File> vanished_;  // absent ones that this process saw
  std::set<std::string> undecided_;
  std::vector<Change> changes_;
  std::set<std::string> warned_;
};

}  // namespace weir::file
