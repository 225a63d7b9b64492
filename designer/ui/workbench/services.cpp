#include "ui/workbench/services.hpp"

#include "ui/shell/settings.hpp"

namespace weir::designer {

Services::Services(Settings& userSettings) : settings(userSettings) {
  QObject::connect(&settings, &Settings::weirPathChanged, &catalog, [this] { loadCatalog(*this); });
}

void loadCatalog(Services& services) {
  services.catalog.load(findRunner(services.settings.weirPath(), services.besideFolder));
}

}  // namespace weir::designer
