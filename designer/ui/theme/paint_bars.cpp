#include <QFontMetrics>
#include <QStyleOption>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer::paint {

void menuBarItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter& painter) {
  painter.fillRect(option.rect, theme.colors.window);
  const bool open = option.state & (QStyle::State_Selected | QStyle::State_Sunken);
  if (open) {
    const QRect box = option.rect.adjusted(1, 1, -1, -1);
    roundedBox(painter, box, control::kRadius, Theme::faded(theme.colors.text, theme.colors.hoverOpacity), {});
  }
  painter.setPen(textColor(theme, option));
  painter.drawText(option.rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, option.text);
}

void toolBar(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  painter.fillRect(option.rect, theme.colors.window);
  horizontalLine(painter, option.rect.left(), option.rect.right(), option.rect.bottom(), theme.colors.border);
}

void tabShape(const Theme& theme, const QStyleOptionTab& option, QPainter& painter) {
  const Colors& c = theme.colors;
  const bool selected = option.state & QStyle::State_Selected;
  const bool hovered = option.state & QStyle::State_MouseOver;
  // Tabs of documents stand on the canvas, tabs of panels on the panel.
  if (option.documentMode && selected) painter.fillRect(option.rect, c.canvas);
  const QRect line(option.rect.left() + space::kSmall, option.rect.bottom() - control::kTabUnderline + 1,
                   option.rect.width() - 2 * space::kSmall, control::kTabUnderline);
  if (selected) {
    painter.fillRect(line, option.state & QStyle::State_Enabled ? c.accent : c.disabled);
  } else if (hovered) {
    painter.fillRect(line, c.border);
  }
  if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
    QStyleOptionTab ring(option);
    ring.rect = option.rect.adjusted(1, 1, -1, -1);
    focusRing(theme, ring, painter);
  }
}

void tabLabel(const Theme& theme, const QStyleOptionTab& option, QPainter& painter, const QRect& textRect) {
  painter.setPen(textColor(theme, option));
  painter.drawText(textRect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

void dockTitle(const Theme& theme, const QStyleOptionDockWidget& option, QPainter& painter) {
  painter.fillRect(option.rect, theme.colors.window);
  painter.save();
  painter.setFont(fontOf(FontRole::Section));
  painter.setPen(theme.colors.secondaryText);
  const QRect inner = option.rect.adjusted(space::kPanelInset, 0, -space::kPanelInset, 0);
  painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                   painter.fontMetrics().elidedText(option.title, Qt::ElideRight, inner.width()));
  painter.restore();
}

void scrollBar(const Theme& theme, const QStyleOptionSlider& option, QPainter& painter, const QRect& handle) {
  if (option.minimum >= option.maximum) return;
  const bool held = option.state & QStyle::State_Sunken || option.state & QStyle::State_MouseOver;
  const double inset = (control::kScrollBar - control::kScrollHandle) / 2.0;
  const bool lying = option.orientation == Qt::Horizontal;
  const QRectF box =
      QRectF(handle).adjusted(lying ? 0 : inset, lying ? inset : 0, lying ? 0 : -inset, lying ? -inset : 0);
  roundedBox(painter, box, control::kScrollHandle / 2.0, held ? theme.colors.secondaryText : theme.colors.control, {});
}

void progressBar(const Theme& theme, const QStyleOptionProgressBar& option, QPainter& painter) {
  QRectF track(option.rect);
  track.setHeight(control::kProgress);
  track.moveCenter(QRectF(option.rect).center());
  roundedBox(painter, track, control::kProgress / 2.0, theme.colors.border, {});
  const double range = option.maximum - option.minimum;
  if (range <= 0) return;
  track.setWidth(track.width() * (option.progress - option.minimum) / range);
  if (track.width() >= control::kProgress) {
    roundedBox(painter, track, control::kProgress / 2.0, theme.colors.accent, {});
  }
}

}  // namespace weir::designer::paint
