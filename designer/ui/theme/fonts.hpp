// The two typefaces that the designer carries, so that layouts and pictures agree on every computer.
#pragma once

#include <QFont>
#include <QStringList>
#include <cstdint>

namespace weir::designer {

enum class FontRole : std::uint8_t {
  Body,            // panels
  Strong,          // what stands out in a panel, and the run group
  Label,           // above a field
  Help,            // below it
  Section,         // heads of lists
  InspectorTitle,  //
  EmptyTitle,      //
  NodeName,        // canvas
  NodeWords,       //
  GroupTitle,      //
  PortLabel,       //
  Comment,         //
  Code,            // expressions, keys
  Figures,         // numbers and times: digits of one width
};

// Makes the embedded fonts known to Qt. Call it once, when there is a QGuiApplication; a second call does nothing.
void loadFonts();

QFont fontOf(FontRole role);

// Where the files of the fonts are, with the stroke at its end. They are there after `loadFonts`.
QString fontFolder();

}  // namespace weir::designer
