// The commands of one window, as QActions made from the table. A command is shown and works only when somebody has
// given it its work, so nothing dead stands in a menu.
#pragma once

#include <QHash>
#include <QObject>
#include <functional>

#include "designer/ui/shell/commands/action_table.hpp"
#include "designer/ui/widgets/key_hint.hpp"

class QAction;
class QMenu;
class QWidget;

namespace weir::designer {

class ActionRegistry : public QObject {
  Q_OBJECT

 public:
  // The actions belong to `window`, which has their shortcuts.
  explicit ActionRegistry(QWidget* window);

  // The command with that id; it has to stand in the table.
  QAction* action(const QString& id) const;
  const ActionSpec& spec(const QAction* action) const;
  // In the order of the table; only those that have work.
  QList<QAction*> actions() const;
  QList<QAction*> actionsOf(MenuId menu) const;

  // Gives a command its work, until `context` is gone. The work is called with the state of a checkable command.
  void handle(const QString& id, QObject* context, std::function<void(bool checked)> work);
  void setEnabled(const QString& id, bool enabled);
  void setChecked(const QString& id, bool checked);  // without calling its work

  // The commands for the canvas alone get their shortcuts there.
  void addTo(QWidget* canvas);
  // Those that have work, for what is under the pointer: kOnNode and so on.
  void fillContextMenu(QMenu& menu, std::uint8_t under) const;

  // Keys that belong to no command, under their own title: they stand in the list of shortcuts after the commands.
  void setKeyHints(QString title, QList<KeyHint> hints);
  const QString& keyHintsTitle() const { return keyHintsTitle_; }
  const QList<KeyHint>& keyHints() const { return keyHints_; }

  static QString menuTitle(MenuId menu);            // "&File"
  static QString plainText(const QAction* action);  // without mnemonic and ellipsis
  QString keywords(const QAction* action) const;

 Q_SIGNALS:
  void changed();  // some command has come, gone, or is enabled or not

 private:
  QAction* make(const ActionSpec& spec, QWidget* window);

  QList<QAction*> all_;
  QHash<QString, QAction*> byId_;
  QHash<const QAction*, const ActionSpec*> specs_;
  QHash<const QAction*, int> workers_;
  QString keyHintsTitle_;
  QList<KeyHint> keyHints_;
};

}  // namespace weir::designer
