#include <cstdio>

#include "base/printable.hpp"
#include "commands.hpp"

namespace weir::app {

int fail(const Error& error) {
  std::fprintf(stderr, "weir: %s\n", printable(error.message).c_str());
  return error.kind == ErrorKind::Config ? kExitErrors : kExitFailed;
}

}  // namespace weir::app
