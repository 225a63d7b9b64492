#include "designer/ui/widgets/key_cap.hpp"

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

KeyCap::KeyCap(QString key, QWidget* parent) : QWidget(parent), key_(std::move(key)) {
  setFont(fontOf(FontRole::Figures));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAccessibleName(key_);
}

QSize KeyCap::sizeHint() const {
  return {qMax(shell::kKeyCap, fontMetrics().horizontalAdvance(key_) + space::kMedium), shell::kKeyCap};
}

void KeyCap::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  paint::roundedBox(painter, rect(), control::kRadius, colors.base, colors.control);
  painter.setPen(colors.text);
  painter.drawText(rect(), Qt::AlignCenter, key_);
}

}  // namespace weir::designer
