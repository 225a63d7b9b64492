// A line of text in a form.
#pragma once

#include <QLineEdit>
#include <QStringList>

class QCompleter;

namespace weir::designer {

// A line edit whose Ctrl+Z undoes its own text, and the document's last step when there is none.
class LineEdit : public QLineEdit {
  Q_OBJECT

 public:
  using QLineEdit::QLineEdit;
  // Words that can be completed: the last one of those that stand here.
  void setWords(const QStringList& words);
  // Whether a text that is too long is cut in its middle while nobody writes: names differ at their ends.
  void setElided(bool elided) { elided_ = elided; }

 Q_SIGNALS:
  // Enter was pressed, or the focus has left.
  void left();

 protected:
  bool event(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void complete(const QString& word);

  bool elided_ = false;
  QStringList words_;
  QCompleter* completion_ = nullptr;  // of the last word; not the line edit's own, which takes all for one word
};

}  // namespace weir::designer
