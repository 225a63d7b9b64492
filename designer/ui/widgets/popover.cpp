#include "designer/ui/widgets/popover.hpp"

#include <QApplication>
#include <QKeyEvent>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

Popover::Popover(const QString& name, QSize size, QWidget* window)
    : QWidget(window), wanted_(size), card_(new QWidget(this)) {
  setAccessibleName(name);
  setAttribute(Qt::WA_DeleteOnClose);
  window->installEventFilter(this);
  place();
}

void Popover::open(QWidget* focus) {
  before_ = window()->focusWidget();  // also when another window is the active one
  place();
  raise();
  show();
  focus->setFocus(Qt::PopupFocusReason);
}

void Popover::end() {
  if (before_ != nullptr) before_->setFocus(Qt::OtherFocusReason);
  close();
}

void Popover::place() {
  setGeometry(parentWidget()->rect());
  const QSize room = size() - QSize(2 * space::kHuge, 2 * space::kHuge);
  QRect card(QPoint(), wanted_.boundedTo(room));
  card.moveCenter(rect().center());
  card_->setGeometry(card);
}

bool Popover::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) place();
  return QWidget::eventFilter(watched, event);
}

void Popover::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return end();
  QWidget::keyPressEvent(event);
}

void Popover::mousePressEvent(QMouseEvent* event) {
  if (!card_->geometry().contains(event->pos())) end();
}

void Popover::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  painter.fillRect(rect(), Theme::faded(colors.canvas, colors.veilOpacity));
  paint::roundedBox(painter, card_->geometry(), control::kCardRadius, colors.base, colors.control);
}

}  // namespace weir::designer
