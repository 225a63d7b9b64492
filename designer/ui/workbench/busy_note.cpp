#include "designer/ui/workbench/busy_note.hpp"

#include <QHBoxLayout>
#include <QShortcut>

#include "designer/ui/theme/paint.hpp"
#include "designer/ui/widgets/key_cap.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

BusyNote::BusyNote(const QString& text, QWidget* parent)
    : QFrame(parent), cancel_(new QShortcut(Qt::Key_Escape, parent)) {
  setAccessibleName(text);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kSmall);
  row->setSpacing(space::kSmall);
  row->addWidget(makeLabel(text, FontRole::Body, this));
  row->addWidget(new KeyCap(tr("Esc"), this));
  row->addWidget(makeSecondaryLabel(tr("cancels", "after a key"), FontRole::Help, this));
  hide();
  later_.setSingleShot(true);
  later_.setInterval(motion::kBusyAfter);
  connect(&later_, &QTimer::timeout, this, [this] {
    show();
    raise();
  });
  cancel_->setEnabled(false);
  connect(cancel_, &QShortcut::activated, this, &BusyNote::cancelRequested);
}

void BusyNote::setBusy(bool busy) {
  cancel_->setEnabled(busy);
  if (busy) return later_.start();
  later_.stop();
  hide();
}

void BusyNote::paintEvent(QPaintEvent* /*event*/) {
  const Colors& colors = themeOf(this).colors;
  QPainter painter(this);
  const paint::Smooth smooth(painter);
  paint::roundedBox(painter, rect(), control::kRadius, colors.card, colors.border);
}

}  // namespace weir::designer
