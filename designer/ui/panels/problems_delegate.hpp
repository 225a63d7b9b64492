// How the table of problems looks: an icon before the sentence, the fix as a link, and a word when there is nothing.
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace weir::designer {

class ProblemsDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class ProblemsTable : public QTableView {
  Q_OBJECT

 public:
  explicit ProblemsTable(QWidget* parent = nullptr);
  void setModel(QAbstractItemModel* model) override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
};

}  // namespace weir::designer
