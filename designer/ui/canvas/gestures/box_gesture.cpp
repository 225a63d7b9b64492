#include "designer/ui/canvas/gestures/box_gesture.hpp"

#include <QPainter>

#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

BoxGesture::BoxGesture(GestureHost& host, const MouseAt& at)
    : Gesture(host),
      from_(at.scene),
      before_(host.document().selection()),
      adds_(at.keys.testFlag(Qt::ShiftModifier)) {}

void BoxGesture::update(const MouseAt& at) {
  box_ = QRectF(from_, at.scene).normalized();
  const PlacedPicture& parts = placed();
  Selection found = adds_ ? before_ : Selection{};
  for (const int number : parts.nodesIn(box_)) found.insert(parts.node(number).picture->id);
  for (const drawing::CommentPicture& comment : parts.picture().comments) {
    if (toQt(comment.bounds).intersects(box_)) found.insert(comment.id);
  }
  for (const drawing::GroupPicture& group : parts.picture().groups) {
    const QRectF bounds = toQt(group.bounds);
    if (group.hidden) continue;
    if (group.collapsed ? bounds.intersects(box_) : box_.contains(bounds)) found.insert(group.id);
  }
  document().select(std::move(found));
  refresh();
}

void BoxGesture::end(const MouseAt& at) {
  update(at);
}

void BoxGesture::cancel() {
  document().select(before_);
}

void BoxGesture::paint(QPainter& painter, const Theme& theme) const {
  QPen pen(theme.colors.accent, 1);
  pen.setCosmetic(true);
  painter.setPen(pen);
  painter.setBrush(Theme::faded(theme.colors.accent, theme.colors.hoverOpacity));
  painter.drawRect(box_);
}

}  // namespace weir::designer
