#include <QStyleOption>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer::paint {

void fieldPanel(const Theme& theme, const QStyleOption& option, QPainter& painter, bool invalid) {
  const Colors& c = theme.colors;
  const bool enabled = option.state & QStyle::State_Enabled;
  const bool focused = option.state & QStyle::State_HasFocus;
  const bool readOnly = option.state & QStyle::State_ReadOnly;
  const bool hovered = option.state & QStyle::State_MouseOver;
  const QColor fill = enabled && !readOnly ? c.base : c.window;
  const QColor outline = !enabled ? c.border : invalid ? c.error : hovered ? c.secondaryText : c.control;
  if (enabled && focused) {
    roundedBox(painter, option.rect, control::kRadius, fill, invalid ? c.error : c.accent, control::kFocusRing);
  } else {
    roundedBox(painter, option.rect, control::kRadius, fill, outline);
  }
}

void cellPanel(const Theme& theme, const QRect& rect, QPainter& painter) {
  painter.fillRect(rect, theme.colors.accent);
  painter.fillRect(rect.adjusted(1, 1, -1, -1), theme.colors.base);
}

void comboBox(const Theme& theme, const QStyleOptionComboBox& option, QPainter& painter, bool invalid) {
  if (option.subControls & QStyle::SC_ComboBoxFrame && option.frame) fieldPanel(theme, option, painter, invalid);
  if (option.subControls & QStyle::SC_ComboBoxArrow) {
    const QRect arrow(option.rect.right() - control::kArrow - control::kFieldInset, option.rect.top(), control::kArrow,
                      option.rect.height());
    chevron(painter, QStyle::visualRect(option.direction, option.rect, arrow), Qt::DownArrow,
            option.state & QStyle::State_Enabled ? theme.colors.secondaryText : theme.colors.disabled);
  }
}

void spinBox(const Theme& theme, const QStyleOptionSpinBox& option, QPainter& painter, bool invalid, const QRect& up,
             const QRect& down) {
  if (option.frame) fieldPanel(theme, option, painter, invalid);
  if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
  const auto color = [&](QAbstractSpinBox::StepEnabledFlag step) {
    return option.state & QStyle::State_Enabled && option.stepEnabled & step ? theme.colors.secondaryText
                                                                             : theme.colors.disabled;
  };
  chevron(painter, up, Qt::UpArrow, color(QAbstractSpinBox::StepUpEnabled));
  chevron(painter, down, Qt::DownArrow, color(QAbstractSpinBox::StepDownEnabled));
}

}  // namespace weir::designer::paint
