#include "designer/ui/canvas/paint/node_shape.hpp"

#include <QPolygonF>
#include <algorithm>

namespace weir::designer {

namespace {

// A rectangle whose left and right corners have radii of their own.
QPainterPath rounded(const QRectF& rect, double left, double right) {
  const double l = 2 * left;
  const double r = 2 * right;
  QPainterPath path(rect.topLeft() + QPointF(left, 0));
  path.arcTo(QRectF(rect.right() - r, rect.top(), r, r), 90, -90);
  path.arcTo(QRectF(rect.right() - r, rect.bottom() - r, r, r), 0, -90);
  path.arcTo(QRectF(rect.left(), rect.bottom() - l, l, l), -90, -90);
  path.arcTo(QRectF(rect.left(), rect.top(), l, l), 180, -90);
  path.closeSubpath();
  return path;
}

QPainterPath cut(const QRectF& rect, double corner) {
  const double c = corner;
  QPainterPath path;
  path.addPolygon(QPolygonF({rect.topLeft() + QPointF(c, 0), rect.topRight() + QPointF(-c, 0),
                             rect.topRight() + QPointF(0, c), rect.bottomRight() + QPointF(0, -c),
                             rect.bottomRight() + QPointF(-c, 0), rect.bottomLeft() + QPointF(c, 0),
                             rect.bottomLeft() + QPointF(0, -c), rect.topLeft() + QPointF(0, c)}));
  path.closeSubpath();
  return path;
}

}  // namespace

Kind kindOf(drawing::NodeKind kind) {
  switch (kind) {
    case drawing::NodeKind::Source: return Kind::Source;
    case drawing::NodeKind::Stateless: return Kind::Stateless;
    case drawing::NodeKind::Stateful: return Kind::Stateful;
    case drawing::NodeKind::Window: return Kind::Window;
    case drawing::NodeKind::Sink: return Kind::Sink;
    case drawing::NodeKind::Topic: return Kind::Topic;
  }
  Q_UNREACHABLE();
}

QPainterPath silhouette(Kind kind, const QRectF& rect) {
  switch (kind) {
    case Kind::Source: return rounded(rect, node::kRoundEnd, node::kRadius);
    case Kind::Sink: return rounded(rect, node::kRadius, node::kRoundEnd);
    case Kind::Topic: return rounded(rect, node::kTopicEnd, node::kTopicEnd);
    case Kind::Window: return cut(rect, node::kCutCorner);
    case Kind::Stateless:
    case Kind::Stateful: return rounded(rect, node::kRadius, node::kRadius);
  }
  Q_UNREACHABLE();
}

QPainterPath portShape(drawing::PortMark mark) {
  QPainterPath path;
  const double half = port::kDiamond;
  switch (mark) {
    case drawing::PortMark::Circle: path.addEllipse(QPointF(), port::kCircle, port::kCircle); break;
    case drawing::PortMark::Diamond:
      path.addPolygon(QPolygonF({QPointF(-half, 0), QPointF(0, -half), QPointF(half, 0), QPointF(0, half)}));
      break;
    case drawing::PortMark::Square:
      path.addRect(-port::kSquare / 2, -port::kSquare / 2, port::kSquare, port::kSquare);
      break;
    case drawing::PortMark::Triangle:
      path.addPolygon(QPolygonF({QPointF(-port::kCircle, -half), QPointF(half, 0), QPointF(-port::kCircle, half)}));
      break;
  }
  path.closeSubpath();
  return path;
}

}  // namespace weir::designer
