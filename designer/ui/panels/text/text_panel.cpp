#include "designer/ui/panels/text/text_panel.hpp"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QVBoxLayout>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/ui/panels/text/json_highlighter.hpp"
#include "designer/ui/theme/theme.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

namespace {

constexpr int kPause = 250;  // ms without a key
constexpr int kRest = 100;   // ms without another edit

}  // namespace

TextPanel::TextPanel(QWidget* parent)
    : Panel(parent),
      text_(new QPlainTextEdit),
      highlighter_(new JsonHighlighter(text_->document())),
      refusal_(makeHelpText({}, this)) {
  text_->setFrameShape(QFrame::NoFrame);
  text_->setFont(fontOf(FontRole::Code));
  text_->document()->setDefaultFont(text_->font());
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setTabChangesFocus(true);
  text_->setAccessibleName(tr("Text of the topology"));
  text_->installEventFilter(this);
  refusal_->setForegroundRole(QPalette::BrightText);
  refusal_->setContentsMargins(space::kPanelInset, space::kSmall, space::kPanelInset, space::kSmall);
  refusal_->hide();
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(text_, 1);
  rows->addWidget(refusal_);
  setFocusProxy(text_);
  later_.setSingleShot(true);
  later_.setInterval(kRest);
  typing_.setSingleShot(true);
  typing_.setInterval(kPause);
  connect(&later_, &QTimer::timeout, this, &TextPanel::showDocument);
  connect(&typing_, &QTimer::timeout, this, &TextPanel::readTyped);
  connect(text_, &QPlainTextEdit::textChanged, this, [this] {
    if (!silent_) typing_.start();
  });
  connect(text_, &QPlainTextEdit::cursorPositionChanged, this, [this] {
    if (!silent_ && text_->hasFocus() && !typing_.isActive()) selectAtCursor();
  });
}

QString TextPanel::refusal() const {
  return refusal_->text();
}

void TextPanel::onChange(Change change) {
  text_->setReadOnly(document() == nullptr);
  if (change == Change::Topology) return showAnother();
  if (silent_ || !isVisible()) return;
  if (change == Change::Selected) return showSelection();
  if (change != Change::Checks && change != Change::Saved) later_.start();
}

void TextPanel::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  const bool first = text_->document()->isEmpty();
  showWhatStands();
  if (first) text_->document()->clearUndoRedoStacks();
}

void TextPanel::changeEvent(QEvent* event) {
  Panel::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) highlighter_->rehighlight();
}

bool TextPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusOut) {
    flush();
    if (refusal_->isHidden()) later_.start();
  }
  // What the text cannot undo any more is the document's to undo.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* const key = static_cast<QKeyEvent*>(event);
    if (key->modifiers().testFlag(Qt::ControlModifier)) flush();  // it may be saved or closed by that
    const QTextDocument& typed = *text_->document();
    if ((key->matches(QKeySequence::Undo) && !typed.isUndoAvailable()) ||
        (key->matches(QKeySequence::Redo) && !typed.isRedoAvailable())) {
      key->ignore();
      return true;
    }
  }
  return Panel::eventFilter(watched, event);
}

// What can be undone belongs to the document that was here.
void TextPanel::showAnother() {
  typing_.stop();
  const QScopedValueRollback quiet(silent_, true);
  text_->clear();
  text_->document()->clearUndoRedoStacks();
  if (isVisible()) showWhatStands();
  text_->document()->clearUndoRedoStacks();
}

void TextPanel::showWhatStands() {
  if (document() == nullptr || document()->unreadText().isEmpty()) return showDocument();
  replaceText(document()->unreadText());
  readTyped();
}

void TextPanel::flush() {
  if (typing_.isActive()) readTyped();
}

void TextPanel::showDocument() {
  flush();
  const std::string now =
      document() == nullptr ? std::string() : topology::formatTopology(document()->topology(), *catalog());
  replaceText(QString::fromStdString(now));
  accept();
  const topology::ReadOutcome read = topology::readTopology(now);
  lines_ = read.topology ? PartLines(*read.topology) : PartLines();
  showSelection();
}

// Only what differs, so that the cursor stays where it is, and a text that could not be read comes back with an undo.
void TextPanel::replaceText(const QString& now) {
  const QString before = text_->toPlainText();
  if (now == before) return;
  const qsizetype most = qMin(now.size(), before.size());
  qsizetype head = 0;
  while (head < most && now[head] == before[head]) ++head;
  qsizetype tail = 0;
  while (tail < most - head && now[now.size() - 1 - tail] == before[before.size() - 1 - tail]) ++tail;
  const QScopedValueRollback quiet(silent_, true);
  QTextCursor cursor(text_->document());
  cursor.setPosition(static_cast<int>(head));
  cursor.setPosition(static_cast<int>(before.size() - tail), QTextCursor::KeepAnchor);
  cursor.insertText(now.mid(head, now.size() - tail - head));
}

void TextPanel::readTyped() {
  typing_.stop();
  if (document() == nullptr) return;
  topology::ReadOutcome read = topology::readTopology(text_->toPlainText().toStdString());
  for (const topology::Problem& problem : read.problems) {
    if (problem.severity == topology::Severity::Error) return refuse(problem);
  }
  if (!read.topology) return;
  accept();
  lines_ = PartLines(*read.topology);
  const QScopedValueRollback quiet(silent_, true);  // the text is as its writer wants it until they leave
  if (placing_) placing_(*read.topology);
  document()->apply({tr("Edit the text"), std::move(*read.topology), "text", {}});
}

void TextPanel::refuse(const topology::Problem& problem) {
  document()->setUnreadText(text_->toPlainText());
  const int line = static_cast<int>(problem.position.line);
  const QString reason = QString::fromStdString(problem.message);
  refusal_->setText(line == 0 ? reason : tr("Line %1: %2").arg(line).arg(reason));
  refusal_->show();
  QTextEdit::ExtraSelection mark;
  mark.cursor = QTextCursor(text_->document()->findBlockByNumber(qMax(0, line - 1)));
  mark.format.setBackground(themeOf(this).colors.errorSoft);
  mark.format.setProperty(QTextFormat::FullWidthSelection, true);
  text_->setExtraSelections({mark});
}

void TextPanel::accept() {
  if (document() != nullptr) document()->setUnreadText({});
  refusal_->setText({});
  refusal_->hide();
  text_->setExtraSelections({});
}

void TextPanel::showSelection() {
  if (document() == nullptr || text_->hasFocus() || document()->selection().size() != 1) return;
  const int line = lines_.lineOf(*document()->selection().begin());
  if (line == 0) return;
  const QScopedValueRollback quiet(silent_, true);
  QTextCursor cursor(text_->document()->findBlockByNumber(line - 1));
  text_->setTextCursor(cursor);
  text_->centerCursor();
  QTextEdit::ExtraSelection mark;
  mark.cursor = cursor;
  mark.format.setBackground(themeOf(this).colors.accentSoft);
  mark.format.setProperty(QTextFormat::FullWidthSelection, true);
  text_->setExtraSelections({mark});
}

void TextPanel::selectAtCursor() {
  if (document() == nullptr) return;
  const std::string part = lines_.partAt(text_->textCursor().blockNumber() + 1);
  const QScopedValueRollback quiet(silent_, true);
  document()->select(part.empty() ? Selection{} : Selection{part});
}

}  // namespace weir::designer
