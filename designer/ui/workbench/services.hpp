// What all windows share.
#pragma once

#include <QString>

#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"

namespace weir::designer {

class Settings;

// Outlives every window.
struct Services {
  // Another place of the runner in the settings: its plugins are asked for again.
  explicit Services(Settings& userSettings);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  Settings& settings;
  CatalogService catalog;
  MakeDeriver makeDeriver;
  QString recoveryFolder;
  QString besideFolder;  // where this program is: the runner is looked for there
  QString docsFolder;    // empty: there are no documents
};

// Looks for the runner again, and asks it for its plugins.
void loadCatalog(Services& services);

}  // namespace weir::designer
