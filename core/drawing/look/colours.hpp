// The colours of a picture, light and dark: those of the canvas and of what is exported from it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/drawing/look/kinds.hpp"

namespace weir::drawing {

struct Colour {
  std::uint32_t rgb = 0;  // 0xRRGGBB

  friend bool operator==(const Colour&, const Colour&) = default;
};

// The cap of a node. States never fill one, and no state has one of these colours.
struct KindColours {
  Colour fill;
  Colour ink;  // the icon on it
};

struct Colours {
  Colour canvas;
  Colour card;        // nodes
  Colour cardBorder;  //
  Colour text;
  Colour secondaryText;
  Colour control;  // dashes of drafts, the cap of what is missing, the bar of a comment
  Colour hatch;    // over what is missing
  Colour wire;     // wires, ports
  Colour accent;
  Colour error;
  Colour warning;
  Colour shadow;         // of a node
  double shadowOpacity;  // none: the dark one has no shadows
  double groupOpacity;   // accent within a group
  std::array<KindColours, kNodeKindCount> kinds;

  const KindColours& of(NodeKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

inline constexpr Colour kDarkInk{0x14161A};
inline constexpr Colour kLightInk{0xFFFFFF};

inline constexpr Colours kLightColours = {
    .canvas = {0xF7F8FA},
    .card = {0xFFFFFF},
    .cardBorder = {0xB4BCC6},
    .text = {0x1B1F24},
    .secondaryText = {0x57606B},
    .control = {0x858E99},
    .hatch = {0xD5D9DF},
    .wire = {0x78828E},
    .accent = {0x5B4BDB},
    .error = {0xB42318},
    .warning = {0x8A5300},
    .shadow = {0x1B1F24},
    .shadowOpacity = 0.07,
    .groupOpacity = 0.04,
    .kinds = {{{{0x009E73}, kDarkInk},
               {{0x005A94}, kLightInk},
               {{0xC2639A}, kDarkInk},
               {{0x2F97D4}, kDarkInk},
               {{0xD55E00}, kDarkInk},
               {{0x434B56}, kLightInk}}},
};

inline constexpr Colours kDarkColours = {
    .canvas = {0x14161A},
    .card = {0x252931},
    .cardBorder = {0x4A525D},
    .text = {0xE6E9ED},
    .secondaryText = {0xA4ADB8},
    .control = {0x6F7884},
    .hatch = {0x343941},
    .wire = {0x818B97},
    .accent = {0xA99DFF},
    .error = {0xFF8A80},
    .warning = {0xF2B84B},
    .shadow = {0x1B1F24},
    .shadowOpacity = 0,
    .groupOpacity = 0.06,
    .kinds = {{{{0x12A97F}, kDarkInk},
               {{0x1F86CB}, kDarkInk},
               {{0xD884B4}, kDarkInk},
               {{0x6CBDEB}, kDarkInk},
               {{0xE06C1C}, kDarkInk},
               {{0xBCC4CD}, kDarkInk}}},
};

}  // namespace weir::drawing
