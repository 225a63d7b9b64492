// Edits a text where it stands on the canvas. Enter and leaving it keep what was written; Esc keeps a text of several
// lines, in which Shift+Enter begins a new one, and forgets a name.
#pragma once

#include <QPlainTextEdit>

namespace weir::designer {

// Deletes itself afterwards.
class InlineEditor : public QPlainTextEdit {
  Q_OBJECT

 public:
  InlineEditor(QWidget* parent, const QString& text, bool severalLines);

  // At least as large as a field, and within the parent.
  void setGeometryInside(QRect wanted);

 Q_SIGNALS:
  void finished(const QString& text);  // it is another one
  void cancelled();                    // or the same

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void finish(bool keep);

  QString before_;
  bool severalLines_;
  bool done_ = false;
};

}  // namespace weir::designer
