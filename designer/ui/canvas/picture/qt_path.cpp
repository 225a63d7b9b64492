#include "designer/ui/canvas/picture/qt_path.hpp"

#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

namespace {

// Degrees as Qt counts them: from the right, against the clock.
double directionOf(QPointF way) {
  if (way.x() != 0) return way.x() > 0 ? 0 : 180;
  return way.y() < 0 ? 90 : -90;
}

void roundCorner(QPainterPath& path, QPointF corner, QPointF to) {
  const QPointF from = path.currentPosition();
  const QPointF centre = from + to - corner;
  const double radius = (to - corner).manhattanLength();
  const QPointF reach(radius, radius);
  path.arcTo(QRectF(centre - reach, centre + reach), directionOf(from - centre), -90);
}

}  // namespace

QPainterPath toQt(const drawing::Path& path) {
  using Kind = drawing::PathStep::Kind;
  QPainterPath out;
  for (const drawing::PathStep& step : path) {
    switch (step.kind) {
      case Kind::Move: out.moveTo(toQt(step.to)); break;
      case Kind::Line: out.lineTo(toQt(step.to)); break;
      case Kind::Round: roundCorner(out, toQt(step.corner), toQt(step.to)); break;
      case Kind::Bend: out.quadTo(toQt(step.corner), toQt(step.to)); break;
      case Kind::Close: out.closeSubpath(); break;
    }
  }
  return out;
}

}  // namespace weir::designer
