#include "core/adapters/embedded/home/home_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "weir/sdk/home_folder.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::embedded {

namespace {

// Who holds the lock, as the file says.
std::string holder(int descriptor) {
  char text[32];
  const ssize_t size = ::pread(descriptor, text, sizeof(text), 0);
  std::string process;
  for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i) process += text[i];
  return process.empty() ? "another runner" : "another runner (process " + process + ")";
}

}  // namespace

Result<HomeLock> HomeLock::take(const std::string& home) {
  const std::string path = home + "/" + std::string(kHomeLock);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return configError("Cannot open " + path + ": " + whyRefused(errno, path, Access::Write) +
                       " --home names another folder.");
  }
  HomeLock lock(descriptor);
  struct stat facts {};
  // A runner that was refused takes the home that it has made away again, and the lock with it.
  const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &facts) == 0;
  if (!locked || facts.st_nlink == 0) {
    return retryableError("The home " + home + " is in use by " + holder(descriptor) +
                          ". Stop that one, or give --home another folder.");
  }
  const std::string process = std::to_string(::getpid()) + "\n";
  // Only for the message above: a lock that cannot say who holds it is as good.
  if (::ftruncate(descriptor, 0) == 0) {
    static_cast<void>(!::pwrite(descriptor, process.data(), process.size(), 0));
  }
  return lock;
}

HomeLock::HomeLock(HomeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

HomeLock& HomeLock::operator=(HomeLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

HomeLock::~HomeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace weir::embedded
