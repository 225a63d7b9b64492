#include "commands.hpp"

namespace weir::app {

int topicCommand(Arguments) {
  return kExitFailed;
}

}  // namespace weir::app
