// The sizes of tokens.h, in device-independent pixels; durations in milliseconds. Included through tokens.h. What the
// canvas has in common with an exported picture stands in core/drawing/look/measures.hpp.
#pragma once

namespace weir::designer {

namespace space {
inline constexpr int kTiny = 4;
inline constexpr int kSmall = 8;
inline constexpr int kMedium = 12;
inline constexpr int kLarge = 16;
inline constexpr int kHuge = 24;
inline constexpr int kPanelInset = 12;
}  // namespace space

namespace control {
inline constexpr int kHeight = 30;
inline constexpr int kRadius = 4;
inline constexpr int kCardRadius = 8;  // cards, popovers
inline constexpr int kCardLine = 16;   // of the text of a card
inline constexpr double kOutline = 1;
inline constexpr double kFocusRing = 2;
inline constexpr int kFieldInset = 8;  // line edit, combo box, header
inline constexpr int kButtonPadding = 28;
inline constexpr int kListRow = 28;
inline constexpr int kTableRow = 26;
inline constexpr int kHeaderHeight = 28;
inline constexpr int kCheck = 16;
inline constexpr int kCheckGap = 8;
inline constexpr int kArrow = 16;
inline constexpr int kScrollBar = 10;
inline constexpr int kScrollHandle = 6;
inline constexpr int kScrollHandleLength = 32;
inline constexpr int kTabHeight = 28;
inline constexpr int kTabPadding = 12;
inline constexpr int kTabUnderline = 2;
inline constexpr int kMenuBarItem = 24;
inline constexpr int kMenuBarPadding = 10;
inline constexpr int kMenuItem = 28;
inline constexpr int kMenuIcon = 32;      // the column before a menu entry's text
inline constexpr int kMenuShortcut = 32;  // the least gap before its shortcut
inline constexpr int kMenuEnd = 28;       // behind it: room for the arrow of a submenu
inline constexpr int kTileSmall = 20;     // a kind's tile in a list
inline constexpr int kTileRadius = 4;
inline constexpr int kTileIcon = 14;
inline constexpr int kProgress = 3;
}  // namespace control

namespace icon {
inline constexpr int kSmall = 16;
inline constexpr int kMedium = 18;
inline constexpr int kLarge = 24;
}  // namespace icon

namespace text_size {
inline constexpr int kBody = 13;
inline constexpr int kLabel = 12;
inline constexpr int kHelp = 12;
inline constexpr int kSection = 11;
inline constexpr int kInspectorTitle = 15;
inline constexpr int kEmptyTitle = 22;
inline constexpr int kPortLabel = 11;
inline constexpr int kCode = 12;
inline constexpr int kFigures = 11;
}  // namespace text_size

namespace canvas {
inline constexpr int kGrid = 24;
inline constexpr double kGridDot = 1.5;
inline constexpr double kGridHiddenBelow = 0.5;  // zoom
inline constexpr double kFullDetailFrom = 0.66;  // zoom: below, cap and name
inline constexpr double kNodeDetailFrom = 0.33;  // zoom: below, the overview
inline constexpr double kOpensWholeBelow = 0.5;  // of that for full detail: what is so large is seen as a whole first
inline constexpr int kCacheMegabytes = 64;       // pixmaps of nodes
inline constexpr double kNameScale = 1.5;        // of a node's name where it stands alone
inline constexpr double kOverviewDot = 6;        // of a problem, whatever the zoom
inline constexpr double kLeastZoom = 0.05;
inline constexpr double kMostZoom = 4;
inline constexpr double kZoomStep = 1.25;
inline constexpr int kMovedByKey = 8;
inline constexpr int kMovedFarByKey = 24;
inline constexpr int kDragDistance = 4;  // from press to drag
inline constexpr int kFitMargin = 48;
inline constexpr double kRefitsDownTo = 0.85;  // of the zoom: what is smaller is no fit that follows a bar
inline constexpr int kScrollNotch = 72;        // by one notch of the wheel
inline constexpr int kEdgeStep = 16;           // a frame, while something is dragged to the edge
inline constexpr int kPopupWidth = 320;
inline constexpr int kPopupRows = 9;
inline constexpr int kMinimapWidth = 176;
inline constexpr int kMinimapHeight = 112;
inline constexpr double kMinimapScaleMost = 0.12;  // a small topology is not blown up
inline constexpr double kMinimapFaded = 0.35;      // over nodes, while nobody uses it
inline constexpr int kOverlayInset = 16;
inline constexpr int kZoomPillHeight = 32;
}  // namespace canvas

namespace node {
inline constexpr double kHoverBorder = 1.5;
inline constexpr double kSelectedBorder = 2;
inline constexpr int kHalo = 4;
inline constexpr int kCurrentRing = 2;
inline constexpr int kCurrentRingOffset = 4;
}  // namespace node

namespace port {
inline constexpr int kHitArea = 24;
inline constexpr double kFittingScale = 1.3;  // while wiring
inline constexpr double kUnfitOpacity = 0.35;
}  // namespace port

namespace wire {
inline constexpr double kSelectedMore = 1;
inline constexpr double kDraft = 2;
inline constexpr int kHitWidth = 12;
inline constexpr int kChipHeight = 18;
inline constexpr double kBend = 4;       // radius of the handle of a bend
inline constexpr double kFreshBend = 3;  // of that which a drag makes one from
inline constexpr double kBendReach = 9;  // how near to one the mouse is on it
inline constexpr double kEndReach = 40;  // along a wire: what belongs to its ends
}  // namespace wire

namespace shell {
inline constexpr int kDefaultWidth = 1440;
inline constexpr int kDefaultHeight = 900;
inline constexpr int kMinimumWidth = 1024;
inline constexpr int kMinimumHeight = 680;
inline constexpr int kFoldsBelow = 1200;  // the width of a window: inspector, minimap, an empty list of problems
inline constexpr int kLeftDock = 240;
inline constexpr int kRightDock = 304;
inline constexpr int kBottomDock = 208;
inline constexpr int kMinimumDock = 180;
inline constexpr int kMinimumBottomDock = 96;
inline constexpr int kToolBar = 44;
inline constexpr int kStatusBar = 28;
inline constexpr int kMessageBar = 40;
inline constexpr int kPanelTitle = 32;
inline constexpr int kCommandField = 280;
inline constexpr int kCommandList = 480;
inline constexpr int kCommandRows = 10;
inline constexpr int kEmptyStateWidth = 620;
inline constexpr int kCardWidth = 302;
inline constexpr int kCardHeight = 88;
inline constexpr int kSettingsWidth = 480;
inline constexpr int kFileDialogWidth = 860;
inline constexpr int kFileDialogHeight = 520;
inline constexpr int kDocsWidth = 860;
inline constexpr int kDocsHeight = 760;
inline constexpr int kAboutWidth = 400;
inline constexpr int kAboutHeight = 260;
inline constexpr int kShortcutsWidth = 560;
inline constexpr int kShortcutsHeight = 520;
inline constexpr int kKeyCap = 20;
inline constexpr int kDirtyDot = 6;
inline constexpr int kTabClose = 16;
inline constexpr int kTabMost = 280;   // the width of a tab of a document
inline constexpr int kTabLeast = 136;  // beyond it tabs are scrolled
inline constexpr int kRecentFiles = 12;
}  // namespace shell

namespace motion {
inline constexpr int kPopover = 120;
inline constexpr int kFit = 180;  // fit and locate
inline constexpr int kLayout = 240;
inline constexpr int kLayoutNodes = 300;  // with more of them visible, layout does not move
inline constexpr int kBusyAfter = 300;    // what takes longer says that it is at work
}  // namespace motion

}  // namespace weir::designer
