#include "designer/ui/panels/fields/expression_edit.hpp"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStandardItemModel>

#include "core/expr/function_help.hpp"
#include "core/expr/lexer.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

constexpr int kInsertRole = Qt::UserRole + 1;

bool isKeyword(const std::string& lower) {
  static const QStringList kWords{"and",      "or",   "not",       "is",   "null",     "in",    "between", "like",
                                  "case",     "when", "then",      "else", "end",      "true",  "false",   "cast",
                                  "try_cast", "as",   "timestamp", "date", "interval", "escape"};
  return kWords.contains(QString::fromStdString(lower));
}

// Bytes of UTF-8 as places in the text of Qt.
int placeOf(const QByteArray& utf8, std::size_t offset) {
  return static_cast<int>(QString::fromUtf8(utf8.left(static_cast<qsizetype>(offset))).size());
}

}  // namespace

void ExpressionHighlighter::highlightBlock(const QString& text) {
  const QByteArray utf8 = text.toUtf8();
  std::vector<expr::Token> tokens;
  expr::CompileError error;
  // What cannot be cut into tokens yet (an open quote) is coloured as far as it can.
  expr::tokenize(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())), tokens, error);
  const Colors& colors = currentTheme().colors;
  for (const expr::Token& token : tokens) {
    QColor color;
    switch (token.kind) {
      case expr::TokenKind::Word:
        if (isKeyword(token.lower)) color = colors.accent;
        break;
      case expr::TokenKind::Integer:
      case expr::TokenKind::DecimalNumber:
      case expr::TokenKind::Float:
      case expr::TokenKind::String: color = colors.ok; break;
      default: break;
    }
    if (!color.isValid()) continue;
    const int from = placeOf(utf8, token.span.begin);
    setFormat(from, placeOf(utf8, token.span.end) - from, color);
  }
}

ExpressionEdit::ExpressionEdit(bool expression, QWidget* parent)
    : QPlainTextEdit(parent), completer_(new QCompleter(this)) {
  setFrameShape(NoFrame);
  setFont(fontOf(expression ? FontRole::Code : FontRole::Body));
  document()->setDefaultFont(font());
  document()->setDocumentMargin(0);
  setTabChangesFocus(true);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  // Lines wrap, so there is nothing beside them to scroll to; Qt does so for a space at a line's end.
  connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this] { horizontalScrollBar()->setValue(0); });
  viewport()->setAutoFillBackground(false);
  if (expression) highlighter_ = new ExpressionHighlighter(document());
  completer_->setModel(new QStandardItemModel(completer_));
  completer_->setCaseSensitivity(Qt::CaseInsensitive);
  completer_->setWidget(this);
  connect(completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this, &ExpressionEdit::insert);
  connect(this, &QPlainTextEdit::textChanged, this, [this] {
    fitHeight();
    if (!silent_) Q_EMIT typed();
  });
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &ExpressionEdit::fitHeight);
  fitHeight();
}

