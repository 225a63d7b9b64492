#include "designer/ui/canvas/gestures/alignment_guides.hpp"

#include <QPainter>
#include <array>
#include <cmath>

#include "core/drawing/look/grid.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

constexpr double kReach = 6;     // as far as something is pulled into line
constexpr double kSame = 0.001;  // of two coordinates

bool isOnGrid(double value) {
  return std::abs(value - drawing::onGrid(value)) < kSame;
}

// Both ends and the middle, along one direction.
std::array<double, 3> marks(double from, double to) {
  return {from, (from + to) / 2, to};
}

// The shortest way that brings a mark of one piece onto one of others; 0: none is near enough.
class Pull {
 public:
  Pull(double from, double to) : from_(from), own_(marks(from, to)) {}

  void towards(double from, double to) {
    const std::array<double, 3> other = marks(from, to);
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const double way = other[i] - own_[i];
      const bool stays = isOnGrid(from_ + way) || !isOnGrid(from);
      if (stays && std::abs(way) <= kReach && (!found_ || std::abs(way) < std::abs(way_))) {
        way_ = way;
        found_ = true;
      }
    }
  }
  double way() const { return way_; }

 private:
  double from_;
  std::array<double, 3> own_;
  double way_ = 0;
  bool found_ = false;
};

}  // namespace

AlignmentGuides::AlignmentGuides(const PlacedPicture& placed, const QRectF& seen, const Positions& moved) {
  for (const auto& [id, at] : moved) start_ |= placed.rectOf(id).value_or(QRectF());
  for (const int number : placed.nodesIn(seen)) {
    const PlacedNode& node = placed.node(number);
    if (!moved.contains(node.picture->id)) others_.push_back(node.rect);
  }
}

Point AlignmentGuides::aligned(Point by) {
  lines_.clear();
  if (start_.isNull()) return by;
  QRectF rect = start_.translated(toQt(by));
  Pull across(rect.left(), rect.right());
  Pull down(rect.top(), rect.bottom());
  for (const QRectF& other : others_) {
    across.towards(other.left(), other.right());
    down.towards(other.top(), other.bottom());
  }
  rect.translate(across.way(), down.way());
  const auto upright = marks(rect.left(), rect.right());
  const auto level = marks(rect.top(), rect.bottom());
  for (const QRectF& other : others_) {
    const QRectF both = rect | other;
    const auto otherUpright = marks(other.left(), other.right());
    const auto otherLevel = marks(other.top(), other.bottom());
    for (std::size_t i = 0; i < upright.size(); ++i) {
      if (std::abs(upright[i] - otherUpright[i]) < kSame) {
        lines_.emplace_back(upright[i], both.top(), upright[i], both.bottom());
      }
      if (std::abs(level[i] - otherLevel[i]) < kSame) {
        lines_.emplace_back(both.left(), level[i], both.right(), level[i]);
      }
    }
  }
  return by + Point{across.way(), down.way()};
}

void AlignmentGuides::paint(QPainter& painter, const Theme& theme) const {
  QPen pen(Theme::faded(theme.colors.accent, theme.colors.guideOpacity), drawing::kBorder);
  pen.setCosmetic(true);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(pen);
  for (const QLineF& line : lines_) painter.drawLine(line);
}

}  // namespace weir::designer
