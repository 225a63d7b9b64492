// The look as a value: colours of one scheme, and what Qt wants made of them. Widgets ask `themeOf(this)` while they
// paint, and so follow a change; nobody keeps a colour.
#pragma once

#include <QApplication>
#include <QPalette>

#include "designer/ui/theme/fonts.hpp"
#include "designer/ui/theme/tokens.h"

class QWidget;

namespace weir::designer {

struct Theme {
  ColorScheme scheme = ColorScheme::Light;
  Colors colors = kLightColors;

  bool isDark() const { return scheme == ColorScheme::Dark; }
  QPalette palette() const;
  // For tables, lists and trees: rows are selected softly, text in a field is not.
  QPalette viewPalette() const;
  // `color` seen through `opacity`.
  static QColor faded(QColor color, double opacity);
};

Theme themeFor(ColorScheme scheme);

// Fonts, style and palettes of the whole application. May be called again with another scheme at any time; open
// windows repaint.
void applyTheme(ColorScheme scheme);

// The theme that is applied; the light one before `applyTheme`.
const Theme& currentTheme();
// The one of a widget's style: the same, unless a test gave it another.
const Theme& themeOf(const QWidget* widget);

}  // namespace weir::designer
