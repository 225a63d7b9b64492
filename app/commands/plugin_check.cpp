#include "commands.hpp"

namespace weir::app {

int pluginCheckCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
