#include "core/base/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/base/descriptor.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir {

namespace {

Error cannotWrite(const std::string& path) {
  return retryableError(path + " cannot be written: " + whyRefused(errno, path, Access::Write));
}

bool writeAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// The new bytes before the old ones go: a full disk is met while they are all there.
Result<void> writeOver(const std::string& path, std::string_view text) {
  // Opening a FIFO would otherwise wait for its reader for ever.
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666));
  if (!file && errno == ENXIO) return configError(path + " cannot be written: nobody reads from it.");
  struct stat facts {};
  const bool open = file && ::fstat(file.get(), &facts) == 0 && ::fcntl(file.get(), F_SETFL, 0) == 0;
  if (!open || !writeAll(file.get(), text)) return cannotWrite(path);
  if (S_ISREG(facts.st_mode) &&
      (::ftruncate(file.get(), static_cast<off_t>(text.size())) != 0 || ::fsync(file.get()) != 0))
    return cannotWrite(path);
  return {};
}

// A file beside `target` that nobody else has, with its owner and permissions; nothing where these cannot be given.
class Replacement {
 public:
  Replacement(const std::string& target, const struct stat& facts)
      : name_(target.substr(0, target.rfind('/') + 1) + "." + target.substr(target.rfind('/') + 1) + ".XXXXXX"),
        file_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (!file_) return;
    struct stat own {};
    const bool known = ::fstat(file_.get(), &own) == 0;
    const bool owned = known && ((own.st_uid == facts.st_uid && own.st_gid == facts.st_gid) ||
                                 ::fchown(file_.get(), facts.st_uid, facts.st_gid) == 0);
    good_ = owned && ::fchmod(file_.get(), facts.st_mode & 07777U) == 0;
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (file_ && !moved_) ::unlink(name_.c_str());
  }

  bool good() const { return good_; }
  bool moveTo(const std::string& target, std::string_view text) {
    moved_ = writeAll(file_.get(), text) && ::fsync(file_.get()) == 0 && ::rename(name_.c_str(), target.c_str()) == 0;
    return moved_;
  }

 private:
  std::string name_;
  Descriptor file_;
  bool good_ = false;
  bool moved_ = false;
};

}  // namespace

Result<void> writeFile(const std::string& path, std::string_view text) {
  if (path.find('\0') != std::string::npos) return configError("A path cannot hold the character NUL.");
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    if (errno != ENOENT) return cannotWrite(path);
    return writeOver(path, text);  // what a link that leads nowhere names is made
  }
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
  if (!target || !S_ISREG(facts.st_mode) || facts.st_nlink > 1) return writeOver(path, text);
  if (::getxattr(target.get(), "system.posix_acl_access", nullptr, 0) >= 0) return writeOver(path, text);
  // A file that its owner has made read-only stays as it is, though its folder would let it be replaced.
  if (::faccessat(AT_FDCWD, target.get(), W_OK, AT_EACCESS) != 0) return cannotWrite(path);
  Replacement replacement(target.get(), facts);
  if (!replacement.good()) return writeOver(path, text);
  if (!replacement.moveTo(target.get(), text)) return cannotWrite(path);
  return {};
}

}  // namespace weir
