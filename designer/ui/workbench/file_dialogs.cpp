#include "designer/ui/workbench/file_dialogs.hpp"

#include <QDir>
#include <QFileInfo>

#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/widgets/file_dialog.hpp"

namespace weir::designer {

QString askWhereToWrite(QWidget* parent, const Settings& settings, const FileWish& wish) {
  const QStringList recent = settings.recentFiles();
  const QString folder = recent.isEmpty() ? QDir::homePath() : QFileInfo(recent.first()).path();
  const QFileInfo suggestion(QDir(folder), wish.suggestion);
  FileDialog dialog(parent, wish.title, suggestion.path(), wish.filter);
  dialog.setAcceptMode(FileDialog::AcceptSave);
  dialog.setDefaultSuffix(wish.suffix);
  dialog.selectFile(suggestion.fileName());
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

}  // namespace weir::designer
