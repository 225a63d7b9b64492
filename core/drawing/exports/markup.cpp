#include "core/drawing/exports/markup.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/drawing/look/measures.hpp"

namespace weir::drawing::exports {

namespace {

constexpr double kSourceRound = 24;
constexpr double kTopicRound = 20;
constexpr double kRound = 6;
constexpr double kCut = 12;

struct Corners {
  double left;
  double right;
};

Corners cornersOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::Source: return {kSourceRound, kRound};
    case NodeKind::Sink: return {kRound, kSourceRound};
    case NodeKind::Topic: return {kTopicRound, kTopicRound};
    case NodeKind::Window: return {kCut, kCut};
    case NodeKind::Stateless:
    case NodeKind::Stateful: break;
  }
  return {kRound, kRound};
}

std::string corner(NodeKind kind, double radius, double x, double y) {
  if (radius == 0) return "";
  const std::string to = number(x) + " " + number(y);
  if (kind == NodeKind::Window) return "L" + to;
  return "A" + number(radius) + " " + number(radius) + " 0 0 1 " + to;
}

std::string box(NodeKind kind, double width, double height, Corners corners) {
  const auto [left, right] = corners;
  std::string out = "M" + number(left) + " 0H" + number(width - right);
  out += corner(kind, right, width, right) + "V" + number(height - right);
  out += corner(kind, right, width - right, height) + "H" + number(left);
  out += corner(kind, left, 0, height - left) + "V" + number(left);
  return out + corner(kind, left, left, 0) + "Z";
}

}  // namespace

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2f", value);
  std::string out = text;
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char character : text) {
    switch (character) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(character) >= 0x20) out += character;
    }
  }
  return out;
}

std::string outline(NodeKind kind, Size size) {
  return box(kind, size.width, size.height, cornersOf(kind));
}

std::string capOutline(NodeKind kind, Size size) {
  return box(kind, kCapWidth, size.height, {cornersOf(kind).left, 0});
}

std::string wireOutline(const WirePath& path) {
  if (path.empty()) return "";
  std::string out = "M" + number(path[0].x) + " " + number(path[0].y);
  for (std::size_t point = 1; point + 1 < path.size(); ++point) {
    const auto step = [&](Point to) {
      const Point by = to - path[point];
      const double length = std::abs(by.x) + std::abs(by.y);
      const double radius = std::min(kWireCorner, length / 2);
      return length == 0 ? path[point] : path[point] + Point{by.x / length * radius, by.y / length * radius};
    };
    const Point in = step(path[point - 1]);
    const Point on = step(path[point + 1]);
    out += "L" + number(in.x) + " " + number(in.y) + "Q" + number(path[point].x) + " " + number(path[point].y) + " " +
           number(on.x) + " " + number(on.y);
  }
  return out + "L" + number(path.back().x) + " " + number(path.back().y);
}

Point middleOf(const WirePath& path) {
  const auto length = [&](std::size_t piece) {
    return std::abs(path[piece].x - path[piece - 1].x) + std::abs(path[piece].y - path[piece - 1].y);
  };
  double left = 0;
  for (std::size_t piece = 1; piece < path.size(); ++piece) left += length(piece) / 2;
  for (std::size_t piece = 1; piece < path.size(); ++piece) {
    const Point way = path[piece] - path[piece - 1];
    if (length(piece) > 0 && length(piece) >= left) {
      return path[piece - 1] + Point{way.x * left / length(piece), way.y * left / length(piece)};
    }
    left -= length(piece);
  }
  return path.empty() ? Point{} : path.back();
}

std::string_view iconOutline(NodeKind kind) {
  switch (kind) {
    case NodeKind::Source: return "M-8 0H-4L-2 -6L2 6L4 0H8";
    case NodeKind::Stateless: return "M-7 -6H7L2 1V6L-2 4V1Z";
    case NodeKind::Stateful: return "M-6 -6H6V6H-6ZM-6 -2H6M-6 2H6M-1 -2V6";
    case NodeKind::Window: return "M-2 -8H2M0 0L2 -2M-6 1A6 6 0 1 0 6 1A6 6 0 1 0 -6 1";
    case NodeKind::Sink: return "M0 -7V2M-3.5 -1.5L0 2L3.5 -1.5M-6 6H6";
    case NodeKind::Topic: return "M-6 -5A6 2.5 0 1 0 6 -5A6 2.5 0 1 0 -6 -5V5A6 2.5 0 0 0 6 5V-5M-6 0A6 2.5 0 0 0 6 0";
  }
  return "";
}

}  // namespace weir::drawing::exports
