// Points, sizes and rectangles of a picture. One unit is one device-independent pixel; y grows downwards.
#pragma once

#include <algorithm>

namespace weir::drawing {

struct Point {
  double x = 0;
  double y = 0;

  friend Point operator+(Point left, Point right) { return {left.x + right.x, left.y + right.y}; }
  friend Point operator-(Point left, Point right) { return {left.x - right.x, left.y - right.y}; }
  friend bool operator==(const Point&, const Point&) = default;
};

struct Size {
  double width = 0;
  double height = 0;

  friend bool operator==(const Size&, const Size&) = default;
};

struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  static Rect of(Point corner, Size size) { return {corner.x, corner.y, size.width, size.height}; }

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Point corner() const { return {x, y}; }
  Point centre() const { return {x + width / 2, y + height / 2}; }
  bool empty() const { return width <= 0 || height <= 0; }

  // Rectangles that only touch do not intersect.
  bool intersects(const Rect& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
  bool contains(Point point) const { return point.x >= x && point.x <= right() && point.y >= y && point.y <= bottom(); }
  Rect grown(double by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
  Rect moved(Point by) const { return {x + by.x, y + by.y, width, height}; }
  // The smallest rectangle around both; an empty one adds nothing.
  Rect united(const Rect& other) const {
    if (empty()) return other;
    if (other.empty()) return *this;
    const double left = std::min(x, other.x);
    const double top = std::min(y, other.y);
    return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
  }

  friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace weir::drawing
