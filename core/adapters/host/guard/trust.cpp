#include "core/adapters/host/guard/trust.hpp"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sha2.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/read_file.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::host {

namespace {

bool ownerTrusted(uid_t owner) {
  return owner == 0 || owner == ::geteuid();
}

std::string ownerOf(uid_t owner) {
  return "belongs to user " + std::to_string(owner) + ", who is neither root nor the one who runs Weir";
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileStamp stampOf(const struct stat& info) {
  return {info.st_dev, info.st_ino, info.st_size, nanoseconds(info.st_mtim), nanoseconds(info.st_ctim)};
}

Result<void> checkFolders(const std::filesystem::path& file) {
  for (std::filesystem::path folder = file.parent_path();; folder = folder.parent_path()) {
    struct stat info {};
    if (::lstat(folder.c_str(), &info) != 0) {
      return configError("The folder " + folder.string() +
                         " cannot be looked at: " + whyRefused(errno, folder.string(), Access::Read));
    }
    if (!ownerTrusted(info.st_uid)) {
      return configError("The folder " + folder.string() + " " + ownerOf(info.st_uid) +
                         ", so its plugins are not loaded. Install them in a folder of your own or of root.");
    }
    const bool writable = (info.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    const bool sticky = (info.st_mode & S_ISVTX) != 0 && folder != file.parent_path();
    if (writable && !sticky) {
      return configError("Others may write to the folder " + folder.string() +
                         ", so its plugins are not loaded. Take the right away with: chmod go-w " + folder.string());
    }
    if (folder == folder.parent_path()) return {};
  }
}

}  // namespace

Result<AllowList> AllowList::parse(const std::string& text) {
  AllowList list;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::string hash = line.substr(0, line.find_first_of(" \t"));
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos) {
      return configError("Line " + std::to_string(number) +
                         " of the allow-list does not begin with a SHA-256 in lower-case hex; `sha256sum` writes one.");
    }
    const std::size_t name = line.find_first_not_of(" \t*", hash.size());
    list.names_[hash] = name == std::string::npos ? "" : line.substr(name);
  }
  return list;
}

Result<AllowList> AllowList::read(const std::string& path) {
  constexpr std::size_t kMostBytes = 16U << 20;
  const Result<std::string> text = readFile(path, kMostBytes);
  if (!text) return configError("The allow-list cannot be read: " + text.error().message);
  WEIR_TRY_ASSIGN(list, parse(*text));
  list.path_ = path;
  return list;
}

Result<TrustPolicy> trustPolicyFromEnvironment() {
  TrustPolicy policy;
  const char* path = std::getenv("WEIR_PLUGIN_ALLOW_LIST");
  if (path == nullptr || *path == '\0') return policy;
  WEIR_TRY_ASSIGN(list, AllowList::read(path));
  policy.allowed = std::move(list);
  return policy;
}

TrustedFile::TrustedFile(int descriptor, std::string path, FileStamp stamp, std::string sha256)
    : descriptor_(descriptor), path_(std::move(path)), stamp_(stamp), sha256_(std::move(sha256)) {}

TrustedFile::TrustedFile(TrustedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      stamp_(other.stamp_),
      sha256_(std::move(other.sha256_)) {}

TrustedFile::~TrustedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> TrustedFile::unchanged() const {
  struct stat open {};
  struct stat named {};
  const bool same = ::fstat(descriptor_, &open) == 0 && ::stat(path_.c_str(), &named) == 0 && stampOf(open) == stamp_ &&
                    stampOf(named) == stamp_;
  if (same) return {};
  return configError("The plugin " + path_ +
                     " was changed while it was being loaded, so it is not used. Start again once it is in place.");
}

int TrustedFile::leak() {
  return std::exchange(descriptor_, -1);
}

Result<std::string> sha256Of(int descriptor) {
  // Of libmd: a large library of cryptography would take a tenth of the time of every start, to be linked.
  SHA2_CTX digest;
  SHA256Init(&digest);
  std::array<char, 65536> buffer;
  off_t position = 0;
  while (true) {
    const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), position);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return retryableError(std::string("Reading for SHA-256 failed: ") + std::strerror(errno) + ".");
    if (count == 0) break;
    SHA256Update(&digest, reinterpret_cast<const std::uint8_t*>(buffer.data()), static_cast<std::size_t>(count));
    position += count;
  }
  std::array<char, SHA256_DIGEST_STRING_LENGTH> text;
  return std::string(SHA256End(&digest, text.data()));
}

Result<TrustedFile> openTrusted(const std::string& path, const TrustPolicy& policy) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), std::free);
  if (!real) return configError("There is no plugin at " + path + ": " + whyRefused(errno, path, Access::Read));
  const std::string canonical = real.get();
  WEIR_TRY(checkFolders(canonical));

  // NONBLOCK, so that a FIFO does not hold us; NOFOLLOW, because the canonical name has no links any more.
  const int descriptor = ::open(canonical.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0)
    return configError(canonical + " cannot be opened: " + whyRefused(errno, canonical, Access::Read));
  struct stat info {};
  const bool known = ::fstat(descriptor, &info) == 0;
  TrustedFile file(descriptor, canonical, stampOf(info), "");
  if (!known) return configError(canonical + " cannot be looked at: " + whyRefused(errno, canonical, Access::Read));
  if (!S_ISREG(info.st_mode)) return configError(canonical + " is not a regular file, so it is not loaded.");
  if (!ownerTrusted(info.st_uid)) return configError(canonical + " " + ownerOf(info.st_uid) + ", so it is not loaded.");
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return configError("Others may write to " + canonical +
                       ", so it is not loaded. Take the right away with: chmod go-w " + canonical);
  }
  if (!policy.allowed) return file;
  WEIR_TRY_ASSIGN(hash, sha256Of(descriptor));
  if (!policy.allowed->contains(hash)) {
    return configError(canonical + " has the SHA-256 " + hash + ", which is not on the allow-list" +
                       policy.allowed->shownPath() + ", so it is not loaded. Add it there if you trust the file.");
  }
  return TrustedFile(file.leak(), canonical, stampOf(info), hash);
}

}  // namespace weir::host
