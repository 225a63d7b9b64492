#include "ui/panels/problems_delegate.hpp"

#include <QHeaderView>
#include <QPainter>

#include "ui/panels/problems_model.hpp"
#include "ui/theme/icons.hpp"
#include "ui/theme/theme.hpp"

namespace weir::designer {

void ProblemsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = themeOf(option.widget);
  painter->save();
  option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
  QRect room = option.rect.adjusted(control::kFieldInset, 0, -control::kFieldInset, 0);
  QFont font = fontOf(FontRole::Body);
  if (index.column() == ProblemsModel::kProblem) {
    QRect square(room.left(), 0, icon::kSmall, icon::kSmall);
    square.moveTop(room.top() + (room.height() - square.height()) / 2);
    const QIcon icon = themeIcon(index.data(ProblemsModel::kIconRole).toString(),
                                 static_cast<IconTone>(index.data(ProblemsModel::kToneRole).toInt()));
    icon.paint(painter, QStyle::visualRect(option.direction, option.rect, square));
    room.setLeft(square.right() + 1 + space::kLarge);
  }
  const bool link = index.column() == ProblemsModel::kFix;
  if (link) font.setUnderline(option.state & QStyle::State_MouseOver);
  painter->setFont(font);
  painter->setPen(link ? theme.colors.accent : theme.colors.text);
  room = QStyle::visualRect(option.direction, option.rect, room);
  painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                    QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, room.width()));
  painter->restore();
}

ProblemsTable::ProblemsTable(QWidget* parent) : QTableView(parent) {
  setItemDelegate(new ProblemsDelegate(this));
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
  verticalHeader()->setDefaultSectionSize(control::kTableRow);
  verticalHeader()->setMinimumSectionSize(control::kTableRow);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
}

void ProblemsTable::setModel(QAbstractItemModel* newModel) {
  QTableView::setModel(newModel);
  horizontalHeader()->setStretchLastSection(true);
}

void ProblemsTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  if (model() == nullptr) return;
  // Shares of the width, so that the sentence has most of it.
  constexpr int kProblemShare = 52;
  constexpr int kNodeShare = 18;
  constexpr int kWhole = 100;
  setColumnWidth(ProblemsModel::kProblem, viewport()->width() * kProblemShare / kWhole);
  setColumnWidth(ProblemsModel::kNode, viewport()->width() * kNodeShare / kWhole);
}

void ProblemsTable::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model() == nullptr || model()->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setFont(fontOf(FontRole::Help));
  painter.setPen(themeOf(this).colors.secondaryText);
  painter.drawText(viewport()->rect().adjusted(control::kFieldInset, space::kSmall, -control::kFieldInset, 0),
                   Qt::AlignTop | Qt::AlignLeading, tr("No problems."));
}

}  // namespace weir::designer
