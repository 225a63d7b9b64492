#include "designer/ui/panels/lists/rows_table.hpp"

#include <QHeaderView>
#include <QPainter>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

void RowsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = themeOf(option.widget);
  painter->save();
  option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
  QRect room = option.rect.adjusted(control::kFieldInset, 0, -control::kFieldInset, 0);
  QFont font = fontOf(FontRole::Body);
  if (index.column() == 0) {
    QRect square(room.left(), 0, icon::kSmall, icon::kSmall);
    square.moveTop(room.top() + (room.height() - square.height()) / 2);
    const QIcon icon =
        themeIcon(index.data(kIconRole).toString(), static_cast<IconTone>(index.data(kToneRole).toInt()));
    icon.paint(painter, QStyle::visualRect(option.direction, option.rect, square));
    room.setLeft(square.right() + 1 + space::kLarge);
  }
  const bool link = index.column() >= linksFrom_;
  if (link) font.setUnderline(option.state & QStyle::State_MouseOver);
  painter->setFont(font);
  painter->setPen(link ? theme.colors.accent : theme.colors.text);
  room = QStyle::visualRect(option.direction, option.rect, room);
  painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                    QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, room.width()));
  painter->restore();
}

RowsTable::RowsTable(QString nothing, QWidget* parent) : QTableView(parent), nothing_(std::move(nothing)) {
  setItemDelegate(new RowsDelegate(this));
  setFrameShape(NoFrame);
  setShowGrid(false);
  setMouseTracking(true);
  setTabKeyNavigation(false);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setEditTriggers(NoEditTriggers);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollMode(ScrollPerPixel);
  verticalHeader()->hide();
  verticalHeader()->setMinimumSectionSize(control::kTableRow);  // first: the default may not be less
  verticalHeader()->setDefaultSectionSize(control::kTableRow);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
}

void RowsTable::setLinksFrom(int column) {
  static_cast<RowsDelegate*>(itemDelegate())->setLinksFrom(column);
}

void RowsTable::setModel(QAbstractItemModel* newModel) {
  QTableView::setModel(newModel);
  horizontalHeader()->setStretchLastSection(true);
}

void RowsTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  if (model() == nullptr) return;
  // Shares of the width, so that the sentence has most of it.
  constexpr int kFirstShare = 52;
  constexpr int kSecondShare = 18;
  constexpr int kWhole = 100;
  setColumnWidth(0, viewport()->width() * kFirstShare / kWhole);
  setColumnWidth(1, viewport()->width() * kSecondShare / kWhole);
}

void RowsTable::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model() == nullptr || model()->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setFont(fontOf(FontRole::Help));
  painter.setPen(themeOf(this).colors.secondaryText);
  painter.drawText(viewport()->rect().adjusted(control::kFieldInset, space::kSmall, -control::kFieldInset, 0),
                   Qt::AlignTop | Qt::AlignLeading, nothing_);
}

}  // namespace weir::designer
