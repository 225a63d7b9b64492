#include "commands.hpp"

namespace weir::app {

int diffCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
