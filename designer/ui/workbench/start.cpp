#include "designer/ui/workbench/start.hpp"

#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/windows.hpp"
#include "designer/ui/workbench/close_guard.hpp"
#include "designer/ui/workbench/recovery_offer.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer {

void start(Windows& windows, Services& services, const QStringList& files) {
  if (!windows.restoreSession()) windows.open();
  QList<Workbench*> workbenches;
  for (MainWindow* const window : windows.all()) workbenches += window->findChild<Workbench*>();
  for (const QString& path : files) workbenches.first()->openPath(path);
  offerRecovery(workbenches, services);
  for (Workbench* const workbench : workbenches) workbench->openEmptyWhenBare();
  QObject::connect(&windows, &Windows::opened,
                   [](MainWindow* window) { window->findChild<Workbench*>()->openEmptyWhenBare(); });
  windows.setQuitGuard([&windows] {
    QList<TopologyPage*> pages;
    for (MainWindow* const window : windows.all()) pages += window->findChild<Workbench*>()->pages();
    return windows.all().isEmpty() || mayClose(pages, windows.all().first());
  });
  loadCatalog(services);
}

}  // namespace weir::designer
