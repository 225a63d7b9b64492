// A layout glides: parts move from where they stood to where they stand. The document is ahead of what is shown then.
#include <QVariantAnimation>

#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

void CanvasView::setGliding(bool gliding) {
  glideFrom_.clear();
  if (!gliding || reducedMotion_ || !isVisible()) return;
  settle();
  const drawing::Picture& picture = placed().picture();
  for (const auto& node : picture.nodes) glideFrom_.emplace(node->id, node->at());
  for (const drawing::GroupPicture& group : picture.groups) {
    if (group.collapsed) glideFrom_.emplace(group.id, group.bounds.corner());
  }
}

void CanvasView::settle() {
  if (glide_ != nullptr) showDocument();
}

void CanvasView::endGlide() {
  if (glide_ == nullptr) return;
  glide_->disconnect(this);
  glide_->stop();
  glide_->deleteLater();  // its own end may be what called
  glide_.clear();
}

void CanvasView::beginGlide() {
  // Many at once would not be smooth.
  if (placed().nodesIn(seen()).size() > std::size_t{motion::kLayoutNodes}) return;
  Positions starts;
  Positions ends;
  for (const auto& [id, start] : glideFrom_) {
    const std::optional<Point> end = positionOf(document_.topology(), id);
    if (!end || *end == start) continue;
    starts.emplace(id, start);
    ends.emplace(id, *end);
  }
  if (starts.empty()) return;
  auto* const motion = new QVariantAnimation(this);
  motion->setDuration(motion::kLayout);
  motion->setEasingCurve(QEasingCurve::OutCubic);
  motion->setStartValue(0.0);
  motion->setEndValue(1.0);
  connect(motion, &QVariantAnimation::valueChanged, this,
          [this, starts, ends](const QVariant& value) { showGlide(starts, ends, value.toDouble()); });
  connect(motion, &QVariantAnimation::finished, this, &CanvasView::settle);
  glide_ = motion;
  showGlide(starts, ends, 0);
  motion->start();
}

void CanvasView::showGlide(const Positions& from, const Positions& to, double part) {
  Positions between;
  for (const auto& [id, start] : from) {
    const Point way = to.at(id) - start;
    between.emplace(id, start + Point{way.x * part, way.y * part});
  }
  scene_->show(makeSnapshot(movedTo(document_.topology(), between, {}).after), catalog_, checked_);
  refreshAt(placed().changed());
}

}  // namespace weir::designer
