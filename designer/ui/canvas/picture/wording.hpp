// The words on nodes that are not the plugins', in the language of the program.
#pragma once

#include "core/drawing/words/summary.hpp"

namespace weir::designer {

drawing::Wording translatedWording();

}  // namespace weir::designer
