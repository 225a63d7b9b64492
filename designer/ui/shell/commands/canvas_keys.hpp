// Keys that work on the canvas and belong to no command: they stand in the list of shortcuts after the commands.
#pragma once

#include <span>

namespace weir::designer {

struct KeyHint {
  const char* text;  // to be translated in the context "CanvasKeys", like the keys
  const char* keys;
};

std::span<const KeyHint> canvasKeys();

}  // namespace weir::designer
