// How the designer begins.
#pragma once

#include <QStringList>

namespace weir::designer {

class Windows;
struct Services;

// Shows the windows of the last time, opens `files` in the first one, and offers what was not saved when the designer
// ended. The runner is asked for its plugins meanwhile. The windows are furnished with a Workbench each.
void start(Windows& windows, Services& services, const QStringList& files);

}  // namespace weir::designer
