#include "designer/ui/workbench/services.hpp"

#include "designer/ui/shell/settings/settings.hpp"

namespace weir::designer {

Services::Services(Settings& userSettings) : settings(userSettings) {
  QObject::connect(&settings, &Settings::weirPathChanged, &catalog, [this] { loadCatalog(*this); });
}

void loadCatalog(Services& services) {
  services.catalog.load(findRunner(services.settings.weirPath(), services.besideFolder));
}

}  // namespace weir::designer
