// A text of one expression: coloured, completed, its error underlined. Grows with its lines.
#pragma once

#include <QPlainTextEdit>
#include <QStringListModel>
#include <QSyntaxHighlighter>

#include "core/expr/plugin_functions.hpp"

class QCompleter;

namespace weir::designer {

class ExpressionHighlighter : public QSyntaxHighlighter {
  Q_OBJECT

 public:
  using QSyntaxHighlighter::QSyntaxHighlighter;

 protected:
  void highlightBlock(const QString& text) override;
};

class ExpressionEdit : public QPlainTextEdit {
  Q_OBJECT

 public:
  // Without colours and completion it is a text of several lines.
  explicit ExpressionEdit(bool expression, QWidget* parent = nullptr);

  // What may be named; `functions` are those of plugins.
  void setColumns(const Schema& columns, const std::vector<expr::FunctionSignature>& functions);
  // Where the text is wrong; a length of 0 takes the mark away. Bytes of its UTF-8.
  void markError(std::size_t offset, std::size_t length);
  // Replaces the text without a word to anybody.
  void setExpression(const QString& text);

  QCompleter& completer() { return *completer_; }

 Q_SIGNALS:
  void typed();
  void left();  // Enter, or the focus has left

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString wordBefore() const;
  void complete(bool asked);
  void insert(const QModelIndex& chosen);
  void fitHeight();

  QCompleter* completer_;
  ExpressionHighlighter* highlighter_ = nullptr;  // the document owns it
  bool silent_ = false;
};

}  // namespace weir::designer
