// The list of the palette: heads and rows with coloured tiles.
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace weir::designer {

class PaletteDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class PaletteView : public QListView {
  Q_OBJECT

 public:
  explicit PaletteView(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void startDrag(Qt::DropActions actions) override;
};

}  // namespace weir::designer
