#include "core/topology/check/path_lookup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "weir/sdk/home_folder.hpp"
#include "weir/sdk/path_search.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::topology {

namespace fs = std::filesystem;

namespace {

PathKind kindOf(const fs::file_status& status) {
  switch (status.type()) {
    case fs::file_type::regular: return PathKind::File;
    case fs::file_type::directory: return PathKind::Folder;
    case fs::file_type::symlink: return PathKind::Link;
    case fs::file_type::block: return PathKind::Disk;
    case fs::file_type::fifo:
    case fs::file_type::socket:
    case fs::file_type::character: return PathKind::Stream;
    default: return PathKind::Absent;
  }
}

std::string whyNot(const std::string& path, int how, Access wanted) {
  if (::faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0 || errno != EACCES) return "";
  return whyRefused(EACCES, path, wanted);
}

// What it leads to is not opened: some devices notice.
bool isMemory(const std::string& path) {
  constexpr unsigned kMemoryDevices = 1;  // by their major number
  struct stat facts {};
  return stat(path.c_str(), &facts) == 0 && S_ISCHR(facts.st_mode) && major(facts.st_rdev) == kMemoryDevices;
}

constexpr const char* kStandardInput = "/dev/stdin";

std::string canonicalOf(const std::string& path) {
  std::error_code problem;
  const fs::path whole = fs::absolute(path, problem);
  const fs::path canonical = fs::weakly_canonical(whole, problem);
  return problem ? whole.lexically_normal().string() : canonical.string();
}

std::string identityOf(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return "";
  return std::to_string(facts.st_dev) + ":" + std::to_string(facts.st_ino);
}

PathFacts factsOfPath(const std::string& path) {
  PathFacts facts;
  std::error_code problem;
  facts.own = kindOf(fs::symlink_status(path, problem));
  facts.behind = kindOf(fs::status(path, problem));
  if (facts.behind == PathKind::Stream && isMemory(path)) facts.behind = PathKind::Memory;
  facts.canonical = canonicalOf(path);
  facts.unreadable = whyNot(path, R_OK, Access::Read);
  facts.unwritable = whyNot(path, W_OK, Access::Write);
  facts.file = identityOf(path);
  facts.home = homeOf(path);
  return facts;
}

PathFacts factsOfPattern(const std::string& pattern) {
  PathFacts facts;
  const std::string beginning(fixedBeginning(pattern));
  facts.canonical = (fs::path(canonicalOf(beginning.empty() ? "." : beginning)) / pattern.substr(beginning.size()))
                        .lexically_normal()
                        .string();
  facts.home = homeOf(beginning);
  const auto notRead = [&facts](const std::string& path, std::string why) {
    if (why.empty() || !facts.unreadable.empty()) return;
    facts.unreadable = std::move(why);
    facts.unreadablePath = path;
  };
  PathSearchEvents events;
  events.refused = [&](const std::string& path, int code) { notRead(path, whyRefused(code, path, Access::Read)); };
  events.leftOut = [&facts](const std::string& home) {
    if (facts.homesMet.empty() || facts.homesMet.back() != home) facts.homesMet.push_back(home);
  };
  for (const std::string& path : findPaths(pattern, events)) notRead(path, whyNot(path, R_OK, Access::Read));
  return facts;
}

}  // namespace

PathLookup pathsAsWritten() {
  return [](const std::string& path) {
    PathFacts facts;
    facts.canonical = fs::path(path).lexically_normal().string();
    if (path == kStandardInput) facts.own = facts.behind = PathKind::Stream;
    return facts;
  };
}

PathLookup pathsOfALaterStart() {
  return [here = pathsOfThisMachine()](const std::string& path) {
    return path == kStandardInput ? PathFacts{path, PathKind::Stream, PathKind::Stream} : here(path);
  };
}

PathLookup pathsOfThisMachine() {
  return [](const std::string& path) { return isPathPattern(path) ? factsOfPattern(path) : factsOfPath(path); };
}

}  // namespace weir::topology
