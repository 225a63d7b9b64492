#include "designer/ui/canvas/gestures/move_gesture.hpp"

#include <QPainter>

#include "core/drawing/look/grid.hpp"
#include "designer/ui/canvas/picture/positions.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/scene/placing.hpp"

namespace weir::designer {

namespace {

// Groups that are left: the frames as they were.
void paintLeft(QPainter& painter, const Theme& theme, const std::vector<QRectF>& frames) {
  QPen pen(theme.colors.secondaryText, drawing::kBorder);
  pen.setDashPattern({drawing::kDash, drawing::kDashGap});
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  for (const QRectF& frame : frames) painter.drawRoundedRect(frame, drawing::kGroupRadius, drawing::kGroupRadius);
}

// Nodes do not vanish under the mouse: those stay where they are until they are dropped.
Memberships shown(const GroupTargets::Outcome& outcome) {
  Memberships out = outcome.memberships;
  for (const std::string& node : outcome.collapsed) out[node].clear();
  return out;
}

}  // namespace

MoveGesture::MoveGesture(GestureHost& host, const MouseAt& at, const std::string& grabbed)
    : Gesture(host),
      from_(at.scene),
      starts_(positionsOf(placed(), document().selection())),
      guides_(placed(), host.camera().seen(), starts_),
      groups_(host.scene(), starts_) {
  const auto found = starts_.find(grabbed);
  if (found != starts_.end()) {
    grabbedFrom_ = found->second;
  } else if (!starts_.empty()) {
    grabbedFrom_ = starts_.begin()->second;
  }
  if (starts_.size() == 1 && mayBeSpliced(*base(), *catalog(), starts_.begin()->first)) {
    single_ = starts_.begin()->first;
    targets_.emplace(host.scene());
  }
}

Point MoveGesture::movedBy(const MouseAt& at) {
  const QPointF way = at.scene - from_;
  const Point by =
      Point{drawing::onGrid(grabbedFrom_.x + way.x()), drawing::onGrid(grabbedFrom_.y + way.y())} - grabbedFrom_;
  guides_.clear();
  return at.keys.testFlag(Qt::AltModifier) ? by : guides_.aligned(by);
}

Edit MoveGesture::moved(Point by, const Memberships& memberships) const {
  Positions positions;
  for (const auto& [id, start] : starts_) positions.emplace(id, start + by);
  Edit edit = movedTo(*base(), positions, tr("Move %n part(s)", nullptr, static_cast<int>(starts_.size())));
  moveToGroups(edit.after, memberships);
  return edit;
}

void MoveGesture::update(const MouseAt& at) {
  const Point by = movedBy(at);
  outcome_ = groups_.movedBy(toQt(by));
  apply(moved(by, shown(outcome_)));
  std::string target;
  if (!single_.empty()) {
    const std::optional<QRectF> rect = placed().rectOf(single_);
    if (rect) target = targets_->under(*rect, single_, useOf(*base(), single_));
  }
  if (target.empty()) target = outcome_.entered;
  if (target == look().target) return;
  look().target = target;
  refresh();
}

void MoveGesture::end(const MouseAt& at) {
  update(at);
  const std::string target = std::exchange(look().target, {});
  refresh();
  const bool splices = !target.empty() && target != outcome_.entered;
  if (splices) {
    if (std::optional<Edit> edit = spliced(document().topology(), *catalog(), target, single_)) {
      return apply(placedApart(host().scene(), std::move(*edit), single_));
    }
  }
  if (outcome_.collapsed.empty()) return;
  Edit edit = moved(movedBy(at), outcome_.memberships);
  const Positions inside = groups_.placesInside(outcome_);
  drawing::setPositions(edit.after.layout, {inside.begin(), inside.end()});
  edit.selection = withBoxes(edit.after, document().selection());
  apply(std::move(edit));
}

void MoveGesture::cancel() {
  look().target.clear();
  takeBack();
}

void MoveGesture::paint(QPainter& painter, const Theme& theme) const {
  guides_.paint(painter, theme);
  paintLeft(painter, theme, outcome_.left);
}

PullOutGesture::PullOutGesture(GestureHost& host, const MouseAt& at, std::string node)
    : Gesture(host), from_(at.scene), node_(std::move(node)), groups_(host.scene(), {{node_, {}}}) {
  if (const PlacedNode* const found = placed().node(node_)) start_ = fromQt(found->rect.topLeft());
}

void PullOutGesture::update(const MouseAt& at) {
  const QPointF by = at.scene - from_;
  const Point to{drawing::onGrid(start_.x + by.x()), drawing::onGrid(start_.y + by.y())};
  outcome_ = groups_.movedBy(toQt(to - start_));
  Edit edit = pullOut(*base(), node_, to);
  moveToGroups(edit.after, shown(outcome_));
  apply(std::move(edit));
  look().target = outcome_.entered;
}

void PullOutGesture::end(const MouseAt& at) {
  update(at);
  look().target.clear();
}

void PullOutGesture::cancel() {
  look().target.clear();
  takeBack();
}

void PullOutGesture::paint(QPainter& painter, const Theme& theme) const {
  paintLeft(painter, theme, outcome_.left);
}

}  // namespace weir::designer
