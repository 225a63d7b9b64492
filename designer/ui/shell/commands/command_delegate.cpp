#include "designer/ui/shell/commands/command_delegate.hpp"

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
  return {0, control::kListRow};
}

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = themeOf(option.widget);
  if (index.data(kHeadRole).toBool()) {
    painter->save();
    painter->setFont(fontOf(FontRole::Section));
    painter->setPen(theme.colors.secondaryText);
    painter->drawText(option.rect.adjusted(space::kMedium, space::kTiny, -space::kMedium, 0),
                      Qt::AlignVCenter | Qt::AlignLeading, index.data().toString());
    return painter->restore();
  }
  paint::rowPanel(theme, option, *painter);
  const bool enabled = !index.data(kDimRole).toBool();
  const QRect row = option.rect.adjusted(space::kMedium, 0, -space::kMedium, 0);
  const auto placed = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };

  const QRect mark(row.left(), row.center().y() - icon::kSmall / 2 + 1, icon::kSmall, icon::kSmall);
  index.data(Qt::DecorationRole)
      .value<QIcon>()
      .paint(painter, placed(mark), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);

  painter->save();
  const QString detail = index.data(kDetailRole).toString();
  painter->setFont(fontOf(FontRole::Figures));
  const int detailWidth = painter->fontMetrics().horizontalAdvance(detail);
  painter->setPen(enabled ? theme.colors.secondaryText : theme.colors.disabled);
  painter->drawText(placed({row.right() - detailWidth, row.top(), detailWidth + 1, row.height()}),
                    Qt::AlignVCenter | Qt::AlignRight, detail);
  painter->setFont(fontOf(FontRole::Body));
  painter->setPen(enabled ? theme.colors.text : theme.colors.disabled);
  QRect words = row.adjusted(icon::kSmall + space::kMedium, 0, -detailWidth - space::kMedium, 0);
  painter->drawText(placed(words), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                    painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
  painter->restore();
}

}  // namespace weir::designer
