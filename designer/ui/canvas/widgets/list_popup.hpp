// A line to type in and a list of what fits: for adding, offering and connecting.
#pragma once

#include <QFrame>
#include <QIcon>
#include <QLineEdit>
#include <QListWidget>
#include <functional>
#include <vector>

namespace weir::designer {

struct PopupRow {
  QIcon icon;
  QString text;
  QString detail;  // said beside it in a tooltip and to screen readers
};

// Deletes itself when something is chosen, on Esc, and when the focus goes elsewhere.
class ListPopup : public QFrame {
  Q_OBJECT

 public:
  using Search = std::function<std::vector<PopupRow>(const QString& typed)>;
  using Choose = std::function<void(int row, const QString& typed)>;  // a row of the last search

  explicit ListPopup(QWidget* parent);

  void open(const QString& placeholder, Search search, Choose choose);
  // Its corner, moved so that it lies within the parent.
  void moveInside(QPoint corner);

  QLineEdit& line() { return *line_; }
  QListWidget& list() { return *list_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void refill();
  void chooseRow(int row);
  bool typedKey(int key);

  QLineEdit* line_;
  QListWidget* list_;
  Search search_;
  Choose choose_;
};

}  // namespace weir::designer
