#include "designer/ui/shell/documents/tab_close_button.hpp"

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

TabCloseButton::TabCloseButton(QWidget* parent) : QAbstractButton(parent) {
  setFocusPolicy(Qt::NoFocus);  // Ctrl+W closes
  setToolTip(tr("Close"));
}

void TabCloseButton::setDirty(bool dirty) {
  dirty_ = dirty;
  update();
}

QSize TabCloseButton::sizeHint() const {
  return {shell::kTabClose, shell::kTabClose};
}

void TabCloseButton::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  if (underMouse()) {
    paint::roundedBox(painter, rect(), control::kRadius, Theme::faded(colors.text, colors.pressedOpacity), {});
  }
  if (dirty_ && !underMouse()) {
    QRectF dot(0, 0, shell::kDirtyDot, shell::kDirtyDot);
    dot.moveCenter(QRectF(rect()).center());
    paint::roundedBox(painter, dot, shell::kDirtyDot / 2.0, colors.text, {});
  } else {
    paintIcon(painter, QStringLiteral("x"), QRectF(rect()).adjusted(2, 2, -2, -2),
              underMouse() ? colors.text : colors.secondaryText);
  }
}

void TabCloseButton::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  update();
}

void TabCloseButton::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  update();
}

}  // namespace weir::designer
