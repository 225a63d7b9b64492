// The menu bar, made from the table of commands. A menu without a command that works is not shown.
#pragma once

#include <QObject>

#include "designer/ui/shell/commands/action_table.hpp"

class QMenu;
class QMenuBar;

namespace weir::designer {

class ActionRegistry;
class Settings;

class Menus : public QObject {
  Q_OBJECT

 public:
  Menus(QMenuBar* bar, ActionRegistry& actions, Settings& settings);

 Q_SIGNALS:
  void recentFileChosen(const QString& path);

 private:
  void fill(QMenu* menu, MenuId id);
  void fillRecent();
  void showUsed();

  ActionRegistry& actions_;
  Settings& settings_;
  QMenu* recent_ = nullptr;
  QList<QMenu*> menus_;
};

}  // namespace weir::designer
