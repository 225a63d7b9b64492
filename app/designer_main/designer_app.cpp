#include "app/designer_main/designer_app.hpp"

#include "core/adapters/host/load/derive_service.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/workbench/start.hpp"
#include "designer/ui/workbench/workbench.hpp"

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
  services_.recoveryFolder = places.recoveryFolder;
  services_.templates.setFolder(places.templatesFolder);
  services_.besideFolder = places.besideFolder;
  services_.docsFolder = places.docsFolder;
  services_.makeDeriver = [this](const CatalogRef& catalog) { return deriver(services_.catalog.runner(), catalog); };
}

void DesignerApp::start(const QStringList& files) {
  designer::start(windows_, services_, files);
}

}  // namespace weir::designer
