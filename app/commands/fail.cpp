#include <cstdio>

#include "app/commands/commands.hpp"
#include "core/base/printable.hpp"

namespace weir::app {

int fail(const Error& error) {
  std::fprintf(stderr, "weir: %s\n", printable(error.message).c_str());
  return error.kind == ErrorKind::Config ? kExitErrors : kExitFailed;
}

int failToLock(const Error& error) {
  const int status = fail(error);
  return error.kind == ErrorKind::Retryable ? kExitBusy : status;
}

}  // namespace weir::app
