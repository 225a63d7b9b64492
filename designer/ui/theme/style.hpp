// Fusion, redrawn from the tokens. What it paints is in paint_*.cpp; this class only says who paints what, and sizes.
#pragma once

#include <QProxyStyle>

#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

// A line edit, combo or spin box with this property set to true has the outline of an error.
inline constexpr const char* kInvalidProperty = "weirInvalid";

class Style : public QProxyStyle {
  Q_OBJECT

 public:
  explicit Style(const Theme& theme);

  const Theme& theme() const { return theme_; }
  void setTheme(const Theme& theme) { theme_ = theme; }  // whoever calls it repaints the widgets

  void polish(QWidget* widget) override;
  using QProxyStyle::polish;

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
  QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                       const QWidget* widget) const override;
  QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                         const QWidget* widget) const override;
  int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* returned) const override;
  // In Qt's own dialogs.
  QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override;
  QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap, const QStyleOption* option) const override;

 private:
  // What edits a cell of a table or list, over what the cell shows.
  static bool isCellEditor(const QWidget* widget);

  Theme theme_;
};

}  // namespace weir::designer
