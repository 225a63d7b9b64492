// Every number and colour of the designer. Nothing else in designer/ui writes one down: a test reads all sources.
#pragma once

#include <QColor>
#include <array>
#include <cstddef>
#include <cstdint>

namespace weir::designer {

enum class ColorScheme : std::uint8_t { Light, Dark };

// What a node is, as its colour and silhouette tell. In the order of `Colors::kinds`.
enum class Kind : std::uint8_t { Source, Stateless, Stateful, Window, Sink, Topic };
inline constexpr std::size_t kKindCount = 6;

constexpr QColor colorOf(std::uint32_t rgb) {
  return {static_cast<int>(rgb >> 16U & 0xFFU), static_cast<int>(rgb >> 8U & 0xFFU), static_cast<int>(rgb & 0xFFU)};
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
  QColor wire;           // wires, ports
  QColor error;          //
  QColor errorSoft;      //
  QColor warning;        // text, outline
  QColor warningSoft;    //
  QColor warningFill;    // bars
  QColor ok;             //
  QColor stale;          // figures that are old
  QColor tooltip;        //
  QColor tooltipText;    //
  QColor shadow;         // of a node, at kShadowOpacity; light only
  double haloOpacity;    // accent around what is selected
  double groupOpacity;   // accent within a group
  double shadowOpacity;  //
  double hoverOpacity;   // text over what the mouse is on
  double pressedOpacity;
  double veilOpacity;  // canvas over what lies behind a popover
  std::array<KindColors, kKindCount> kinds;

  const KindColors& of(Kind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

inline constexpr QColor kDarkInk = colorOf(0x14161A);
inline constexpr QColor kLightInk = colorOf(0xFFFFFF);

inline constexpr Colors kLightColors = {
    .window = colorOf(0xF3F4F6),
    .base = colorOf(0xFFFFFF),
    .alternate = colorOf(0xF8F9FA),
    .button = colorOf(0xFFFFFF),
    .border = colorOf(0xD5D9DF),
    .control = colorOf(0x858E99),
    .text = colorOf(0x1B1F24),
    .secondaryText = colorOf(0x57606B),
    .disabled = colorOf(0x8C949E),
    .accent = colorOf(0x5B4BDB),
    .onAccent = colorOf(0xFFFFFF),
    .accentSoft = colorOf(0xECE9FD),
    .canvas = colorOf(0xF7F8FA),
    .grid = colorOf(0xD3D8DF),
    .card = colorOf(0xFFFFFF),
    .cardBorder = colorOf(0xB4BCC6),
    .wire = colorOf(0x78828E),
    .error = colorOf(0xB42318),
    .errorSoft = colorOf(0xFDECEA),
    .warning = colorOf(0x8A5300),
    .warningSoft = colorOf(0xFFF4DC),
    .warningFill = colorOf(0xC27A00),
    .ok = colorOf(0x0B7A53),
    .stale = colorOf(0x68717C),
    .tooltip = colorOf(0x1B1F24),
    .tooltipText = colorOf(0xFFFFFF),
    .shadow = colorOf(0x1B1F24),
    .haloOpacity = 0.22,
    .groupOpacity = 0.04,
    .shadowOpacity = 0.07,
    .hoverOpacity = 0.06,
    .pressedOpacity = 0.12,
    .veilOpacity = 0.6,
    .kinds = {{{colorOf(0x009E73), kDarkInk},
               {colorOf(0x005A94), kLightInk},
               {colorOf(0xC2639A), kDarkInk},
               {colorOf(0x2F97D4), kDarkInk},
               {colorOf(0xD55E00), kDarkInk},
               {colorOf(0x434B56), kLightInk}}},
};

inline constexpr Colors kDarkColors = {
    .window = colorOf(0x1F2228),
    .base = colorOf(0x181A1F),
    .alternate = colorOf(0x1C1F25),
    .button = colorOf(0x2A2E36),
    .border = colorOf(0x343941),
    .control = colorOf(0x6F7884),
    .text = colorOf(0xE6E9ED),
    .secondaryText = colorOf(0xA4ADB8),
    .disabled = colorOf(0x6C7580),
    .accent = colorOf(0xA99DFF),
    .onAccent = colorOf(0x14121F),
    .accentSoft = colorOf(0x332F55),
    .canvas = colorOf(0x14161A),
    .grid = colorOf(0x2B3038),
    .card = colorOf(0x252931),
    .cardBorder = colorOf(0x4A525D),
    .wire = colorOf(0x818B97),
    .error = colorOf(0xFF8A80),
    .errorSoft = colorOf(0x3D2325),
    .warning = colorOf(0xF2B84B),
    .warningSoft = colorOf(0x3A301C),
    .warningFill = colorOf(0xF2B84B),
    .ok = colorOf(0x4CC38A),
    .stale = colorOf(0x98A1AC),
    .tooltip = colorOf(0x2A2E36),
    .tooltipText = colorOf(0xE6E9ED),
    .shadow = colorOf(0x1B1F24),
    .haloOpacity = 0.35,
    .groupOpacity = 0.06,
    .shadowOpacity = 0,
    .hoverOpacity = 0.06,
    .pressedOpacity = 0.12,
    .veilOpacity = 0.6,
    .kinds = {{{colorOf(0x12A97F), kDarkInk},
               {colorOf(0x1F86CB), kDarkInk},
               {colorOf(0xD884B4), kDarkInk},
               {colorOf(0x6CBDEB), kDarkInk},
               {colorOf(0xE06C1C), kDarkInk},
               {colorOf(0xBCC4CD), kDarkInk}}},
};

}  // namespace weir::designer

#include "designer/ui/theme/sizes.h"  // IWYU pragma: export
