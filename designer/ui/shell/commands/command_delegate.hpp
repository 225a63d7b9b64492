// A row of icon and title, with a detail at its end: commands, shortcuts.
#pragma once

#include <QStyledItemDelegate>

namespace weir::designer {

class CommandDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  static constexpr int kDetailRole = Qt::UserRole + 1;
  static constexpr int kHeadRole = Qt::UserRole + 2;  // true: the row is the head of those below it
  static constexpr int kDimRole = Qt::UserRole + 3;   // true: it cannot run now, but can be the current one

  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::designer
