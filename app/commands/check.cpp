#include "commands.hpp"

namespace weir::app {

int checkCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
