#include "designer/ui/shell/window/tool_bar.hpp"

#include <QToolButton>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {
namespace {

// An empty name parts two groups.
constexpr const char* kCommands[] = {"file.new",  "file.open", "file.save",      "",        "edit.undo",
                                     "edit.redo", "",          "arrange.layOut", "view.fit"};

}  // namespace

ToolBar::ToolBar(ActionRegistry& actions, CommandField* field, QWidget* parent)
    : QToolBar(tr("Tool bar"), parent), actions_(actions) {
  setObjectName(QStringLiteral("toolBar"));
  setMovable(false);
  setFloatable(false);
  setContextMenuPolicy(Qt::PreventContextMenu);
  setFixedHeight(shell::kToolBar);
  setIconSize({icon::kMedium, icon::kMedium});
  setToolButtonStyle(Qt::ToolButtonIconOnly);
  for (const char* id : kCommands) {
    if (*id == '\0') {
      addSeparator();
      continue;
    }
    QAction* action = actions_.action(QString::fromLatin1(id));
    addAction(action);
    widgetForAction(action)->setAccessibleName(ActionRegistry::plainText(action));
  }
  auto* stretch = new QWidget(this);
  stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  addWidget(stretch);
  addWidget(field);
  auto* inset = new QWidget(this);
  inset->setFixedWidth(space::kMedium - space::kSmall);
  addWidget(inset);
  connect(&actions_, &ActionRegistry::changed, this, &ToolBar::showUsedSeparators);
  showUsedSeparators();
}

// One between two groups that are there.
void ToolBar::showUsedSeparators() {
  QAction* separator = nullptr;
  bool before = false;
  for (QAction* action : QToolBar::actions()) {
    if (action->isSeparator()) {
      action->setVisible(false);
      if (before) separator = action;
    } else if (action->isVisible() && !action->objectName().isEmpty()) {
      if (separator != nullptr) separator->setVisible(true);
      separator = nullptr;
      before = true;
    }
  }
}

}  // namespace weir::designer
