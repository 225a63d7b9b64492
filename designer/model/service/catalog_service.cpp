#include "designer/model/service/catalog_service.hpp"

#include <QFileInfo>
#include <QStandardPaths>

#include "core/base/json_parser.hpp"
#include "core/catalog/parse_manifest.hpp"

namespace weir::designer {

Result<catalog::Catalog> catalogFromJson(const QByteArray& text) {
  WEIR_TRY_ASSIGN(root, json::parseText({text.constData(), static_cast<std::size_t>(text.size())}));
  const json::Value* const plugins = root.find("plugins");
  if (plugins == nullptr || !plugins->isList()) return configError("The runner's list of plugins has no 'plugins'.");
  catalog::Catalog catalog;
  for (const json::Value& plugin : plugins->items()) {
    const json::Value* const manifest = plugin.find("manifest");
    const json::Value* const path = plugin.find("path");
    if (manifest == nullptr || path == nullptr) return configError("A plugin in the runner's list has no manifest.");
    WEIR_TRY_ASSIGN(parsed, catalog::parseManifest(json::write(*manifest)));
    WEIR_TRY(catalog.add({std::move(parsed), path->asText()}));
  }
  const json::Value* const refused = root.find("refused");
  if (refused == nullptr) return catalog;
  for (const json::Value& plugin : refused->items()) {
    const json::Value* const path = plugin.find("path");
    const json::Value* const reason = plugin.find("reason");
    if (path != nullptr && reason != nullptr) catalog.refuse({path->asText(), reason->asText()});
  }
  return catalog;
}

QString findRunner(const QString& configured, const QString& besideFolder) {
  const auto usable = [](const QString& path) { return !path.isEmpty() && QFileInfo(path).isExecutable(); };
  if (usable(configured)) return configured;
  QString beside = besideFolder + "/weir";
  if (usable(beside)) return beside;
  return QStandardPaths::findExecutable("weir");
}

CatalogService::CatalogService(QObject* parent)
    : QObject(parent), catalog_(std::make_shared<const catalog::Catalog>()) {
  connect(&process_, &QProcess::finished, this, &CatalogService::finish);
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) Q_EMIT failed(tr("The runner could not be started: %1.").arg(runner_));
  });
}

CatalogService::~CatalogService() {
  process_.disconnect(this);
}

void CatalogService::load(const QString& runner) {
  if (process_.state() != QProcess::NotRunning) return;  // its answer is about to come
  runner_ = runner;
  if (runner.isEmpty()) {
    Q_EMIT failed(tr("The runner 'weir' was not found. Install it, or say where it is."));
    return;
  }
  process_.start(runner, {"plugins", "--json"});
}

void CatalogService::finish(int exitCode, QProcess::ExitStatus status) {
  const QByteArray out = process_.readAllStandardOutput();
  if (status != QProcess::NormalExit || out.isEmpty()) {
    const QString said = QString::fromUtf8(process_.readAllStandardError()).trimmed();
    Q_EMIT failed(tr("The runner did not list its plugins (exit code %1). %2").arg(exitCode).arg(said));
    return;
  }
  Result<catalog::Catalog> catalog = catalogFromJson(out);
  if (!catalog) {
    Q_EMIT failed(QString::fromStdString(catalog.error().message));
    return;
  }
  catalog_ = std::make_shared<const catalog::Catalog>(std::move(*catalog));
  Q_EMIT loaded();
}

}  // namespace weir::designer
