// Editors of one line: text, numbers, durations, secrets, paths, column names; and boxes to tick.
#pragma once

#include <QCheckBox>

#include "designer/ui/panels/fields/field_editor.hpp"
#include "designer/ui/panels/fields/line_edit.hpp"

namespace weir::designer {

class LineField : public FieldEditor {
  Q_OBJECT

 public:
  LineField(EditorKind kind, QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;
  bool saysErrors() const override { return refused_; }
  LineEdit& line() { return *line_; }

 private:
  void onTyped(const QString& text);
  void refuse(bool refused);
  void choosePath();
  void tellFile();

  EditorKind kind_;
  LineEdit* line_;
  QWidget* refusal_ = nullptr;  // of a secret that was typed
  bool refused_ = false;
  QString toldFile_;  // what stood there when it was last told or shown
  FormField field_;
  FieldScene scene_;
};

class CheckField : public FieldEditor {
  Q_OBJECT

 public:
  explicit CheckField(QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;

 private:
  QCheckBox* check_;
  std::string path_;
};

}  // namespace weir::designer
