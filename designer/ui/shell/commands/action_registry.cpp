#include "designer/ui/shell/commands/action_registry.hpp"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QSignalBlocker>
#include <QWidget>

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Actions)
};

QList<QKeySequence> shortcutsOf(const ActionSpec& spec) {
  QList<QKeySequence> keys;
  const QStringList texts = QString::fromLatin1(spec.shortcuts).split(QStringLiteral(" | "), Qt::SkipEmptyParts);
  for (const QString& text : texts) keys += QKeySequence::fromString(text, QKeySequence::PortableText);
  return keys;
}

}  // namespace

ActionRegistry::ActionRegistry(QWidget* window) : QObject(window) {
  for (const ActionSpec& spec : actionTable()) {
    QAction* made = make(spec, window);
    all_ += made;
    byId_.insert(QString::fromLatin1(spec.id), made);
    specs_.insert(made, &spec);
    connect(made, &QAction::changed, this, &ActionRegistry::changed);
  }
}

QAction* ActionRegistry::make(const ActionSpec& spec, QWidget* window) {
  auto* made = new QAction(Words::tr(spec.text), window);
  made->setObjectName(QString::fromLatin1(spec.id));
  made->setShortcuts(shortcutsOf(spec));
  made->setCheckable(spec.checkable);
  made->setVisible(false);
  if (*spec.icon != '\0') made->setIcon(themeIcon(QString::fromLatin1(spec.icon)));
  const QString shortcut = made->shortcut().toString(QKeySequence::NativeText);
  made->setToolTip(shortcut.isEmpty() ? plainText(made) : QStringLiteral("%1 (%2)").arg(plainText(made), shortcut));
  if (spec.scope == ActionScope::Canvas) {
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  } else {
    made->setShortcutContext(Qt::WindowShortcut);
    window->addAction(made);
  }
  return made;
}

QAction* ActionRegistry::action(const QString& id) const {
  QAction* found = byId_.value(id);
  Q_ASSERT_X(found != nullptr, "ActionRegistry::action", qPrintable(id + QStringLiteral(" is not in the table")));
  return found;
}

const ActionSpec& ActionRegistry::spec(const QAction* action) const {
  return *specs_.value(action);
}

QList<QAction*> ActionRegistry::actions() const {
  QList<QAction*> shown;
  for (QAction* one : all_) {
    if (one->isVisible()) shown += one;
  }
  return shown;
}

QList<QAction*> ActionRegistry::actionsOf(MenuId menu) const {
  QList<QAction*> found;
  for (QAction* one : all_) {
    if (spec(one).menu == menu) found += one;
  }
  return found;
}

void ActionRegistry::handle(const QString& id, QObject* context, std::function<void(bool)> work) {
  QAction* command = action(id);
  connect(command, &QAction::triggered, context, std::move(work));
  ++workers_[command];
  command->setVisible(true);
  connect(context, &QObject::destroyed, this, [this, command] {
    if (--workers_[command] == 0) command->setVisible(false);
  });
}

void ActionRegistry::setEnabled(const QString& id, bool enabled) {
  action(id)->setEnabled(enabled);
}

void ActionRegistry::setChecked(const QString& id, bool checked) {
  action(id)->setChecked(checked);
}

void ActionRegistry::addTo(QWidget* canvas) {
  for (QAction* one : all_) {
    if (spec(one).scope == ActionScope::Canvas) canvas->addAction(one);
  }
}

void ActionRegistry::fillContextMenu(QMenu& menu, std::uint8_t under) const {
  const ActionSpec* before = nullptr;
  bool line = false;  // before the next one
  for (QAction* one : all_) {
    const ActionSpec& now = spec(one);
    line = line || now.separatorBefore || (before != nullptr && now.menu != before->menu);
    if (!one->isVisible() || (now.under & under) == 0) continue;
    if (line && before != nullptr) menu.addSeparator();
    menu.addAction(one);
    before = &now;
    line = false;
  }
}

void ActionRegistry::setKeyHints(QString title, QList<KeyHint> hints) {
  keyHintsTitle_ = std::move(title);
  keyHints_ = std::move(hints);
}

QString ActionRegistry::menuTitle(MenuId menu) {
  switch (menu) {
    // Alt+A and Alt+S stay free for chords.
    case MenuId::File: return Words::tr("&File");
    case MenuId::Edit: return Words::tr("&Edit");
    case MenuId::View: return Words::tr("&View");
    case MenuId::Insert: return Words::tr("&Insert");
    case MenuId::Arrange: return Words::tr("Arra&nge");
    case MenuId::Run: return Words::tr("&Run");
    case MenuId::Help: return Words::tr("&Help");
  }
  Q_UNREACHABLE();
}

QString ActionRegistry::plainText(const QAction* action) {
  return action->text().remove(u'&').remove(QStringLiteral("…"));
}

QString ActionRegistry::keywords(const QAction* action) const {
  const char* words = spec(action).keywords;
  return *words != '\0' ? Words::tr(words) : QString();
}

}  // namespace weir::designer
