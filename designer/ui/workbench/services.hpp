// What all windows share.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "designer/model/file/own_templates.hpp"
#include "designer/model/service/open_topology.hpp"

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
  OwnTemplates templates;
  MakeDeriver makeDeriver;
  QString recoveryFolder;
  QString besideFolder;  // where this program is: the runner is looked for there
  QString docsFolder;    // empty: there are no documents
  std::vector<std::weak_ptr<OpenTopology>> open;
};

// Shared by the pages that show it: one file in two windows is one document.
using OpenTopologyRef = std::shared_ptr<OpenTopology>;

// The topology of that file, whatever the path to it; null: it is not open.
OpenTopologyRef openAt(const Services& services, const QString& path);
// What begins with that, or is open already.
OpenTopologyRef openOrShare(Services& services, OpenTopology::Start start);

// Looks for the runner again, and asks it for its plugins.
void loadCatalog(Services& services);

}  // namespace weir::designer
