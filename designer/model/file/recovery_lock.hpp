// A hold on unsaved work, so that no other designer offers what is still open in one.
#pragma once

#include <QString>
#include <optional>

namespace weir::designer {

// The operating system's lock on a file: it belongs to the open file, and the kernel lets it go when the process ends,
// however that happens. What goes by the number of a process (QLockFile, a pid in a name) believes in a zombie, and in
// any other program that has got the number since. Not passed on to child processes.
class RecoveryLock {
 public:
  // Makes the file when it is missing. Nothing: somebody holds it, in this process or another one, or it cannot be
  // made.
  static std::optional<RecoveryLock> take(const QString& path);

  RecoveryLock(RecoveryLock&& other) noexcept;
  RecoveryLock& operator=(RecoveryLock&& other) noexcept;
  ~RecoveryLock();

 private:
  explicit RecoveryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace weir::designer
