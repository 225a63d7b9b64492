#include "designer/ui/canvas/picture/routes.hpp"

#include <QLineF>
#include <algorithm>
#include <limits>

#include "core/drawing/look/shapes.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/qt_path.hpp"

namespace weir::designer {

namespace {

double distanceToPiece(QPointF from, QPointF to, QPointF point) {
  const QPointF along = to - from;
  const double length = QPointF::dotProduct(along, along);
  const double part = length == 0 ? 0 : std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0);
  return QLineF(point, from + part * along).length();
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

QPointF middleOf(const Route& route) {
  return toQt(drawing::middleOf(wayOf(route)));
}

}  // namespace weir::designer
