#include "designer/ui/widgets/file_dialog.hpp"

#include <QHeaderView>
#include <QTreeView>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

FileDialog::FileDialog(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
    : QFileDialog(parent, title, folder, filter) {
  setViewMode(Detail);
  widenColumns();
}

QString FileDialog::askForOne() {
  setFileMode(ExistingFile);
  return exec() == Accepted ? selectedFiles().value(0) : QString();
}

QStringList FileDialog::askForSome() {
  setFileMode(ExistingFiles);
  return exec() == Accepted ? selectedFiles() : QStringList();
}

// Names get the room; sizes and times are shown as a whole; the type is what the filter says.
void FileDialog::widenColumns() {
  enum Column { kName, kSize, kType, kTime };
  auto* const files = findChild<QTreeView*>(QStringLiteral("treeView"));
  if (files == nullptr) return;  // the desktop's own dialog
  resize(shell::kFileDialogWidth, shell::kFileDialogHeight);
  QHeaderView& header = *files->header();
  header.setStretchLastSection(false);
  header.setSectionResizeMode(kName, QHeaderView::Stretch);
  header.setSectionResizeMode(kSize, QHeaderView::ResizeToContents);
  header.setSectionResizeMode(kTime, QHeaderView::ResizeToContents);
  header.hideSection(kType);
}

}  // namespace weir::designer
