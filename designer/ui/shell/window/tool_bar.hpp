// The bar below the menus: the commands used most, and the command field at its end.
#pragma once

#include <QToolBar>

namespace weir::designer {

class ActionRegistry;
class CommandField;

class ToolBar : public QToolBar {
  Q_OBJECT

 public:
  ToolBar(ActionRegistry& actions, CommandField* field, QWidget* parent);

 private:
  void showUsedSeparators();

  ActionRegistry& actions_;
};

}  // namespace weir::designer
