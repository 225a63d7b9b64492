#include "app/runner/descriptor_limit.hpp"

#include <sys/resource.h>

namespace weir::app {

void raiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  // A refusal leaves the limit as it was.
  static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
}

}  // namespace weir::app
