// The dialog that chooses files. Where the desktop has none of its own it is Qt's, whose columns are made readable.
#pragma once

#include <QFileDialog>

namespace weir::designer {

class FileDialog : public QFileDialog {
  Q_OBJECT

 public:
  FileDialog(QWidget* parent, const QString& title, const QString& folder, const QString& filter = {});

  // Files that are there; empty: the user has thought better of it.
  QString askForOne();
  QStringList askForSome();

 private:
  void widenColumns();
};

}  // namespace weir::designer
