#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/commands/shortcuts_list.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/settings/settings_dialog.hpp"
#include "designer/ui/shell/window/main_window.hpp"

namespace weir::designer {

// What a window can do by itself.
void MainWindow::handleOwnCommands() {
  actions_.handle(QStringLiteral("file.open"), this, [this](bool) { openFiles(); });
  actions_.handle(QStringLiteral("file.closeTab"), this, [this](bool) {
    if (DocumentPage* page = documents_->current()) Q_EMIT closeRequested(page);
  });
  actions_.handle(QStringLiteral("file.settings"), this, [this](bool) { showSettings(); });
  actions_.handle(QStringLiteral("view.commands"), this, [this](bool) { commandField_->begin(); });
  actions_.handle(QStringLiteral("view.nextTab"), this, [this](bool) { documents_->step(1); });
  actions_.handle(QStringLiteral("view.previousTab"), this, [this](bool) { documents_->step(-1); });
  actions_.handle(QStringLiteral("help.shortcuts"), this, [this](bool) {
    auto* list = new ShortcutsList(actions_, this);  // deletes itself when it is closed
    list->open();
  });
}

void MainWindow::openFiles() {
  const QStringList recent = settings_.recentFiles();
  const QString folder = recent.isEmpty() ? QDir::homePath() : QFileInfo(recent.first()).path();
  const QStringList paths =
      QFileDialog::getOpenFileNames(this, tr("Open topologies"), folder, tr("Topologies (*.weir);;All files (*)"));
  for (const QString& path : paths) Q_EMIT openRequested(path);
}

void MainWindow::showSettings() {
  auto* dialog = new SettingsDialog(settings_, foundWeir_, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

}  // namespace weir::designer
