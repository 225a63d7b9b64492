#include "core/drawing/exports/internal/markup.hpp"

#include <cmath>
#include <cstdio>

namespace weir::drawing::exports {

namespace {

std::string pair(Point point) {
  return number(point.x) + " " + number(point.y);
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

std::string hexOf(Colour colour) {
  char text[8];
  std::snprintf(text, sizeof(text), "#%06X", static_cast<unsigned>(colour.rgb & 0xFFFFFFU));
  return text;
}

std::string pathData(const Path& path) {
  std::string out;
  for (const PathStep& step : path) {
    switch (step.kind) {
      case PathStep::Kind::Move: out += "M" + pair(step.to); break;
      case PathStep::Kind::Line: out += "L" + pair(step.to); break;
      case PathStep::Kind::Round: {
        const std::string radius = number(std::abs(step.to.x - step.corner.x) + std::abs(step.to.y - step.corner.y));
        out += "A" + radius + " " + radius + " 0 0 1 " + pair(step.to);
        break;
      }
      case PathStep::Kind::Bend: out += "Q" + pair(step.corner) + " " + pair(step.to); break;
      case PathStep::Kind::Close: out += "Z"; break;
    }
  }
  return out;
}

}  // namespace weir::drawing::exports
