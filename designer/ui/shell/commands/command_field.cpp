#include "designer/ui/shell/commands/command_field.hpp"

#include <QAction>
#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/commands/command_match.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

constexpr int kDisabled = 1000;  // more than any match costs

}  // namespace

CommandField::CommandField(ActionRegistry& actions, QWidget* window)
    : SearchField(tr("Search or run a command"), window), actions_(actions), list_(new CommandList(window)) {
  setFixedWidth(shell::kCommandField);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget* old, QWidget* now) {
    if (now == this && old != nullptr && old->window() == this->window()) before_ = old;
  });
  connect(this, &QLineEdit::textChanged, this, [this] {
    if (hasFocus()) refresh();
  });
  connect(list_, &CommandList::chosen, this, &CommandField::runCurrent);
}

void CommandField::begin() {
  setFocus(Qt::ShortcutFocusReason);
  selectAll();
  refresh();
}

QList<Command> CommandField::commands(const QString& typed) const {
  QList<Command> found;
  for (QAction* action : actions_.actions()) {
    const QString title = ActionRegistry::plainText(action);
    const std::optional<int> cost = commandCost(typed, title, actions_.keywords(action));
    if (!cost) continue;
    // What cannot run now stands below what can.
    found.append({title, action->shortcut().toString(QKeySequence::NativeText), action->icon(), action->isEnabled(),
                  [action] { action->trigger(); }, *cost + (action->isEnabled() ? 0 : kDisabled)});
  }
  for (const Source& source : sources_) found += source(typed);
  std::stable_sort(found.begin(), found.end(), [](const Command& a, const Command& b) { return a.cost < b.cost; });
  return found;
}

void CommandField::refresh() {
  const QRect field(mapTo(window(), QPoint()), size());
  list_->show(commands(text().trimmed()), field);
}

void CommandField::runCurrent() {
  const std::function<void()> run = list_->current();
  if (!run) return;
  end();
  run();
}

void CommandField::end() {
  clear();
  list_->hide();
  if (before_ != nullptr && before_->isVisible()) {
    before_->setFocus(Qt::OtherFocusReason);
  } else {
    clearFocus();
  }
}

void CommandField::focusInEvent(QFocusEvent* event) {
  if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) {
    refresh();
  }
  SearchField::focusInEvent(event);
}

void CommandField::focusOutEvent(QFocusEvent* event) {
  list_->hide();
  SearchField::focusOutEvent(event);
}

void CommandField::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down: list_->step(1); return;
    case Qt::Key_Up: list_->step(-1); return;
    case Qt::Key_PageDown: list_->step(shell::kCommandRows); return;
    case Qt::Key_PageUp: list_->step(-shell::kCommandRows); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return;
    case Qt::Key_Escape: end(); return;
    default: SearchField::keyPressEvent(event);
  }
}

void CommandField::resizeEvent(QResizeEvent* event) {
  SearchField::resizeEvent(event);
  if (list_->isVisible()) refresh();
}

// Its shortcut, while nothing is typed.
void CommandField::paintEvent(QPaintEvent* event) {
  SearchField::paintEvent(event);
  if (!text().isEmpty()) return;
  QPainter painter(this);
  painter.setFont(fontOf(FontRole::Figures));
  painter.setPen(themeOf(this).colors.secondaryText);
  painter.drawText(rect().adjusted(0, 0, -space::kSmall, 0), Qt::AlignVCenter | Qt::AlignTrailing,
                   actions_.action(QStringLiteral("view.commands"))->shortcut().toString(QKeySequence::NativeText));
}

}  // namespace weir::designer
