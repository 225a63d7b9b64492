// What plugins there are: asked of `weir plugins --json`, out of process, since a plugin must never be loaded here.
#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <memory>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::designer {

// Shared: the canvas, the checks on their thread and the forms read the same one while a newer one is being loaded.
using CatalogRef = std::shared_ptr<const catalog::Catalog>;

// What `weir plugins --json` printed, as a catalog.
Result<catalog::Catalog> catalogFromJson(const QByteArray& json);

// The runner: where the settings say, else beside this program, else on PATH. Empty: nowhere.
QString findRunner(const QString& configured, const QString& besideFolder);

// GUI thread only.
class CatalogService : public QObject {
  Q_OBJECT

 public:
  explicit CatalogService(QObject* parent = nullptr);
  ~CatalogService() override;

  // Asks again. What is known stays until the answer is there.
  void load(const QString& runner);
  const CatalogRef& catalog() const { return catalog_; }  // never null; empty before the first answer
  const QString& runner() const { return runner_; }

 Q_SIGNALS:
  void loaded();
  // Why there is none: a sentence with what to do.
  void failed(const QString& reason);

 private:
  void finish(int exitCode, QProcess::ExitStatus status);

  QString runner_;
  QProcess process_;
  CatalogRef catalog_;
};

}  // namespace weir::designer
