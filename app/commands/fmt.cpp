#include "commands.hpp"

namespace weir::app {

int formatCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
