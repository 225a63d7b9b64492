#include "designer/ui/shell/commands/shortcuts_list.hpp"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/commands/command_delegate.hpp"
#include "designer/ui/shell/commands/command_match.hpp"
#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/labels.hpp"
#include "designer/ui/widgets/search_field.hpp"

namespace weir::designer {
namespace {

constexpr int kIdRole = CommandDelegate::kDimRole + 1;

QString shortcutsOf(const QAction* action) {
  return QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
      .replace(QStringLiteral("; "), QStringLiteral("   "));
}

}  // namespace

ShortcutsList::ShortcutsList(ActionRegistry& actions, QWidget* window)
    : Popover(tr("Keyboard shortcuts"), {shell::kShortcutsWidth, shell::kShortcutsHeight}, window),
      actions_(actions),
      search_(new SearchField(tr("Search shortcuts"), card())),
      view_(new QListView(card())),
      model_(new QStandardItemModel(this)) {
  view_->setModel(model_);
  view_->setItemDelegate(new CommandDelegate(view_));
  view_->setFrameShape(QFrame::NoFrame);
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->setUniformItemSizes(true);
  view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  view_->setAccessibleName(tr("Keyboard shortcuts"));
  auto* rows = new QVBoxLayout(card());
  rows->setContentsMargins(1, space::kLarge, 1, space::kMedium);
  rows->setSpacing(space::kMedium);
  auto* top = new QVBoxLayout;
  top->setContentsMargins(space::kMedium, 0, space::kMedium, 0);  // as its rows
  top->setSpacing(space::kMedium);
  top->addWidget(makeLabel(tr("Keyboard shortcuts"), FontRole::InspectorTitle, card()));
  top->addWidget(search_);
  rows->addLayout(top);
  rows->addWidget(view_, 1);
  search_->installEventFilter(this);
  connect(search_, &SearchField::textChanged, this, &ShortcutsList::fill);
  connect(view_, &QListView::activated, this, &ShortcutsList::runCurrent);
  fill({});
}

void ShortcutsList::open() {
  Popover::open(search_);
}

int ShortcutsList::rowCount() const {
  int rows = 0;
  for (int row = 0; row < model_->rowCount(); ++row) rows += model_->item(row)->data(kIdRole).isValid() ? 1 : 0;
  return rows;
}

void ShortcutsList::fill(const QString& typed) {
  model_->clear();
  for (int menu = 0; menu < kMenuCount; ++menu) {
    const auto id = static_cast<MenuId>(menu);
    const QString title = ActionRegistry::menuTitle(id).remove(u'&');
    bool titled = false;
    for (const QAction* action : actions_.actionsOf(id)) {
      const QString name = ActionRegistry::plainText(action);
      const QString words = actions_.keywords(action) + u' ' + shortcutsOf(action) + u' ' + title;
      if (!action->isVisible() || action->shortcut().isEmpty() || !commandCost(typed, name, words)) continue;
      if (!std::exchange(titled, true)) addHead(title);
      addRow(action->icon(), name, shortcutsOf(action))->setData(action->objectName(), kIdRole);
    }
  }
  const QString title = actions_.keyHintsTitle();
  bool titled = false;
  for (const KeyHint& hint : actions_.keyHints()) {
    if (!commandCost(typed, hint.text, hint.keys + u' ' + title)) continue;
    if (!std::exchange(titled, true)) addHead(title);
    addRow({}, hint.text, hint.keys);
  }
  view_->setCurrentIndex(model_->index(1, 0));
}

void ShortcutsList::addHead(const QString& title) {
  auto* head = new QStandardItem(title);
  head->setFlags(Qt::NoItemFlags);
  head->setData(true, CommandDelegate::kHeadRole);
  model_->appendRow(head);
}

QStandardItem* ShortcutsList::addRow(const QIcon& icon, const QString& name, const QString& keys) {
  auto* row = new QStandardItem(icon, name);
  row->setData(keys, CommandDelegate::kDetailRole);
  row->setData(name + QStringLiteral(", ") + keys, Qt::AccessibleTextRole);
  model_->appendRow(row);
  return row;
}

void ShortcutsList::runCurrent() {
  const QString id = view_->currentIndex().data(kIdRole).toString();
  if (id.isEmpty()) return;
  end();
  actions_.action(id)->trigger();
}

bool ShortcutsList::eventFilter(QObject* watched, QEvent* event) {
  if (watched == search_ && event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Up:
      case Qt::Key_Down:
      case Qt::Key_PageUp:
      case Qt::Key_PageDown: QCoreApplication::sendEvent(view_, event); return true;
      case Qt::Key_Return:
      case Qt::Key_Enter: runCurrent(); return true;
      default: break;
    }
  }
  return Popover::eventFilter(watched, event);
}

}  // namespace weir::designer
