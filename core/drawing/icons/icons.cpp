#include "core/drawing/icons/icons.hpp"

#include <algorithm>
#include <iterator>

#include "core/drawing/icons/icon_table.hpp"

namespace weir::drawing {

namespace {

constexpr bool byName(const IconEntry& entry, std::string_view name) {
  return entry.name < name;
}

}  // namespace

std::string_view iconDrawing(std::string_view name) {
  const IconEntry* const found = std::lower_bound(std::begin(kIcons), std::end(kIcons), name, byName);
  return found != std::end(kIcons) && found->name == name ? found->drawing : std::string_view();
}

std::string iconSvg(std::string_view name, std::string_view colour) {
  std::string_view drawing = iconDrawing(name);
  if (drawing.empty()) drawing = iconDrawing("circle-question-mark");
  std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke=")";
  svg += colour;
  svg += R"(" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">)";
  svg += drawing;
  return svg + "</svg>";
}

std::string_view iconNameFor(NodeKind kind, std::string_view name) {
  if (!iconDrawing(name).empty()) return name;
  switch (kind) {
    case NodeKind::Source: return "activity";
    case NodeKind::Stateless: return "blocks";
    case NodeKind::Stateful: return "layers";
    case NodeKind::Window: return "timer";
    case NodeKind::Sink: return "upload";
    case NodeKind::Topic: return "database";
  }
  return {};
}

std::vector<std::string_view> iconNames() {
  std::vector<std::string_view> names;
  for (const IconEntry& entry : kIcons) names.push_back(entry.name);
  return names;
}

}  // namespace weir::drawing
