// The designer as it is put together: what all windows share, the windows, and what stands in them.
#pragma once

#include <QStringList>

#include "designer/ui/shell/settings/look.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/windows.hpp"
#include "designer/ui/workbench/services.hpp"

namespace weir::designer {

// Where the designer finds what it needs and keeps what it remembers.
struct DesignerPlaces {
  QString recoveryFolder;
  QString templatesFolder;  // of one's own
  QString besideFolder;     // the runner is looked for here first
  QString docsFolder;       // texts in Markdown; empty: there are none
};

// Needs a QApplication and a Language; lives until its event loop has ended.
class DesignerApp {
 public:
  DesignerApp(Settings& settings, const DesignerPlaces& places);

  // Shows the windows of the last time, opens `files` in the first one, and offers what was not saved when the
  // designer ended. The runner is asked for its plugins meanwhile.
  void start(const QStringList& files);

  Windows& windows() { return windows_; }

 private:
  Look look_;
  Services services_;
  Windows windows_;
};

}  // namespace weir::designer
