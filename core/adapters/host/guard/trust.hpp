// Which libraries may be loaded. Everything is checked before the loader sees the file, because a library's
// constructors run before any symbol of it can be looked at. The rules for people: docs/plugins.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace weir::host {

// SHA-256 by library file, in lower-case hex: the format of `sha256sum`. With a list, what is not on it is refused.
class AllowList {
 public:
  static Result<AllowList> parse(const std::string& text);
  static Result<AllowList> read(const std::string& path);
  bool contains(const std::string& sha256) const { return names_.count(sha256) != 0; }
  // " (WEIR_PLUGIN_ALLOW_LIST: /etc/weir/allowed)", or nothing where it was not read from a file.
  std::string shownPath() const { return path_.empty() ? "" : " (WEIR_PLUGIN_ALLOW_LIST: " + path_ + ")"; }

 private:
  std::string path_;
  std::map<std::string, std::string> names_;  // by hash
};

struct TrustPolicy {
  std::optional<AllowList> allowed;
};

// With the allow-list that WEIR_PLUGIN_ALLOW_LIST names, if it is set. A list that cannot be read is an error: nothing
// is loaded then.
Result<TrustPolicy> trustPolicyFromEnvironment();

// Tells one content of one file from another: rewriting, replacing and renaming change it.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified = 0;  // nanoseconds, as both times
  std::int64_t changed = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// An open file that passed. Closes on destruction.
class TrustedFile {
 public:
  // `stamp` is of before anything of the file was read.
  TrustedFile(int descriptor, std::string path, FileStamp stamp, std::string sha256);
  TrustedFile(TrustedFile&& other) noexcept;
  TrustedFile& operator=(TrustedFile&&) = delete;
  ~TrustedFile();

  const std::string& path() const { return path_; }      // canonical
  const std::string& sha256() const { return sha256_; }  // empty without an allow-list
  int descriptor() const { return descriptor_; }
  // Whether the open file is what it was, and still the one that the path leads to. The error says that it is not.
  Result<void> unchanged() const;
  // The caller closes it from now on, or keeps it for ever.
  int leak();

 private:
  int descriptor_;
  std::string path_;
  FileStamp stamp_;
  std::string sha256_;
};

// Refuses with a sentence: what is not a regular file, belongs to somebody else than root or this user, may be written
// by group or others, or lies in a folder for which that holds. A folder above it that everyone may write to passes
// when it is sticky (/tmp): there nobody can replace what belongs to this user.
Result<TrustedFile> openTrusted(const std::string& path, const TrustPolicy& policy);

// Of everything from the beginning of an open file.
Result<std::string> sha256Of(int descriptor);

}  // namespace weir::host
