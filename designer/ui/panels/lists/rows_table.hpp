// How the tables in the dock below look: an icon before the first column, links, and a word when there is nothing.
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>
#include <climits>

namespace weir::designer {

// What the first column gives beside its words.
inline constexpr int kIconRole = Qt::UserRole + 1;  // the name of an icon
inline constexpr int kToneRole = Qt::UserRole + 2;  // IconTone

class RowsDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setLinksFrom(int column) { linksFrom_ = column; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  int linksFrom_ = INT_MAX;
};

class RowsTable : public QTableView {
  Q_OBJECT

 public:
  // `nothing` is what an empty table says.
  explicit RowsTable(QString nothing, QWidget* parent = nullptr);
  // Columns from this one on are links.
  void setLinksFrom(int column);
  void setModel(QAbstractItemModel* model) override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QString nothing_;
};

}  // namespace weir::designer
