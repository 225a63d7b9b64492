#include "core/drawing/look/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

namespace {

using Kind = PathStep::Kind;

void line(Path& path, Point to) {
  path.push_back({Kind::Line, to, {}});
}

Path polygon(std::initializer_list<Point> points) {
  Path path;
  for (const Point& point : points) line(path, point);
  path.front().kind = Kind::Move;
  path.push_back({Kind::Close, {}, {}});
  return path;
}

// How large the corners are at each side, and whether they are round or cut.
struct Corners {
  double left;
  double right;
  Kind kind;
};

Corners cornersOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::Source: return {kRoundEnd, kNodeRadius, Kind::Round};
    case NodeKind::Sink: return {kNodeRadius, kRoundEnd, Kind::Round};
    case NodeKind::Topic: return {kTopicEnd, kTopicEnd, Kind::Round};
    case NodeKind::Window: return {kCutCorner, kCutCorner, Kind::Line};
    case NodeKind::Stateless:
    case NodeKind::Stateful: break;
  }
  return {kNodeRadius, kNodeRadius, Kind::Round};
}

// From the top left corner, clockwise.
Path box(const Rect& rect, const Corners& corners) {
  Path path;
  const auto corner = [&](Point from, Point at, Point to) {
    line(path, from);
    if (from != to) path.push_back({corners.kind, to, at});
  };
  const auto [left, right, kind] = corners;
  const double x = rect.right();
  const double y = rect.bottom();
  path.push_back({Kind::Move, {rect.x + left, rect.y}, {}});
  corner({x - right, rect.y}, {x, rect.y}, {x, rect.y + right});
  corner({x, y - right}, {x, y}, {x - right, y});
  corner({rect.x + left, y}, {rect.x, y}, {rect.x, y - left});
  corner({rect.x, rect.y + left}, {rect.x, rect.y}, {rect.x + left, rect.y});
  path.push_back({Kind::Close, {}, {}});
  return path;
}

Path circle(double radius) {
  const double r = radius;
  return {{Kind::Move, {r, 0}, {}},         {Kind::Round, {0, r}, {r, r}},  {Kind::Round, {-r, 0}, {-r, r}},
          {Kind::Round, {0, -r}, {-r, -r}}, {Kind::Round, {r, 0}, {r, -r}}, {Kind::Close, {}, {}}};
}

}  // namespace

Path silhouette(NodeKind kind, Size size) {
  return box(Rect::of({}, size).grown(-kBorder / 2), cornersOf(kind));
}

Path capSilhouette(NodeKind kind, Size size) {
  Rect rect = Rect::of({}, size).grown(-kBorder / 2);
  rect.width = kCapWidth - rect.x;
  Corners corners = cornersOf(kind);
  corners.right = 0;
  return box(rect, corners);
}

Path portShape(PortMark mark) {
  constexpr double kHalf = kPortSquare / 2;
  constexpr double kFar = kPortDiamond;
  switch (mark) {
    case PortMark::Circle: break;
    case PortMark::Diamond: return polygon({{-kFar, 0}, {0, -kFar}, {kFar, 0}, {0, kFar}});
    case PortMark::Square: return polygon({{-kHalf, -kHalf}, {kHalf, -kHalf}, {kHalf, kHalf}, {-kHalf, kHalf}});
    case PortMark::Triangle: return polygon({{-kPortCircle, -kFar}, {kFar, 0}, {-kPortCircle, kFar}});
  }
  return circle(kPortCircle);
}

Path wireShape(const std::vector<Point>& way) {
  Path path;
  if (way.empty()) return path;
  path.push_back({Kind::Move, way.front(), {}});
  for (std::size_t point = 1; point + 1 < way.size(); ++point) {
    const Point before = way[point - 1] - way[point];
    const Point after = way[point + 1] - way[point];
    const double in = std::hypot(before.x, before.y);
    const double out = std::hypot(after.x, after.y);
    const double radius = std::min({kWireCorner, in / 2, out / 2});
    if (radius <= 0) continue;
    line(path, way[point] + Point{before.x * (radius / in), before.y * (radius / in)});
    path.push_back({Kind::Bend, way[point] + Point{after.x * (radius / out), after.y * (radius / out)}, way[point]});
  }
  line(path, way.back());
  return path;
}

Point middleOf(const std::vector<Point>& way) {
  const auto length = [&](std::size_t piece) {
    return std::hypot(way[piece].x - way[piece - 1].x, way[piece].y - way[piece - 1].y);
  };
  double left = 0;
  for (std::size_t piece = 1; piece < way.size(); ++piece) left += length(piece);
  left /= 2;
  for (std::size_t piece = 1; piece < way.size(); ++piece) {
    const Point by = way[piece] - way[piece - 1];
    if (length(piece) > 0 && length(piece) >= left) {
      return way[piece - 1] + Point{by.x * (left / length(piece)), by.y * (left / length(piece))};
    }
    left -= length(piece);
  }
  return way.empty() ? Point{} : way.back();
}

}  // namespace weir::drawing
