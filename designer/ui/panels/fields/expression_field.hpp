// The editor of an expression: what type it has stands below it, or what is wrong with it.
#pragma once

#include <QLabel>

#include "designer/ui/panels/fields/expression_edit.hpp"
#include "designer/ui/panels/fields/field_editor.hpp"

namespace weir::designer {

class ExpressionField : public FieldEditor {
  Q_OBJECT

 public:
  // Expression, or Note: a text of several lines in the same frame.
  ExpressionField(EditorKind kind, QWidget* parent);

  void show(const FormField& field, const FieldScene& scene) override;
  bool saysErrors() const override { return wrong_; }

  ExpressionEdit& edit() { return *edit_; }
  // "gives bool", or what is wrong; empty: it cannot be told.
  QString verdict() const { return verdict_; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void judge();
  void say(const QString& words, bool wrong);

  EditorKind kind_;
  QWidget* frame_;
  ExpressionEdit* edit_;
  QWidget* note_ = nullptr;
  QString verdict_;
  bool wrong_ = false;
  FormField field_;
  FieldScene scene_;
};

}  // namespace weir::designer
