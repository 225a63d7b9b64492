#include "designer/ui/canvas/widgets/zoom_pill.hpp"

#include <QHBoxLayout>
#include <QPainter>

#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

QToolButton* ZoomPill::button(const QString& name) {
  auto* const made = new QToolButton(this);
  made->setAutoRaise(true);
  made->setFocusPolicy(Qt::NoFocus);
  made->setAccessibleName(name);
  made->setToolTip(name);
  made->setCursor(Qt::ArrowCursor);
  layout()->addWidget(made);
  return made;
}

ZoomPill::ZoomPill(Camera& camera) : QFrame(&camera.frame()) {
  setFixedHeight(canvas::kZoomPillHeight);
  setAccessibleName(tr("Zoom"));
  auto* const row = new QHBoxLayout(this);
  row->setContentsMargins(control::kFocusRing, control::kFocusRing, control::kFocusRing, control::kFocusRing);
  row->setSpacing(0);
  QToolButton* const smaller = button(tr("Zoom out"));
  smaller->setIcon(themeIcon(QStringLiteral("minus")));
  zoom_ = button(tr("Zoom to 100 %"));
  zoom_->setFont(fontOf(FontRole::Body));
  zoom_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  zoom_->setMinimumWidth(2 * canvas::kZoomPillHeight);
  QToolButton* const larger = button(tr("Zoom in"));
  larger->setIcon(themeIcon(QStringLiteral("plus")));
  connect(smaller, &QToolButton::clicked, &camera, &Camera::zoomOut);
  connect(zoom_, &QToolButton::clicked, &camera, &Camera::zoomToHundred);
  connect(larger, &QToolButton::clicked, &camera, &Camera::zoomIn);
  const auto show = [this, &camera] { zoom_->setText(tr("%1 %").arg(qRound(camera.zoom() * 100))); };
  connect(&camera, &Camera::changed, this, show);
  show();
}

void ZoomPill::paintEvent(QPaintEvent* /*event*/) {
  const Colors& c = themeOf(this).colors;
  QPainter painter(this);
  const paint::Smooth smooth(painter);
  paint::roundedBox(painter, rect(), control::kRadius, c.card, c.border);
}

}  // namespace weir::designer
