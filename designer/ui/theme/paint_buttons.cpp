#include <QPainterPath>
#include <QStyleOption>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer::paint {
namespace {

// What lies over a surface that the mouse is on or presses.
QColor veil(const Theme& theme, const QStyleOption& option) {
  if (!(option.state & QStyle::State_Enabled)) return {};
  if (option.state & QStyle::State_Sunken) return Theme::faded(theme.colors.text, theme.colors.pressedOpacity);
  if (option.state & QStyle::State_MouseOver) return Theme::faded(theme.colors.text, theme.colors.hoverOpacity);
  return {};
}

bool hasKeyboardFocus(const QStyleOption& option) {
  return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

}  // namespace

void roundedBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& outline,
                double width) {
  const Smooth smooth(painter);
  const double half = outline.isValid() ? width / 2 : 0;
  painter.setPen(outline.isValid() ? QPen(outline, width) : QPen(Qt::NoPen));
  painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
  painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
}

void horizontalLine(QPainter& painter, int left, int right, int y, const QColor& color) {
  painter.fillRect(QRect(left, y, right - left + 1, 1), color);
}

void verticalLine(QPainter& painter, int x, int top, int bottom, const QColor& color) {
  painter.fillRect(QRect(x, top, 1, bottom - top + 1), color);
}

void chevron(QPainter& painter, const QRect& rect, Qt::ArrowType direction, const QColor& color) {
  const char* name = direction == Qt::UpArrow      ? "chevron-up"
                     : direction == Qt::LeftArrow  ? "chevron-left"
                     : direction == Qt::RightArrow ? "chevron-right"
                                                   : "chevron-down";
  const int size = qMin(icon::kSmall, qMin(rect.width(), rect.height()));
  QRect square(0, 0, size, size);
  square.moveCenter(rect.center());
  paintIcon(painter, QLatin1String(name), square, color);
}

QColor textColor(const Theme& theme, const QStyleOption& option) {
  return option.state & QStyle::State_Enabled ? theme.colors.text : theme.colors.disabled;
}

void pushButtonPanel(const Theme& theme, const QStyleOptionButton& option, QPainter& painter) {
  const Colors& c = theme.colors;
  const bool enabled = option.state & QStyle::State_Enabled;
  const bool isDefault = option.features & QStyleOptionButton::DefaultButton;
  const bool flat = option.features & QStyleOptionButton::Flat;
  const bool checked = option.state & QStyle::State_On;
  QColor fill = !enabled ? c.window : isDefault ? c.accent : checked ? c.accentSoft : c.button;
  QColor outline = !enabled ? c.border : isDefault || checked ? c.accent : c.control;
  if (flat) {
    fill = checked ? c.accentSoft : QColor();
    outline = {};
  }
  roundedBox(painter, option.rect, control::kRadius, fill, outline);
  if (const QColor over = veil(theme, option); over.isValid()) {
    roundedBox(painter, option.rect, control::kRadius, over, {});
  }
  if (hasKeyboardFocus(option)) focusRing(theme, option, painter);
}

void toolButtonPanel(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  const QColor fill = option.state & QStyle::State_On ? theme.colors.accentSoft : QColor();
  if (fill.isValid()) roundedBox(painter, option.rect, control::kRadius, fill, {});
  if (const QColor over = veil(theme, option); over.isValid()) {
    roundedBox(painter, option.rect, control::kRadius, over, {});
  }
}

void checkBox(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  const Colors& c = theme.colors;
  const bool enabled = option.state & QStyle::State_Enabled;
  const bool filled = option.state & (QStyle::State_On | QStyle::State_NoChange);
  const QColor fill = !filled ? (enabled ? c.base : c.window) : enabled ? c.accent : c.disabled;
  const QColor outline = !enabled ? c.disabled : filled ? c.accent : c.control;
  roundedBox(painter, option.rect, control::kRadius, fill, outline);
  if (const QColor over = veil(theme, option); over.isValid() && !filled) {
    roundedBox(painter, option.rect, control::kRadius, over, {});
  }
  if (filled) {
    const QString mark = option.state & QStyle::State_On ? QStringLiteral("check") : QStringLiteral("minus");
    paintIcon(painter, mark, option.rect.adjusted(1, 1, -1, -1), enabled ? c.onAccent : c.window);
  }
}

void radioButton(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  const Colors& c = theme.colors;
  const bool enabled = option.state & QStyle::State_Enabled;
  const bool on = option.state & QStyle::State_On;
  const double radius = option.rect.width() / 2.0;
  roundedBox(painter, option.rect, radius,
             on && enabled ? c.accent
             : enabled     ? c.base
                           : c.window,
             !enabled ? c.disabled
             : on     ? c.accent
                      : c.control);
  if (on) {
    const double inset = option.rect.width() / 3.0;
    roundedBox(painter, QRectF(option.rect).adjusted(inset, inset, -inset, -inset), radius,
               enabled ? c.onAccent : c.disabled, {});
  }
}

void focusRing(const Theme& theme, const QStyleOption& option, QPainter& painter) {
  roundedBox(painter, option.rect, control::kRadius, {}, theme.colors.accent, control::kFocusRing);
}

}  // namespace weir::designer::paint
