#include "designer/ui/panels/fields/line_edit.hpp"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStringListModel>
#include <QStyleOptionFrame>

namespace weir::designer {

namespace {

// Where the word that is being typed begins.
qsizetype wordStart(const QString& text, qsizetype cursor) {
  static const QRegularExpression kBetween(QStringLiteral("[,\\s]"));
  return text.left(cursor).lastIndexOf(kBetween) + 1;
}

}  // namespace

void LineEdit::setWords(const QStringList& words) {
  if (words == words_) return;
  words_ = words;
  delete completion_;
  completion_ = nullptr;
  if (words.isEmpty()) return;
  auto* const made = completion_ = new QCompleter(words, this);
  made->setCaseSensitivity(Qt::CaseInsensitive);
  made->setWidget(this);
  connect(made, qOverload<const QString&>(&QCompleter::activated), this, &LineEdit::complete);
  connect(this, &QLineEdit::textEdited, made, [this, made] {
    const qsizetype start = wordStart(text(), cursorPosition());
    const QString word = text().mid(start, cursorPosition() - start);
    made->setCompletionPrefix(word);
    if (word.isEmpty() || (made->completionCount() == 1 && made->currentCompletion() == word)) {
      made->popup()->hide();
    } else {
      made->complete();
    }
  });
}

void LineEdit::complete(const QString& word) {
  const qsizetype start = wordStart(text(), cursorPosition());
  setSelection(static_cast<int>(start), static_cast<int>(cursorPosition() - start));
  insert(word);  // as if it had been typed: it can be undone
}

bool LineEdit::event(QEvent* event) {
  // What this field cannot undo any more is the document's to undo.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* const key = static_cast<QKeyEvent*>(event);
    if ((key->matches(QKeySequence::Undo) && !isUndoAvailable()) ||
        (key->matches(QKeySequence::Redo) && !isRedoAvailable())) {
      key->ignore();
      return true;
    }
  }
  return QLineEdit::event(event);
}

void LineEdit::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason) Q_EMIT left();
}

void LineEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && completion_ != nullptr && completion_->popup()->isVisible()) {
    event->ignore();  // the popup takes it
    return;
  }
  QLineEdit::keyPressEvent(event);
  if (enter) {
    Q_EMIT left();
    event->accept();
  }
}

void LineEdit::paintEvent(QPaintEvent* event) {
  const QString whole = text().isEmpty() ? placeholderText() : text();
  QStyleOptionFrame option;
  initStyleOption(&option);
  const QRect room = style()->subElementRect(QStyle::SE_LineEditContents, &option, this) - textMargins();
  if (!elided_ || hasFocus() || fontMetrics().horizontalAdvance(whole) <= room.width()) {
    return QLineEdit::paintEvent(event);
  }
  QPainter painter(this);
  style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
  painter.setPen(palette().color(text().isEmpty() ? QPalette::PlaceholderText : QPalette::Text));
  painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                   fontMetrics().elidedText(whole, Qt::ElideMiddle, room.width()));
}

}  // namespace weir::designer
