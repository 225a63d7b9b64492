#include "designer/model/file/recovery_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <utility>

namespace weir::designer {

std::optional<RecoveryLock> RecoveryLock::take(const QString& path) {
  const QByteArray name = QFile::encodeName(path);
  for (;;) {
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return std::nullopt;
    RecoveryLock lock(descriptor);
    struct stat facts {};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor, &facts) != 0) return std::nullopt;
    // Whoever held it before may have taken it away in between: a lock on that would hold nobody off.
    if (facts.st_nlink > 0) return lock;
  }
}

RecoveryLock::RecoveryLock(RecoveryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RecoveryLock& RecoveryLock::operator=(RecoveryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

RecoveryLock::~RecoveryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace weir::designer
