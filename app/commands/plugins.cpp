#include "commands.hpp"

namespace weir::app {

int pluginsCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
