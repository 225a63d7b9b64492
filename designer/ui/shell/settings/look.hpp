// Keeps the application's theme as the setting and the desktop want it.
#pragma once

#include "designer/ui/theme/theme_watcher.hpp"

namespace weir::designer {

class Settings;

// Make it after the QApplication and before the first window.
class Look : public QObject {
  Q_OBJECT

 public:
  explicit Look(Settings& settings, QObject* parent = nullptr);

  const ThemeWatcher& watcher() const { return watcher_; }

 private:
  ThemeWatcher watcher_;
};

}  // namespace weir::designer
