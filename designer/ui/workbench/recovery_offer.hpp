// Unsaved work of a designer that ended without saving: opened again, for the user to keep or to throw away.
#pragma once

#include <QList>

namespace weir::designer {

class Workbench;
struct Services;

// Shows for each the topology as it is on disk, and the unsaved work as one undo step over it: in the window that has
// the file open, else in the first one. It is offered again until it is kept, thrown away, saved or closed.
void offerRecovery(const QList<Workbench*>& workbenches, const Services& services);

}  // namespace weir::designer
