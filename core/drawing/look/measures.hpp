// The measures of a drawing. Colours are not here: they belong to whoever paints.
#pragma once

namespace weir::drawing {

// Everything stands on this grid.
inline constexpr double kGrid = 8;

// Nodes
inline constexpr double kNodeWidth = 208;
inline constexpr double kWideNodeWidth = 256;  // when the name needs it
inline constexpr double kNodeHeight = 72;
inline constexpr double kCapWidth = 32;       // the coloured part at the left, with the icon
inline constexpr double kTextInset = 10;      // after the cap
inline constexpr double kTextMargin = 12;     // before the right edge
inline constexpr double kCutTextMargin = 18;  // before a round or cut right edge
inline constexpr double kBadgeSize = 16;
inline constexpr double kBadgeShare = 20;  // what a badge takes from the name
inline constexpr double kNameTop = 8;
inline constexpr double kNameBottom = 28;
inline constexpr double kWordsTop = 30;  // of the first line
inline constexpr double kWordsLine = 16;
inline constexpr double kSecondCard = 4;  // how far the card behind a stateful node stands out

// Ports
inline constexpr double kOnlyPort = 36;   // y of a single port
inline constexpr double kFirstPort = 24;  // y of the first of several
inline constexpr double kPortStep = 24;

// Groups and comments
inline constexpr double kGroupTop = 40;
inline constexpr double kGroupSide = 16;
inline constexpr double kGroupBottom = 32;
inline constexpr double kCommentWidth = 240;
inline constexpr double kCommentLine = 20;
inline constexpr double kCommentBar = 3;
inline constexpr double kCommentInset = 10;  // from the bar to the text

// Layout
inline constexpr double kColumnGap = 112;
inline constexpr double kChannel = 12;  // between two wires side by side
inline constexpr double kRowGap = 56;

// Wires
inline constexpr double kWireCorner = 8;

}  // namespace weir::drawing
