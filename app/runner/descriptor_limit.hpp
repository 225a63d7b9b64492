// How many files this process may have open.
#pragma once

namespace weir::app {

// Raises the limit to what the system allows this process. Where it allows no more, everything works with fewer.
void raiseDescriptorLimit();

}  // namespace weir::app
