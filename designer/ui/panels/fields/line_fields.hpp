// Editors of one line: text, numbers, durations, secrets, paths, column names, and boxes to choose from.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

#include "designer/ui/panels/fields/field_editor.hpp"

class QCompleter;

namespace weir::designer {

// A line edit whose Ctrl+Z undoes its own text, and the document's last step when there is none.
class LineEdit : public QLineEdit {
  Q_OBJECT

 public:
  using QLineEdit::QLineEdit;
  // Words that can be completed: the last one of those that stand here.
  void setWords(const QStringList& words);

 Q_SIGNALS:
  // Enter was pressed, or the focus has left.
  void left();

 protected:
  bool event(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void complete(const QString& word);

  QStringList words_;
  QCompleter* completion_ = nullptr;  // of the last word; not the line edit's own, which takes all for one word
};

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

  EditorKind kind_;
  LineEdit* line_;
  QWidget* refusal_ = nullptr;  // of a secret that was typed
  bool refused_ = false;
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

// Choices, formats, and columns, which may be typed too.
class ComboField : public FieldEditor {
  Q_OBJECT

 public:
  ComboField(EditorKind kind, QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;
  QComboBox& box() { return *box_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Option {
    QString title;
    QString value;
    friend bool operator==(const Option&, const Option&) = default;
  };
  std::vector<Option> optionsOf(const FormField& field, const FieldScene& scene) const;

  EditorKind kind_;
  QComboBox* box_;
  std::vector<Option> options_;
  std::string path_;
};

}  // namespace weir::designer
