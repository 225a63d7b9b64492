#include "commands.hpp"

namespace weir::app {

int runCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
