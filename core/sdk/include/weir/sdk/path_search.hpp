// The files that a path with patterns means, as they are now (path_pattern.hpp says what it means).
#pragma once

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/home_folder.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir {

// What a search comes upon; each may be empty.
struct PathSearchEvents {
  // A folder in which a further match could appear.
  std::function<void(const std::string& folder)> lookedInto;
  // What cannot be looked at, and the system's reason: it may hold what is meant, and is passed over.
  std::function<void(const std::string& path, int code)> refused;
  // A home, of which nothing is meant: once for each of its parts.
  std::function<void(const std::string& home)> leftOut;
};

namespace detail {

class PathSearch {
 public:
  explicit PathSearch(const PathSearchEvents& events) : events_(events) {}

  void run(const std::string& path) {
    const std::string beginning(fixedBeginning(path));
    if (isPathPattern(path)) {
      if (!isLeftOut(beginning)) go(beginning, std::string_view(path).substr(beginning.size()));
      return;
    }
    tell(path.substr(0, path.rfind('/') + 1));
    if (!isLeftOut(path) && kindOf(path) == Kind::Other) found.push_back(path);
  }

  std::vector<std::string> found;

 private:
  enum class Kind : std::uint8_t { Absent, Folder, Other };
  struct Entry {
    std::string name;
    unsigned char type = DT_UNKNOWN;
  };

  // `before` is a folder with its slash, or nothing.
  void go(const std::string& before, std::string_view pattern) {
    std::string_view rest = pattern;
    const std::string part(takePart(rest));
    if (part == "**") return below(before, rest.empty() ? "*" : rest);
    if (!isPathPattern(part)) return fixedPart(before, part, rest);
    tell(before);
    for (const Entry& entry : entriesOf(before)) {
      if (!matchesName(part, entry.name)) continue;
      const std::string path = before + entry.name;
      const bool folder = isFolder(path, entry);
      if (folder == rest.empty() || isLeftOut(path, entry)) continue;
      if (folder) {
        go(path + "/", rest);
      } else {
        found.push_back(path);
      }
    }
  }

  void fixedPart(const std::string& before, const std::string& part, std::string_view rest) {
    const std::string path = before + part;
    if (rest.empty()) tell(before);
    if (part.ends_with(kUncommitted)) return;
    if (mayBeLeftOut(path, part) && isLeftOut(path)) return;
    if (!rest.empty()) return go(path + "/", rest);
    if (kindOf(path) == Kind::Other) found.push_back(path);
  }

  void below(const std::string& before, std::string_view rest) {
    go(before, rest);
    tell(before);
    for (const Entry& entry : entriesOf(before)) {
      if (entry.name.starts_with('.')) continue;
      const std::string path = before + entry.name;
      if (isRealFolder(path, entry) && !isLeftOut(path, entry)) below(path + "/", rest);
    }
  }

  // Without the slash at its end.
  static std::string nameOf(const std::string& folder) {
    return folder.empty() ? "." : folder == "/" ? folder : folder.substr(0, folder.size() - 1);
  }

  void tell(const std::string& folder) const {
    if (events_.lookedInto) events_.lookedInto(nameOf(folder));
  }

  // By the name that it has here, or behind a link: nothing else costs a look.
  bool isLeftOut(const std::string& path, const Entry& entry) const {
    return (entry.type == DT_LNK || entry.type == DT_UNKNOWN || isHomePart(entry.name)) && isLeftOut(path);
  }
  static bool mayBeLeftOut(const std::string& path, const std::string& name) {
    struct stat facts {};
    return isHomePart(name) || (lstat(path.c_str(), &facts) == 0 && S_ISLNK(facts.st_mode));
  }
  bool isLeftOut(const std::string& path) const {
    const std::string home = homeOf(path);
    if (!home.empty() && events_.leftOut) events_.leftOut(home);
    return !home.empty();
  }

  static bool isAbsent() { return errno == ENOENT || errno == ENOTDIR; }

  void refuse(const std::string& path) const {
    const int code = errno;
    if (events_.refused) events_.refused(path, code);
  }

  Kind kindOf(const std::string& path) const {
    struct stat facts {};
    if (stat(path.c_str(), &facts) == 0) return S_ISDIR(facts.st_mode) ? Kind::Folder : Kind::Other;
    if (!isAbsent()) refuse(path);
    return Kind::Absent;
  }

  bool isFolder(const std::string& path, const Entry& entry) const {
    if (entry.type == DT_DIR) return true;
    if (entry.type != DT_LNK && entry.type != DT_UNKNOWN) return false;
    return kindOf(path) == Kind::Folder;
  }

  bool isRealFolder(const std::string& path, const Entry& entry) const {
    if (entry.type != DT_UNKNOWN) return entry.type == DT_DIR;
    struct stat facts {};
    if (lstat(path.c_str(), &facts) == 0) return S_ISDIR(facts.st_mode);
    if (!isAbsent()) refuse(path);
    return false;
  }

  std::vector<Entry> entriesOf(const std::string& folder) const {
    const auto close = [](DIR* open) { closedir(open); };
    const std::string path = nameOf(folder);
    const std::unique_ptr<DIR, decltype(close)> open(opendir(path.c_str()), close);
    std::vector<Entry> entries;
    if (!open) {
      if (!isAbsent()) refuse(path);
      return entries;
    }
    for (;;) {
      errno = 0;
      const dirent* const entry = readdir(open.get());  // NOLINT(concurrency-mt-unsafe): the stream is our own
      if (entry == nullptr) break;
      entries.push_back({entry->d_name, entry->d_type});
    }
    if (errno != 0) refuse(path);
    return entries;
  }

  const PathSearchEvents& events_;
};

}  // namespace detail

// Every path that matches, in the order of their bytes; folders are none. A link is followed where the path names it
// or a `*` meets it; `**` goes round links to folders, which may lead in a circle. What is not there is left out, and
// so is what a home keeps.
inline std::vector<std::string> findPaths(const std::string& path, const PathSearchEvents& events = {}) {
  detail::PathSearch search(events);
  search.run(path);
  // `a/**/**/b` comes to the same file in several ways.
  std::sort(search.found.begin(), search.found.end());
  search.found.erase(std::unique(search.found.begin(), search.found.end()), search.found.end());
  return std::move(search.found);
}

}  // namespace weir
