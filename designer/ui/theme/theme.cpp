#include "designer/ui/theme/theme.hpp"

#include <QToolTip>
#include <QWidget>

#include "designer/ui/theme/style.hpp"

namespace weir::designer {
namespace {

void setAll(QPalette& palette, QPalette::ColorRole role, const QColor& color, const QColor& disabled) {
  palette.setColor(QPalette::Active, role, color);
  palette.setColor(QPalette::Inactive, role, color);
  palette.setColor(QPalette::Disabled, role, disabled);
}

void setAll(QPalette& palette, QPalette::ColorRole role, const QColor& color) {
  setAll(palette, role, color, color);
}

}  // namespace

QColor Theme::faded(QColor color, double opacity) {
  color.setAlphaF(static_cast<float>(opacity));
  return color;
}

QPalette Theme::palette() const {
  QPalette made;
  const Colors& c = colors;
  setAll(made, QPalette::Window, c.window);
  setAll(made, QPalette::WindowText, c.text, c.disabled);
  setAll(made, QPalette::Base, c.base, c.window);
  setAll(made, QPalette::AlternateBase, c.alternate);
  setAll(made, QPalette::ToolTipBase, c.tooltip);
  setAll(made, QPalette::ToolTipText, c.tooltipText);
  setAll(made, QPalette::PlaceholderText, c.secondaryText, c.disabled);
  setAll(made, QPalette::Text, c.text, c.disabled);
  setAll(made, QPalette::Button, c.button, c.window);
  setAll(made, QPalette::ButtonText, c.text, c.disabled);
  setAll(made, QPalette::BrightText, c.error);
  setAll(made, QPalette::Light, c.base);
  setAll(made, QPalette::Midlight, c.alternate);
  setAll(made, QPalette::Mid, c.border);
  setAll(made, QPalette::Dark, c.control);
  setAll(made, QPalette::Shadow, c.border);
  setAll(made, QPalette::Highlight, c.accent, c.accentSoft);
  setAll(made, QPalette::HighlightedText, c.onAccent, c.disabled);
  setAll(made, QPalette::Link, c.accent, c.disabled);
  setAll(made, QPalette::LinkVisited, c.accent, c.disabled);
  return made;
}

QPalette Theme::viewPalette() const {
  QPalette made = palette();
  setAll(made, QPalette::Highlight, colors.accentSoft);
  setAll(made, QPalette::HighlightedText, colors.text, colors.disabled);
  return made;
}

Theme themeFor(ColorScheme scheme) {
  return {scheme, scheme == ColorScheme::Dark ? kDarkColors : kLightColors};
}

void applyTheme(ColorScheme scheme) {
  loadFonts();
  const Theme theme = themeFor(scheme);
  auto* style = qobject_cast<Style*>(QApplication::style());
  if (style == nullptr) {
    QApplication::setStyle(new Style(theme));  // the application owns it
  } else {
    style->setTheme(theme);
  }
  QApplication::setFont(fontOf(FontRole::Body));
  QApplication::setPalette(theme.palette());
  QApplication::setPalette(theme.viewPalette(), "QAbstractItemView");
  QToolTip::setPalette(theme.palette());
  QToolTip::setFont(fontOf(FontRole::Help));
}

const Theme& currentTheme() {
  return themeOf(nullptr);
}

const Theme& themeOf(const QWidget* widget) {
  static const Theme kLight;
  const QStyle* style = widget != nullptr ? widget->style() : QApplication::style();
  const auto* ours = qobject_cast<const Style*>(style);
  return ours != nullptr ? ours->theme() : kLight;
}

}  // namespace weir::designer
