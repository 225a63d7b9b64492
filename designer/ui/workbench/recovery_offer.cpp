#include "ui/workbench/recovery_offer.hpp"

#include <QCoreApplication>

#include "model/recovery.hpp"
#include "ui/workbench/drawing_page.hpp"
#include "ui/workbench/examples.hpp"
#include "ui/workbench/services.hpp"
#include "ui/workbench/workbench.hpp"

namespace weir::designer {

namespace {

QString tr(const char* text, int count = -1) {
  return QCoreApplication::translate("Recovery", text, nullptr, count);
}

OpenDrawing::Start onDisk(const QString& path) {
  if (path.isEmpty()) return emptyStart();
  Result<OpenedFile> opened = openFile(path);
  if (!opened) return emptyStart();
  return {std::move(opened->topology), path, std::move(opened->bytes)};
}

}  // namespace

void offerRecovery(Workbench& workbench, Services& services) {
  const QString folder = services.recoveryFolder;
  for (Recoverable& found : recoverable(folder)) {
    DrawingPage* const page = workbench.openPage(onDisk(found.path));
    const int changes = static_cast<int>(found.changes.count('\n'));
    page->document().apply({tr("Recover unsaved work"), std::move(found.work), {}, {}});
    workbench.showChanges();
    const auto decided = [page, folder, id = found.id](bool keep) {
      page->removeMessage("recovery");
      forget(folder, id);
      if (!keep) page->document().undo();
    };
    page->showMessage({"recovery",
                       MessageTone::Warning,
                       {},
                       tr("The designer ended before this was saved. %n change(s) are listed below.", changes),
                       {{tr("Keep"), [decided] { decided(true); }}, {tr("Throw away"), [decided] { decided(false); }}},
                       false});
  }
}

}  // namespace weir::designer
