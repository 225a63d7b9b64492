#include "designer/designer_app.hpp"

#include <QCoreApplication>

#include "adapters/host/derive_service.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/workbench/recovery_offer.hpp"
#include "ui/workbench/workbench.hpp"

namespace weir::designer {

namespace {

// Operators are asked for their schemas in a child process of the runner, never here.
topology::SchemaDeriver deriver(const QString& runner, const CatalogRef& catalog) {
  if (runner.isEmpty()) return {};
  // Shared, since a callback has to be copyable.
  auto client =
      std::make_shared<host::DeriveClient>(std::vector<std::string>{runner.toStdString(), "derive-schema"}, *catalog);
  return [client, catalog](const topology::DeriveRequest& request) { return client->derive(request); };
}

}  // namespace

DesignerApp::DesignerApp(Settings& settings, const DesignerPlaces& places)
    : look_(settings), services_(settings), windows_(settings, [this](MainWindow& window) {
        new Workbench(window, services_);  // belongs to the window
      }) {
  QCoreApplication::installTranslator(&plurals_);
  services_.recoveryFolder = places.recoveryFolder;
  services_.besideFolder = places.besideFolder;
  services_.makeDeriver = [this](const CatalogRef& catalog) { return deriver(services_.catalog.runner(), catalog); };
}

void DesignerApp::start(const QStringList& files) {
  if (!windows_.restoreSession()) windows_.open();
  for (MainWindow* const window : windows_.all()) {
    auto* const workbench = window->findChild<Workbench*>();
    if (window == windows_.all().first()) {
      for (const QString& path : files) workbench->openPath(path);
      offerRecovery(*workbench, services_);
    }
    workbench->openEmptyWhenBare();
  }
  loadCatalog(services_);
}

}  // namespace weir::designer
