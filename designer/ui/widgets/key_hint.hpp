// Keys that belong to no command, with what they do: for lists of shortcuts.
#pragma once

#include <QString>

namespace weir::designer {

struct KeyHint {
  QString text;
  QString keys;
};

}  // namespace weir::designer
