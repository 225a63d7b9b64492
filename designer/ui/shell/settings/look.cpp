#include "designer/ui/shell/settings/look.hpp"

#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

Look::Look(Settings& settings, QObject* parent) : QObject(parent), watcher_(settings.theme()) {
  applyTheme(watcher_.scheme());
  connect(&watcher_, &ThemeWatcher::schemeChanged, this, [](ColorScheme scheme) { applyTheme(scheme); });
  connect(&settings, &Settings::themeChanged, &watcher_, &ThemeWatcher::setSetting);
}

}  // namespace weir::designer
