#include <QStyleOption>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer::paint {
namespace {

void separator(const Theme& theme, const QRect& rect, QPainter& painter) {
  horizontalLine(painter, rect.left(), rect.right(), rect.center().y(), theme.colors.border);
}

// The mark before a menu entry: its check, else its icon.
void menuMark(const Theme& theme, const QStyleOptionMenuItem& option, const QRect& room, QPainter& painter) {
  const bool enabled = option.state & QStyle::State_Enabled;
  QRect square(0, 0, icon::kSmall, icon::kSmall);
  square.moveCenter(room.center());
  if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked) {
    paintIcon(painter, QStringLiteral("check"), square, enabled ? theme.colors.accent : theme.colors.disabled);
  } else if (!option.icon.isNull()) {
    option.icon.paint(&painter, square, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
  }
}

}  // namespace

void menuItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter& painter) {
  if (option.menuItemType == QStyleOptionMenuItem::Separator) return separator(theme, option.rect, painter);
  const bool enabled = option.state & QStyle::State_Enabled;
  if (enabled && option.state & QStyle::State_Selected) {
    roundedBox(painter, option.rect.adjusted(space::kTiny, 0, -space::kTiny, 0), control::kRadius,
               theme.colors.accentSoft, {});
  }
  const QRect row = option.rect;
  const auto placed = [&](const QRect& rect) { return QStyle::visualRect(option.direction, row, rect); };
  menuMark(theme, option, placed({row.left() + space::kTiny, row.top(), control::kMenuIcon, row.height()}), painter);

  painter.save();
  painter.setFont(option.font);
  painter.setPen(textColor(theme, option));
  const QRect inner = row.adjusted(control::kMenuIcon + space::kTiny, 0, -control::kMenuEnd, 0);
  const qsizetype tab = option.text.indexOf(u'\t');
  const int flags = Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
  painter.drawText(placed(inner), flags | Qt::AlignLeft, tab < 0 ? option.text : option.text.left(tab));
  if (tab >= 0) {
    painter.setPen(enabled ? theme.colors.secondaryText : theme.colors.disabled);
    painter.drawText(placed(inner.adjusted(0, 0, space::kMedium, 0)), flags | Qt::AlignRight, option.text.mid(tab + 1));
  }
  painter.restore();

  if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
    const QRect end(row.right() - control::kMenuEnd, row.top(), control::kMenuEnd, row.height());
    chevron(painter, placed(end), option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow,
            theme.colors.secondaryText);
  }
}

void header(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  painter.fillRect(option.rect, theme.colors.window);
  horizontalLine(painter, option.rect.left(), option.rect.right(), option.rect.bottom(), theme.colors.border);
}

void headerLabel(const Theme& theme, const QStyleOptionHeader& option, QPainter& painter) {
  painter.save();
  painter.setFont(fontOf(FontRole::Label));
  painter.setPen(theme.colors.secondaryText);
  QRect inner = option.rect;
  if (option.sortIndicator != QStyleOptionHeader::None) {
    const QRect arrow(inner.right() - icon::kSmall, inner.top(), icon::kSmall, inner.height());
    chevron(painter, QStyle::visualRect(option.direction, option.rect, arrow),
            option.sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow,
            theme.colors.secondaryText);
    inner.adjust(0, 0, -icon::kSmall, 0);
  }
  const Qt::Alignment wanted = option.textAlignment & Qt::AlignHorizontal_Mask;
  painter.drawText(inner,
                   static_cast<int>(Qt::AlignVCenter | (wanted ? wanted : Qt::AlignLeading)) | Qt::TextSingleLine,
                   painter.fontMetrics().elidedText(option.text, Qt::ElideRight, inner.width()));
  painter.restore();
}

void rowPanel(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  if (option.state & QStyle::State_Selected) {
    painter.fillRect(option.rect, theme.colors.accentSoft);
  } else if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled) {
    painter.fillRect(option.rect, Theme::faded(theme.colors.text, theme.colors.hoverOpacity));
  }
}

void branch(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  if (!(option.state & QStyle::State_Children)) return;
  const bool open = option.state & QStyle::State_Open;
  const Qt::ArrowType closed = option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow;
  chevron(painter, option.rect, open ? Qt::DownArrow : closed, theme.colors.secondaryText);
}

}  // namespace weir::designer::paint
