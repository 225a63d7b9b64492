#include "designer/ui/canvas/widgets/list_popup.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

ListPopup::ListPopup(QWidget* parent) : QFrame(parent), line_(new QLineEdit(this)), list_(new QListWidget(this)) {
  setFixedWidth(canvas::kPopupWidth);
  setAccessibleName(tr("Choose"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setUniformItemSizes(true);
  list_->setIconSize({control::kTileSmall, control::kTileSmall});
  list_->setFixedHeight(canvas::kPopupRows * control::kListRow);  // so that it finds room for all of them
  auto* const column = new QVBoxLayout(this);
  column->setContentsMargins(space::kSmall, space::kSmall, space::kSmall, space::kSmall);
  column->setSpacing(space::kTiny);
  column->addWidget(line_);
  column->addWidget(list_);
  // A press on a row or beside one leaves the focus in the line. It would go to the nearest parent that takes it, the
  // canvas, and without the focus the popup closes.
  setFocusPolicy(Qt::StrongFocus);
  setFocusProxy(line_);
  line_->installEventFilter(this);
  connect(line_, &QLineEdit::textChanged, this, &ListPopup::refill);
  connect(list_, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { chooseRow(list_->row(item)); });
}

void ListPopup::open(const QString& placeholder, Search search, Choose choose) {
  search_ = std::move(search);
  choose_ = std::move(choose);
  line_->setPlaceholderText(placeholder);
  line_->setAccessibleName(placeholder);
  refill();
  adjustSize();
  show();
  raise();
  line_->setFocus(Qt::PopupFocusReason);
}

void ListPopup::moveInside(QPoint corner) {
  const QRect room = parentWidget()->rect().adjusted(space::kSmall, space::kSmall, -space::kSmall, -space::kSmall);
  move(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())),
       qBound(room.top(), corner.y(), qMax(room.top(), room.bottom() - height())));
}

void ListPopup::refill() {
  list_->clear();
  for (const PopupRow& row : search_(line_->text())) {
    auto* const item = new QListWidgetItem(row.icon, row.text, list_);  // the list owns it
    item->setToolTip(row.detail);
    item->setData(Qt::AccessibleDescriptionRole, row.detail);
    item->setSizeHint({0, control::kListRow});
  }
  if (list_->count() > 0) {
    list_->setCurrentRow(0);
  } else {
    auto* const nothing = new QListWidgetItem(tr("Nothing fits."), list_);
    nothing->setFlags(Qt::NoItemFlags);
    nothing->setSizeHint({0, control::kListRow});
  }
  list_->setFixedHeight(qMin(list_->count(), canvas::kPopupRows) * control::kListRow);
  adjustSize();
}

void ListPopup::chooseRow(int row) {
  if (row < 0 || row >= list_->count() || list_->item(row)->flags() == Qt::NoItemFlags) return;
  const Choose choose = choose_;
  const QString typed = line_->text();
  line_->removeEventFilter(this);
  hide();
  parentWidget()->setFocus();
  deleteLater();
  choose(row, typed);
}

bool ListPopup::typedKey(int key) {
  const int last = list_->count() - 1;
  switch (key) {
    case Qt::Key_Down: list_->setCurrentRow(qMin(list_->currentRow() + 1, last)); return true;
    case Qt::Key_Up: list_->setCurrentRow(qMax(list_->currentRow() - 1, 0)); return true;
    case Qt::Key_PageDown: list_->setCurrentRow(qMin(list_->currentRow() + canvas::kPopupRows, last)); return true;
    case Qt::Key_PageUp: list_->setCurrentRow(qMax(list_->currentRow() - canvas::kPopupRows, 0)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: chooseRow(list_->currentRow()); return true;
    case Qt::Key_Escape:
      line_->removeEventFilter(this);
      hide();
      parentWidget()->setFocus();
      deleteLater();
      return true;
    default: return false;
  }
}

bool ListPopup::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && typedKey(static_cast<QKeyEvent*>(event)->key())) return true;
  if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
      static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
    hide();
    deleteLater();
  }
  return QFrame::eventFilter(watched, event);
}

void ListPopup::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& c = themeOf(this).colors;
  const paint::Smooth smooth(painter);
  paint::roundedBox(painter, rect(), control::kCardRadius, c.base, c.border);
}

}  // namespace weir::designer
