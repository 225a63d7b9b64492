#include "designer/ui/widgets/icon_label.hpp"

#include <QPainter>

namespace weir::designer {

IconLabel::IconLabel(int size, QWidget* parent) : QWidget(parent) {
  setFixedSize(size, size);
}

void IconLabel::setIcon(const QIcon& icon) {
  icon_ = icon;
  update();
}

void IconLabel::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  icon_.paint(&painter, rect());
}

}  // namespace weir::designer
