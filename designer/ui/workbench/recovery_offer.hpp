// Unsaved work of a designer that ended without saving: opened again, for the user to keep or to throw away.
#pragma once

namespace weir::designer {

class Workbench;
struct Services;

// Opens a page for each: the drawing as it is on disk, and the unsaved work as one undo step over it.
void offerRecovery(Workbench& workbench, Services& services);

}  // namespace weir::designer
