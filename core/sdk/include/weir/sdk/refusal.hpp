// Why the system refused something, and what a person can do about it: the host and plugins say it in the same words.
#pragma once

#include <fcntl.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>

namespace weir {

enum class Access : std::uint8_t {
  Read,   // a file, or the names in a folder
  Write,  // into a file, or a name into its folder: to make, rename or remove it
};

namespace detail {

// "nobody (65534)", or the number alone where it has no name.
inline std::string userName(uid_t user) {
  std::array<char, 4096> room{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  std::string number = std::to_string(user);
  if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) != 0 || found == nullptr) return number;
  return std::string(entry.pw_name) + " (" + number + ")";
}

inline bool may(const std::filesystem::path& path, int how) {
  return ::faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0;
}

// The first folder on the way to `path` that this process may not go through; empty: it may go through all of them.
inline std::filesystem::path closedFolder(const std::filesystem::path& path) {
  std::filesystem::path folder = path.is_absolute() ? std::filesystem::path() : std::filesystem::path(".");
  for (const std::filesystem::path& part : path.parent_path()) {
    folder /= part;
    if (!may(folder, X_OK) && errno == EACCES) return folder.lexically_normal();
  }
  return {};
}

inline std::string permissionAdvice(const std::filesystem::path& path, Access wanted) {
  struct stat facts {};
  std::string what = wanted == Access::Read ? "read" : "write to";
  std::filesystem::path closed = closedFolder(path);
  if (!closed.empty()) {
    what = "go into";
  } else if (::stat(path.c_str(), &facts) == 0 && !may(path, wanted == Access::Read ? R_OK : W_OK)) {
    closed = path;
  } else {  // a name in a folder is made or removed with the rights on the folder
    closed = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
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

inline std::string refusalAdvice(int code, const std::string& path, Access wanted) {
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

}  // namespace detail

// What comes behind "Cannot open PATH: ", as whole sentences: the system's own words for `code`, and what helps. Where
// it is a matter of permissions: who runs this process, and which part of the path belongs to whom. Looks at the file
// system as it is now.
inline std::string whyRefused(int code, const std::string& path, Access wanted) {
  return std::generic_category().message(code) + "." + detail::refusalAdvice(code, path, wanted);
}

}  // namespace weir
