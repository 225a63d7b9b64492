#include "designer/ui/canvas/widgets/inline_editor.hpp"

#include <QKeyEvent>
#include <QTextDocument>

#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

InlineEditor::InlineEditor(QWidget* parent, const QString& text, bool severalLines)
    : QPlainTextEdit(text, parent), before_(text), severalLines_(severalLines) {
  setFont(fontOf(severalLines ? FontRole::Comment : FontRole::NodeName));
  setAccessibleName(severalLines ? tr("Comment") : tr("Name"));
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTabChangesFocus(true);
  if (!severalLines) setLineWrapMode(NoWrap);
  document()->setDocumentMargin(space::kTiny);
  selectAll();
}

void InlineEditor::setGeometryInside(QRect wanted) {
  const int least = severalLines_ ? 3 * control::kHeight : control::kHeight;
  wanted.setWidth(qMax(wanted.width(), canvas::kPopupWidth / 2));
  wanted.setHeight(qMax(severalLines_ ? wanted.height() + control::kHeight : control::kHeight, least));
  const QRect room = parentWidget()->rect();
  wanted.moveLeft(qBound(0, wanted.left(), qMax(0, room.width() - wanted.width())));
  wanted.moveTop(qBound(0, wanted.top(), qMax(0, room.height() - wanted.height())));
  setGeometry(wanted);
  show();
  raise();
  setFocus(Qt::PopupFocusReason);
}

void InlineEditor::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  // Of a remark more may have been written than somebody wants to write again: it is kept, and can be undone.
  if (event->key() == Qt::Key_Escape) return finish(severalLines_);
  if (enter && !(severalLines_ && event->modifiers().testFlag(Qt::ShiftModifier))) return finish(true);
  QPlainTextEdit::keyPressEvent(event);
}

void InlineEditor::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  const bool stays = event->reason() == Qt::ActiveWindowFocusReason || event->reason() == Qt::PopupFocusReason;
  if (!stays) finish(true);
}

void InlineEditor::finish(bool keep) {
  if (done_) return;
  done_ = true;
  QString text = toPlainText().trimmed();
  if (!severalLines_) text.replace(QLatin1Char('\n'), QLatin1Char(' '));
  if (hasFocus()) parentWidget()->setFocus();
  hide();
  deleteLater();
  if (keep && text != before_) {
    Q_EMIT finished(text);
  } else {
    Q_EMIT cancelled();
  }
}

}  // namespace weir::designer
