// The list below the command field: what can be done with the words typed so far.
#pragma once

#include <QFrame>
#include <QIcon>
#include <functional>

class QListView;
class QStandardItemModel;

namespace weir::designer {

struct Command {
  QString title;
  QString detail;  // at the right: the shortcut, or where it leads
  QIcon icon;
  bool enabled = true;
  std::function<void()> run;
  int cost = 0;  // of its match with what is typed: commandCost(); what costs least stands first
};

// A popover within the window, so that the focus stays in the field.
class CommandList : public QFrame {
  Q_OBJECT

 public:
  explicit CommandList(QWidget* window);

  void show(const QList<Command>& commands, const QRect& field);  // `field` in the window's coordinates
  void step(int rows);                                            // moves the current row
  // The current command; nothing when there is none or it cannot run.
  std::function<void()> current() const;
  QString currentTitle() const;
  int count() const { return static_cast<int>(commands_.size()); }

 Q_SIGNALS:
  void chosen();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QList<Command> commands_;
  QListView* view_;
  QStandardItemModel* model_;
};

}  // namespace weir::designer
