#include "designer/ui/canvas/picture/routes.hpp"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <limits>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

double distanceToPiece(QPointF from, QPointF to, QPointF point) {
  const QPointF along = to - from;
  const double length = QPointF::dotProduct(along, along);
  const double part = length == 0 ? 0 : std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0);
  return QLineF(point, from + part * along).length();
}

}  // namespace

QPainterPath pathOf(const Route& route) {
  QPainterPath path;
  if (route.empty()) return path;
  path.moveTo(route.front());
  for (std::size_t i = 1; i + 1 < route.size(); ++i) {
    const QLineF before(route[i], route[i - 1]);
    const QLineF after(route[i], route[i + 1]);
    const double radius = std::min({double{wire::kCorner}, before.length() / 2, after.length() / 2});
    if (radius <= 0) continue;
    path.lineTo(before.pointAt(radius / before.length()));
    path.quadTo(route[i], after.pointAt(radius / after.length()));
  }
  path.lineTo(route.back());
  return path;
}

double distanceTo(const Route& route, QPointF point) {
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = 1; i < route.size(); ++i)
    least = std::min(least, distanceToPiece(route[i - 1], route[i], point));
  return least;
}

QPointF middleOf(const Route& route) {
  double length = 0;
  for (std::size_t i = 1; i < route.size(); ++i) length += QLineF(route[i - 1], route[i]).length();
  double left = length / 2;
  for (std::size_t i = 1; i < route.size(); ++i) {
    const QLineF piece(route[i - 1], route[i]);
    if (piece.length() >= left && piece.length() > 0) return piece.pointAt(left / piece.length());
    left -= piece.length();
  }
  return route.empty() ? QPointF() : route.back();
}

}  // namespace weir::designer
