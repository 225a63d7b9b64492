// All shortcuts, by menu, to search in; Enter runs the command. Opens over the window.
#pragma once

#include "designer/ui/widgets/popover.hpp"

class QListView;
class QStandardItem;
class QStandardItemModel;

namespace weir::designer {

class ActionRegistry;
class SearchField;

class ShortcutsList : public Popover {
  Q_OBJECT

 public:
  ShortcutsList(ActionRegistry& actions, QWidget* window);

  void open();
  int rowCount() const;  // commands that are listed now

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(const QString& typed);
  void addHead(const QString& title);
  QStandardItem* addRow(const QIcon& icon, const QString& name, const QString& keys);
  void runCurrent();

  ActionRegistry& actions_;
  SearchField* search_;
  QListView* view_;
  QStandardItemModel* model_;
};

}  // namespace weir::designer
