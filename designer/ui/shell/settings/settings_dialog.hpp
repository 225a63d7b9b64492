// The settings. What is changed holds at once; there is nothing to confirm.
#pragma once

#include <QDialog>

class QLineEdit;

namespace weir::designer {

class Settings;

class SettingsDialog : public QDialog {
  Q_OBJECT

 public:
  // `foundWeir` is where the runner was found without a setting; empty: nowhere.
  SettingsDialog(Settings& settings, const QString& foundWeir, QWidget* parent = nullptr);

 private:
  QWidget* makeThemes();
  QWidget* makeLanguages();
  QWidget* makeRunner(const QString& foundWeir);
  void chooseRunner();

  Settings& settings_;
  QLineEdit* runner_ = nullptr;
};

}  // namespace weir::designer
