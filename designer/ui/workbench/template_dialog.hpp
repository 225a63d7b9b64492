// Asks how a template is called, and what it is for.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <functional>

#include "core/base/result.hpp"

namespace weir::designer {

class TemplateDialog : public QDialog {
  Q_OBJECT

 public:
  // Does the work; what it refuses is said in the dialog, which stays.
  using Work = std::function<Result<void>(const QString& title, const QString& description)>;

  TemplateDialog(const QString& title, const QString& sentence, Work work, QWidget* parent);

  QLineEdit& name() { return *name_; }
  QLineEdit& description() { return *description_; }
  QString refusal() const { return refusal_->text(); }

 private:
  void tryToAccept();

  Work work_;
  QLineEdit* name_;
  QLineEdit* description_;
  QLabel* refusal_;
};

}  // namespace weir::designer
