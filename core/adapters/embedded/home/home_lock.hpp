// One runner per home.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace weir::embedded {

// Held from `take` until it is destroyed, or until the process ends in any way.
class HomeLock {
 public:
  // Locks `<home>/home.lock`, which is made when missing; the folder must exist. Where another runner holds it, the
  // error is of kind Retryable.
  static Result<HomeLock> take(const std::string& home);

  HomeLock(HomeLock&& other) noexcept;
  HomeLock& operator=(HomeLock&& other) noexcept;
  HomeLock(const HomeLock&) = delete;
  HomeLock& operator=(const HomeLock&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace weir::embedded
