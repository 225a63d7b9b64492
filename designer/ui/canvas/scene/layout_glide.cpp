#include "designer/ui/canvas/scene/layout_glide.hpp"

#include <QVariantAnimation>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

LayoutGlide::LayoutGlide(const Document& document, const PlacedPicture& placed, const Camera& camera)
    : document_(document), placed_(placed), camera_(camera) {}

void LayoutGlide::rememberPlaces() {
  forgetPlaces();
  const drawing::Picture& picture = placed_.picture();
  for (const auto& node : picture.nodes) places_.emplace(node->id, node->at());
  for (const drawing::GroupPicture& group : picture.groups) {
    if (group.collapsed) places_.emplace(group.id, group.box);
  }
}

void LayoutGlide::stop() {
  if (motion_ == nullptr) return;
  motion_->disconnect(this);
  motion_->stop();
  motion_->deleteLater();  // its own end may be what called
  motion_.clear();
}

void LayoutGlide::start() {
  if (places_.empty()) return;
  // Many at once would not be smooth.
  if (placed_.nodesIn(camera_.seen()).size() > std::size_t{motion::kLayoutNodes}) return;
  Positions starts;
  Positions ends;
  for (const auto& [id, start] : places_) {
    const std::optional<Point> end = positionOf(document_.topology(), id);
    if (!end || *end == start) continue;
    starts.emplace(id, start);
    ends.emplace(id, *end);
  }
  if (starts.empty()) return;
  auto* const motion = new QVariantAnimation(&camera_.frame());
  motion->setDuration(motion::kLayout);
  motion->setEasingCurve(QEasingCurve::OutCubic);
  motion->setStartValue(0.0);
  motion->setEndValue(1.0);
  connect(motion, &QVariantAnimation::valueChanged, this,
          [this, starts, ends](const QVariant& value) { show(starts, ends, value.toDouble()); });
  connect(motion, &QVariantAnimation::finished, this, &LayoutGlide::finished);
  motion_ = motion;
  show(starts, ends, 0);
  motion->start();
}

void LayoutGlide::show(const Positions& from, const Positions& to, double part) {
  Positions between;
  for (const auto& [id, start] : from) {
    const Point way = to.at(id) - start;
    between.emplace(id, start + Point{way.x * part, way.y * part});
  }
  Q_EMIT moved(makeSnapshot(movedTo(document_.topology(), between, {}).after));
}

}  // namespace weir::designer
