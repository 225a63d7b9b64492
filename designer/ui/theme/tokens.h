// Every number and colour of the designer. Nothing else in designer/ui writes one down: a test reads all sources. What
// is on a picture as well comes from core/drawing/look.
#pragma once

#include <QColor>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/drawing/look/colours.hpp"

namespace weir::designer {

enum class ColorScheme : std::uint8_t { Light, Dark };

using drawing::NodeKind;

constexpr QColor colorOf(std::uint32_t rgb) {
  return {static_cast<int>(rgb >> 16U & 0xFFU), static_cast<int>(rgb >> 8U & 0xFFU), static_cast<int>(rgb & 0xFFU)};
}
constexpr QColor colorOf(drawing::Colour colour) {
  return colorOf(colour.rgb);
}

// The cap of a node and its tile in the palette; states never fill one, and no state has one of these colours.
struct KindColors {
  QColor fill;
  QColor ink;  // the icon on it
};

struct Colors {
  QColor window;         // docks, bars
  QColor base;           // fields, tables
  QColor alternate;      // every second row, headers
  QColor button;         // push buttons
  QColor border;         // separators, 1 px
  QColor control;        // outlines of fields and checks
  QColor text;           //
  QColor secondaryText;  // help, icons, placeholders
  QColor disabled;       //
  QColor accent;         // selection, focus, default button
  QColor onAccent;       //
  QColor accentSoft;     // selected rows, checked tools
  QColor canvas;         //
  QColor grid;           //
  QColor card;           // nodes
  QColor cardBorder;     //
  QColor hatch;          // over what is missing
  QColor wire;           // wires, ports
  QColor error;          //
  QColor errorSoft;      //
  QColor warning;        // text, outline
  QColor warningSoft;    //
  QColor ok;             //
  QColor tooltip;        //
  QColor tooltipText;    //
  QColor shadow;         // of a node, at kShadowOpacity; light only
  double haloOpacity;    // accent around what is selected
  double groupOpacity;   // accent within a group
  double shadowOpacity;  //
  double guideOpacity;   // accent of the lines that things are lined up with
  double hoverOpacity;   // text over what the mouse is on
  double pressedOpacity;
  double veilOpacity;  // canvas over what lies behind a popover
  std::array<KindColors, drawing::kNodeKindCount> kinds;

  const KindColors& of(NodeKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

constexpr std::array<KindColors, drawing::kNodeKindCount> kindsOf(const drawing::Colours& picture) {
  std::array<KindColors, drawing::kNodeKindCount> kinds;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    kinds[kind] = {colorOf(picture.kinds[kind].fill), colorOf(picture.kinds[kind].ink)};
  }
  return kinds;
}

inline constexpr Colors kLightColors = {
    .window = colorOf(0xF3F4F6),
    .base = colorOf(0xFFFFFF),
    .alternate = colorOf(0xF8F9FA),
    .button = colorOf(0xFFFFFF),
    .border = colorOf(0xD5D9DF),
    .control = colorOf(drawing::kLightColours.control),
    .text = colorOf(drawing::kLightColours.text),
    .secondaryText = colorOf(drawing::kLightColours.secondaryText),
    .disabled = colorOf(0x8C949E),
    .accent = colorOf(drawing::kLightColours.accent),
    .onAccent = colorOf(0xFFFFFF),
    .accentSoft = colorOf(0xECE9FD),
    .canvas = colorOf(drawing::kLightColours.canvas),
    .grid = colorOf(0xD3D8DF),
    .card = colorOf(drawing::kLightColours.card),
    .cardBorder = colorOf(drawing::kLightColours.cardBorder),
    .hatch = colorOf(drawing::kLightColours.hatch),
    .wire = colorOf(drawing::kLightColours.wire),
    .error = colorOf(drawing::kLightColours.error),
    .errorSoft = colorOf(0xFDECEA),
    .warning = colorOf(drawing::kLightColours.warning),
    .warningSoft = colorOf(0xFFF4DC),
    .ok = colorOf(0x0B7A53),
    .tooltip = colorOf(0x1B1F24),
    .tooltipText = colorOf(0xFFFFFF),
    .shadow = colorOf(drawing::kLightColours.shadow),
    .haloOpacity = 0.22,
    .groupOpacity = drawing::kLightColours.groupOpacity,
    .shadowOpacity = drawing::kLightColours.shadowOpacity,
    .guideOpacity = 0.7,
    .hoverOpacity = 0.06,
    .pressedOpacity = 0.12,
    .veilOpacity = 0.6,
    .kinds = kindsOf(drawing::kLightColours),
};

inline constexpr Colors kDarkColors = {
    .window = colorOf(0x1F2228),
    .base = colorOf(0x181A1F),
    .alternate = colorOf(0x1C1F25),
    .button = colorOf(0x2A2E36),
    .border = colorOf(0x343941),
    .control = colorOf(drawing::kDarkColours.control),
    .text = colorOf(drawing::kDarkColours.text),
    .secondaryText = colorOf(drawing::kDarkColours.secondaryText),
    .disabled = colorOf(0x6C7580),
    .accent = colorOf(drawing::kDarkColours.accent),
    .onAccent = colorOf(0x14121F),
    .accentSoft = colorOf(0x332F55),
    .canvas = colorOf(drawing::kDarkColours.canvas),
    .grid = colorOf(0x2B3038),
    .card = colorOf(drawing::kDarkColours.card),
    .cardBorder = colorOf(drawing::kDarkColours.cardBorder),
    .hatch = colorOf(drawing::kDarkColours.hatch),
    .wire = colorOf(drawing::kDarkColours.wire),
    .error = colorOf(drawing::kDarkColours.error),
    .errorSoft = colorOf(0x3D2325),
    .warning = colorOf(drawing::kDarkColours.warning),
    .warningSoft = colorOf(0x3A301C),
    .ok = colorOf(0x4CC38A),
    .tooltip = colorOf(0x2A2E36),
    .tooltipText = colorOf(0xE6E9ED),
    .shadow = colorOf(drawing::kDarkColours.shadow),
    .haloOpacity = 0.35,
    .groupOpacity = drawing::kDarkColours.groupOpacity,
    .shadowOpacity = drawing::kDarkColours.shadowOpacity,
    .guideOpacity = 0.7,
    .hoverOpacity = 0.06,
    .pressedOpacity = 0.12,
    .veilOpacity = 0.6,
    .kinds = kindsOf(drawing::kDarkColours),
};

}  // namespace weir::designer

#include "designer/ui/theme/sizes.h"  // IWYU pragma: export