void ExpressionEdit::setColumns(const Schema& columns, const std::vector<expr::FunctionSignature>& functions) {
  auto* const model = static_cast<QStandardItemModel*>(completer_->model());
  QList<QStandardItem*> items;
  const auto add = [&](const QString& name, const QString& insert, const QString& help) {
    auto* const item = new QStandardItem(name);
    item->setData(insert, kInsertRole);
    item->setToolTip(help);
    item->setFont(fontOf(FontRole::Code));
    items.append(item);
  };
  for (const Field& field : columns.fields) {
    const QString name = QString::fromStdString(fieldNameText(field.name));
    add(name, name, QString::fromStdString(typeName(field.type)));
  }
  for (const expr::FunctionHelp& function : expr::functionHelp()) {
    const auto text = [](std::string_view utf8) {
      return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    add(text(function.name), text(function.name) + QLatin1Char('('), text(function.usage));
  }
  for (const expr::FunctionSignature& function : functions) {
    const QString name = QString::fromStdString(function.name);
    add(name, name + QLatin1Char('('), QString::fromStdString(expr::usageOf(function)));
  }
  model->clear();
  model->appendColumn(items);
}

void ExpressionEdit::setExpression(const QString& text) {
  silent_ = true;
  setPlainText(text);
  silent_ = false;
}

void ExpressionEdit::markError(std::size_t offset, std::size_t length) {
  QList<QTextEdit::ExtraSelection> marks;
  if (length > 0 || offset > 0) {
    const QByteArray utf8 = toPlainText().toUtf8();
    QTextEdit::ExtraSelection mark;
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(currentTheme().colors.error);
    mark.cursor = textCursor();
    const int last = static_cast<int>(toPlainText().size());
    const int to = qMin(placeOf(utf8, offset + qMax<std::size_t>(length, 1)), last);
    // At the end there is no letter to underline but the last one.
    mark.cursor.setPosition(qMax(0, qMin(placeOf(utf8, offset), to - 1)));
    mark.cursor.setPosition(to, QTextCursor::KeepAnchor);
    marks.append(mark);
  }
  setExtraSelections(marks);
}

QString ExpressionEdit::wordBefore() const {
  const QString text = toPlainText().left(textCursor().position());
  qsizetype start = text.size();
  // With dots: names of plugins and their functions belong together, as do those of structs and their fields.
  const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('.'); };
  while (start > 0 && isPart(text[start - 1])) --start;
  const QString word = text.mid(start);
  return word.isEmpty() || word[0].isDigit() ? QString() : word;
}

void ExpressionEdit::complete(bool asked) {
  const QString word = wordBefore();
  completer_->setCompletionPrefix(word);
  const bool whole = completer_->completionCount() == 1 && completer_->currentCompletion() == word;
  if ((word.isEmpty() && !asked) || completer_->completionCount() == 0 || whole) {
    completer_->popup()->hide();
    return;
  }
  completer_->popup()->setCurrentIndex(completer_->completionModel()->index(0, 0));
  QRect place = cursorRect();
  place.setWidth(completer_->popup()->sizeHintForColumn(0) + 2 * space::kMedium);
  completer_->complete(place);
}

void ExpressionEdit::insert(const QModelIndex& chosen) {
  QTextCursor cursor = textCursor();
  cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(wordBefore().size()));
  cursor.insertText(chosen.data(kInsertRole).toString());
  setTextCursor(cursor);
}

bool ExpressionEdit::event(QEvent* event) {
  // What this text cannot undo any more is the document's to undo.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* const key = static_cast<QKeyEvent*>(event);
    if ((key->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) ||
        (key->matches(QKeySequence::Redo) && !document()->isRedoAvailable())) {
      key->ignore();
      return true;
    }
  }
  return QPlainTextEdit::event(event);
}

void ExpressionEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (completer_->popup()->isVisible() && (enter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
    event->ignore();  // the popup takes it
    return;
  }
  if (highlighter_ != nullptr && event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
    return complete(true);
  if (enter && !(event->modifiers() & Qt::ShiftModifier)) {
    Q_EMIT left();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
  if (highlighter_ != nullptr && !event->text().isEmpty() && event->text()[0].isPrint()) complete(false);
  if (event->key() == Qt::Key_Backspace) completer_->popup()->hide();
}

void ExpressionEdit::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason) Q_EMIT left();
}

void ExpressionEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fitHeight();
}

void ExpressionEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && highlighter_ != nullptr) highlighter_->rehighlight();
}

void ExpressionEdit::fitHeight() {
  // The document counts its height in lines.
  const int lines = qMax(1, qRound(document()->size().height()));
  const int height = lines * fontMetrics().lineSpacing();
  if (height != minimumHeight() || height != maximumHeight()) setFixedHeight(height);
}

}  // namespace weir::designer
