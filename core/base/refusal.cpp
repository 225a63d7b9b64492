#include "base/refusal.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace weir {

namespace {

namespace fs = std::filesystem;

// "nobody (65534)", or the number alone where it has no name.
std::string userName(uid_t user) {
  std::array<char, 4096> room{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  const std::string number = std::to_string(user);
  if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) != 0 || found == nullptr) return number;
  return std::string(entry.pw_name) + " (" + number + ")";
}

bool may(const fs::path& path, int how) {
  return ::faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0;
}

// The first folder on the way to `path` that this process may not go through; empty: it may go through all of them.
fs::path closedFolder(const fs::path& path) {
  fs::path folder = path.is_absolute() ? fs::path() : fs::path(".");
  for (const fs::path& part : path.parent_path()) {
    folder /= part;
    if (!may(folder, X_OK) && errno == EACCES) return folder.lexically_normal();
  }
  return {};
}

std::string permissionAdvice(const fs::path& path, Access wanted) {
  struct stat facts {};
  std::string what = wanted == Access::Read ? "read" : "write to";
  fs::path closed = closedFolder(path);
  if (!closed.empty()) {
    what = "go into";
  } else if (::stat(path.c_str(), &facts) == 0 && !may(path, wanted == Access::Read ? R_OK : W_OK)) {
    closed = path;
  } else {  // a name in a folder is made or removed with the rights on the folder
    closed = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (may(closed, W_OK)) return "";
    what = "write to";
  }
  if (::stat(closed.c_str(), &facts) != 0) return "";
  std::array<char, 8> mode{};
  std::snprintf(mode.data(), mode.size(), "%04o", facts.st_mode & 07777U);
  return " User " + userName(::geteuid()) + ", as whom Weir runs, may not " + what + " " + closed.string() +
         ", which belongs to " + userName(facts.st_uid) + " with mode " + mode.data() +
         ": change one or the other (chown, chmod), or run Weir as another user.";
}

std::string advice(int code, const std::string& path, Access wanted) {
  switch (code) {
    case EACCES:
    case EPERM: return permissionAdvice(path, wanted);
    case EROFS: return " Name a path on a file system that can be written.";
    case EMFILE: {
      struct rlimit most {};
      ::getrlimit(RLIMIT_NOFILE, &most);
      return " It may have " + std::to_string(most.rlim_cur) +
             " files open at once: raise the limit (ulimit -n, or LimitNOFILE= of a systemd service).";
    }
    case ENOSPC:
    case EDQUOT: return " Make room on its disk.";
    default: return "";
  }
}

}  // namespace

std::string whyRefused(int code, const std::string& path, Access wanted) {
  return std::generic_category().message(code) + "." + advice(code, path, wanted);
}

}  // namespace weir
