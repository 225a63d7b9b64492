#include "designer/ui/workbench/services.hpp"

#include <QFileInfo>

#include "designer/ui/shell/settings/settings.hpp"

namespace weir::designer {

Services::Services(Settings& userSettings) : settings(userSettings) {
  QObject::connect(&settings, &Settings::weirPathChanged, &catalog, [this] { loadCatalog(*this); });
}

OpenTopologyRef openAt(const Services& services, const QString& path) {
  if (path.isEmpty()) return nullptr;
  for (const std::weak_ptr<OpenTopology>& one : services.open) {
    OpenTopologyRef topology = one.lock();
    // The same also by another name: through a link, or below another folder.
    if (topology != nullptr && !topology->file().path().isEmpty() &&
        (topology->file().path() == path || QFileInfo(topology->file().path()) == QFileInfo(path))) {
      return topology;
    }
  }
  return nullptr;
}

OpenTopologyRef openOrShare(Services& services, OpenTopology::Start start) {
  if (OpenTopologyRef there = openAt(services, start.path)) return there;
  std::erase_if(services.open, [](const std::weak_ptr<OpenTopology>& one) { return one.expired(); });
  auto fresh = std::make_shared<OpenTopology>(std::move(start), services.catalog.catalog(), services.makeDeriver,
                                              services.recoveryFolder);
  services.open.push_back(fresh);
  return fresh;
}

void loadCatalog(Services& services) {
  services.catalog.load(findRunner(services.settings.weirPath(), services.besideFolder));
}

}  // namespace weir::designer
