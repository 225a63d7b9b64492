#include "ui/workbench/services.hpp"

#include "ui/shell/settings.hpp"

namespace weir::designer {

void loadCatalog(Services& services) {
  services.catalog.load(findRunner(services.settings.weirPath(), services.besideFolder));
}

}  // namespace weir::designer
