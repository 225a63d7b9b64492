#include "path_pattern.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "descriptor.hpp"
#include "weir/sdk/errors.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir::file {
namespace {

enum class Kind : std::uint8_t { Absent, Folder, Other };

[[noreturn]] void cannotLook(const std::string& path) {
  throw RetryableError("Cannot look at " + path + systemReason() +
                       ". Files there may be meant: otherwise name another path.");
}

bool isAbsent() {
  return errno == ENOENT || errno == ENOTDIR;
}

Kind kindOf(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) == 0) return S_ISDIR(facts.st_mode) ? Kind::Folder : Kind::Other;
  if (isAbsent()) return Kind::Absent;
  cannotLook(path);
}

struct Entry {
  std::string name;
  unsigned char type = DT_UNKNOWN;
};

std::vector<Entry> entriesOf(const std::string& folder) {
  const auto close = [](DIR* open) { closedir(open); };
  const std::unique_ptr<DIR, decltype(close)> open(opendir(folder.empty() ? "." : folder.c_str()), close);
  std::vector<Entry> entries;
  if (!open) {
    if (isAbsent()) return entries;
    cannotLook(folder);
  }
  for (;;) {
    errno = 0;
    const dirent* const entry = readdir(open.get());  // NOLINT(concurrency-mt-unsafe): the stream is our own
    if (entry == nullptr) break;
    entries.push_back({entry->d_name, entry->d_type});
  }
  if (errno != 0) cannotLook(folder);
  return entries;
}

class Search {
 public:
  explicit Search(const std::function<void(const std::string&)>& lookedInto) : lookedInto_(lookedInto) {}

  // `before` is a folder with its slash, or nothing.
  void go(const std::string& before, std::string_view pattern) {
    std::string_view rest = pattern;
    const std::string part(weir::detail::takePart(rest));
    if (part == "**") return below(before, rest.empty() ? "*" : rest);
    if (!isPathPattern(part)) return fixedPart(before, part, rest);
    tell(before);
    for (const Entry& entry : entriesOf(before)) {
      if (!matchesName(part, entry.name)) continue;
      const std::string path = before + entry.name;
      if (rest.empty()) {
        if (!isFolder(path, entry)) found.push_back(path);
      } else if (isFolder(path, entry)) {
        go(path + "/", rest);
      }
    }
  }

  std::vector<std::string> found;

 private:
  void tell(const std::string& folder) {
    if (!lookedInto_) return;
    lookedInto_(folder.empty() ? "." : folder == "/" ? folder : folder.substr(0, folder.size() - 1));
  }

  void fixedPart(const std::string& before, const std::string& part, std::string_view rest) {
    if (!rest.empty()) return go(before + part + "/", rest);
    tell(before);
    if (kindOf(before + part) == Kind::Other) found.push_back(before + part);
  }

  void below(const std::string& before, std::string_view rest) {
    go(before, rest);
    tell(before);
    for (const Entry& entry : entriesOf(before)) {
      if (entry.name.starts_with('.')) continue;
      const std::string path = before + entry.name;
      if (isRealFolder(path, entry)) below(path + "/", rest);
    }
  }

  static bool isFolder(const std::string& path, const Entry& entry) {
    if (entry.type == DT_DIR) return true;
    if (entry.type != DT_LNK && entry.type != DT_UNKNOWN) return false;
    return kindOf(path) == Kind::Folder;
  }

  static bool isRealFolder(const std::string& path, const Entry& entry) {
    if (entry.type != DT_UNKNOWN) return entry.type == DT_DIR;
    struct stat facts {};
    if (lstat(path.c_str(), &facts) == 0) return S_ISDIR(facts.st_mode);
    if (isAbsent()) return false;
    cannotLook(path);
  }

  const std::function<void(const std::string&)>& lookedInto_;
};

std::string fixedBeginning(const std::string& text) {
  const std::size_t sign = text.find_first_of("*?");
  if (sign == std::string::npos) return text;
  const std::size_t slash = text.rfind('/', sign);
  return slash == std::string::npos ? "" : text.substr(0, slash + 1);
}

}  // namespace

PathPattern::PathPattern(std::string text) : text_(std::move(text)), folder_(fixedBeginning(text_)) {}

std::string PathPattern::folder() const {
  const std::size_t slash = folder_.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : folder_.substr(0, slash);
}

std::vector<std::string> PathPattern::find(const std::function<void(const std::string&)>& lookedInto) const {
  Search search(lookedInto);
  if (fixed()) {
    if (lookedInto) lookedInto(folder());
    if (kindOf(text_) == Kind::Other) search.found.push_back(text_);
  } else {
    search.go(folder_, std::string_view(text_).substr(folder_.size()));
  }
  // `a/**/**/b` comes to the same file in several ways.
  std::sort(search.found.begin(), search.found.end());
  search.found.erase(std::unique(search.found.begin(), search.found.end()), search.found.end());
  return std::move(search.found);
}

}  // namespace weir::file
