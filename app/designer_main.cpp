// The designer.
#include <QApplication>
#include <QStandardPaths>

#include "adapters/host/derive_service.hpp"
#include "ui/shell/look.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/settings.hpp"
#include "ui/shell/windows.hpp"
#include "ui/workbench/recovery_offer.hpp"
#include "ui/workbench/services.hpp"
#include "ui/workbench/workbench.hpp"

namespace {

using namespace weir;            // NOLINT: this file is all about them
using namespace weir::designer;  // NOLINT

// Operators are asked for their schemas in a child process of the runner, never here.
topology::SchemaDeriver deriver(const QString& runner, const CatalogRef& catalog) {
  if (runner.isEmpty()) return {};
  // Shared, since a callback has to be copyable.
  auto client =
      std::make_shared<host::DeriveClient>(std::vector<std::string>{runner.toStdString(), "derive-schema"}, *catalog);
  return [client, catalog](const topology::DeriveRequest& request) { return client->derive(request); };
}

}  // namespace

int main(int argc, char** argv) {
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  const QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("weir-designer"));
  QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
  QApplication::setDesktopFileName(QStringLiteral("weir-designer"));

  Settings settings;
  const Look look(settings);
  Services services(settings);
  services.recoveryFolder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/recovery";
  services.besideFolder = QApplication::applicationDirPath();
  services.makeDeriver = [&services](const CatalogRef& catalog) { return deriver(services.catalog.runner(), catalog); };

  Windows windows(settings, [&services](MainWindow& window) { new Workbench(window, services); });  // belongs to it
  if (!windows.restoreSession()) windows.open();
  for (MainWindow* const window : windows.all()) {
    auto* const workbench = window->findChild<Workbench*>();
    if (window == windows.all().first()) {
      for (const QString& path : QApplication::arguments().mid(1)) workbench->openPath(path);
      offerRecovery(*workbench, services);
    }
    workbench->openEmptyWhenBare();
  }
  loadCatalog(services);
  return QApplication::exec();
}
