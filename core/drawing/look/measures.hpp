// The measures of a picture: what is painted on the canvas and what is exported have them alike. Colours: colours.hpp.
#pragma once

namespace weir::drawing {

// Everything stands on this grid.
inline constexpr double kGrid = 8;

// Nodes
inline constexpr double kNodeWidth = 208;
inline constexpr double kWideNodeWidth = 256;  // when the name needs it
inline constexpr double kNodeHeight = 72;
inline constexpr double kNodeRadius = 6;
inline constexpr double kRoundEnd = 24;  // sources at the left, sinks at the right
inline constexpr double kTopicEnd = 20;
inline constexpr double kCutCorner = 12;  // windows
inline constexpr double kCapWidth = 32;   // the coloured part at the left, with the icon
inline constexpr double kNodeIcon = 18;
inline constexpr double kTextInset = 10;      // after the cap
inline constexpr double kTextMargin = 12;     // before the right edge
inline constexpr double kCutTextMargin = 18;  // before a round or cut right edge
inline constexpr double kBadgeSize = 16;
inline constexpr double kBadgeShare = 20;  // what a badge takes from the name
inline constexpr double kNameTop = 8;
inline constexpr double kNameBottom = 28;
inline constexpr double kWordsTop = 30;  // of the first line
inline constexpr double kWordsLine = 16;
inline constexpr double kPlateMargin = 4;  // of the plain ground of a text on hatching, at its sides
inline constexpr double kSecondCard = 4;   // how far the card behind a stateful node stands out
inline constexpr double kShadowOffset = 2;

// Lines
inline constexpr double kIdleOpacity = 0.45;  // of what does not run
inline constexpr double kBorder = 1;
inline constexpr double kStateBorder = 1.5;  // error, warning, draft
inline constexpr double kDash = 4;
inline constexpr double kDashGap = 3;
inline constexpr double kHatchStep = 8;  // along an edge, from one slanting line to the next

// Ports
inline constexpr double kOnlyPort = 36;   // y of a single port
inline constexpr double kFirstPort = 24;  // y of the first of several
inline constexpr double kPortStep = 24;
inline constexpr double kPortCircle = 5;   // radius
inline constexpr double kPortDiamond = 6;  // half
inline constexpr double kPortSquare = 9;   // side
inline constexpr double kPortRing = 1.5;

// Groups and comments
inline constexpr double kGroupTop = 40;
inline constexpr double kGroupSide = 16;
inline constexpr double kGroupBottom = 32;
inline constexpr double kGroupRadius = 8;
inline constexpr double kCommentWidth = 240;
inline constexpr double kLeastCommentWidth = 4 * kGrid;
inline constexpr double kCommentGround = 0.1;  // how much of its colour is behind the text of one that has a colour
inline constexpr double kCommentLine = 20;
inline constexpr double kCommentBar = 3;
inline constexpr double kCommentInset = 10;  // from the bar to the text

// Sizes of texts, in whole pixels as fonts have them
inline constexpr int kNameText = 13;
inline constexpr int kWordsText = 12;
inline constexpr int kGroupTitleText = 12;
inline constexpr int kCommentText = 13;

// Layout
inline constexpr double kColumnGap = 112;
inline constexpr double kChannel = 12;  // between two wires side by side
inline constexpr double kRowGap = 56;

// Wires
inline constexpr double kWireWidth = 1.5;
inline constexpr double kWireCasing = 2;  // at each side
inline constexpr double kWireCorner = 8;
inline constexpr double kLinkStub = 16;    // from a port to the tag of a link
inline constexpr double kLinkHeight = 20;  // of a tag
inline constexpr double kLinkRadius = 4;
inline constexpr double kLinkInset = 6;  // from its edge to its text
inline constexpr double kLinkText = 96;  // of its text, at most
inline constexpr double kLinkBaseline = 14;

}  // namespace weir::drawing
