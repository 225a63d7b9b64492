#include "designer/ui/shell/window/menus.hpp"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/settings/settings.hpp"

namespace weir::designer {

Menus::Menus(QMenuBar* bar, ActionRegistry& actions, Settings& settings)
    : QObject(bar), actions_(actions), settings_(settings) {
  for (int index = 0; index < kMenuCount; ++index) {
    const auto id = static_cast<MenuId>(index);
    QMenu* menu = bar->addMenu(ActionRegistry::menuTitle(id));
    fill(menu, id);
    menus_ += menu;
  }
  connect(&actions_, &ActionRegistry::changed, this, &Menus::showUsed);
  connect(&settings_, &Settings::recentFilesChanged, this, &Menus::fillRecent);
  fillRecent();
  showUsed();
}

void Menus::fill(QMenu* menu, MenuId id) {
  menu->setSeparatorsCollapsible(true);
  for (QAction* action : actions_.actionsOf(id)) {
    if (actions_.spec(action).separatorBefore) menu->addSeparator();
    menu->addAction(action);
    if (action->objectName() == QLatin1String("file.open")) recent_ = menu->addMenu(tr("Open &recent"));
  }
}

void Menus::fillRecent() {
  recent_->clear();
  const QStringList files = settings_.recentFiles();
  for (const QString& path : files) {
    const QFileInfo file(path);
    const QString folder = QDir::toNativeSeparators(file.path()).replace(QDir::homePath(), QStringLiteral("~"));
    QAction* entry = recent_->addAction(QStringLiteral("%1\t%2").arg(file.completeBaseName(), folder));
    connect(entry, &QAction::triggered, this, [this, path] { Q_EMIT recentFileChosen(path); });
  }
  recent_->addSeparator();
  connect(recent_->addAction(tr("&Clear this list")), &QAction::triggered, &settings_, &Settings::clearRecentFiles);
  showUsed();
}

void Menus::showUsed() {
  recent_->menuAction()->setVisible(actions_.action(QStringLiteral("file.open"))->isVisible() &&
                                    !settings_.recentFiles().isEmpty());
  for (QMenu* menu : std::as_const(menus_)) {
    bool used = false;
    for (const QAction* action : menu->actions()) used = used || (action->isVisible() && !action->isSeparator());
    menu->menuAction()->setVisible(used);
  }
}

}  // namespace weir::designer
