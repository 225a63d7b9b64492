#include "designer/ui/canvas/picture/routes.hpp"

#include <QLineF>
#include <algorithm>
#include <limits>

#include "core/drawing/look/shapes.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/qt_path.hpp"

namespace weir::designer {

namespace {

// The place on a piece that is nearest to a point.
QPointF nearestOn(QPointF from, QPointF to, QPointF point) {
  const QPointF along = to - from;
  const double length = QPointF::dotProduct(along, along);
  const double part = length == 0 ? 0 : std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0);
  return from + part * along;
}

double distanceToPiece(QPointF from, QPointF to, QPointF point) {
  return QLineF(point, nearestOn(from, to, point)).length();
}

std::vector<drawing::Point> wayOf(const Route& route) {
  std::vector<drawing::Point> way;
  way.reserve(route.size());
  for (const QPointF& point : route) way.push_back(fromQt(point));
  return way;
}

}  // namespace

QPainterPath pathOf(const Route& route) {
  return toQt(drawing::wireShape(wayOf(route)));
}

double distanceTo(const Route& route, QPointF point) {
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = 1; i < route.size(); ++i)
    least = std::min(least, distanceToPiece(route[i - 1], route[i], point));
  return least;
}

double lengthOf(const Route& route) {
  double length = 0;
  for (std::size_t i = 1; i < route.size(); ++i) length += QLineF(route[i - 1], route[i]).length();
  return length;
}

double lengthTo(const Route& route, QPointF point) {
  double least = std::numeric_limits<double>::max();
  double best = 0;
  double before = 0;
  for (std::size_t i = 1; i < route.size(); ++i) {
    const QPointF near = nearestOn(route[i - 1], route[i], point);
    const double away = QLineF(near, point).length();
    if (away < least) {
      least = away;
      best = before + QLineF(route[i - 1], near).length();
    }
    before += QLineF(route[i - 1], route[i]).length();
  }
  return best;
}

QPointF pointAt(const Route& route, double length) {
  for (std::size_t i = 1; i < route.size(); ++i) {
    const QLineF piece(route[i - 1], route[i]);
    if (length <= piece.length()) return piece.length() == 0 ? piece.p1() : piece.pointAt(length / piece.length());
    length -= piece.length();
  }
  return route.back();
}

QPointF middleOf(const Route& route) {
  return toQt(drawing::middleOf(wayOf(route)));
}

}  // namespace weir::designer
