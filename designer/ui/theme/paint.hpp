// How the style paints its parts, as functions of the theme, the option and the painter. Each leaves the painter as
// it was.
#pragma once

#include <QPainter>
#include <QStyle>

#include "designer/ui/theme/theme.hpp"

class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionDockWidget;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;

namespace weir::designer::paint {

// A painter that is antialiased while this lives.
class Smooth {
 public:
  explicit Smooth(QPainter& painter) : painter_(painter) {
    painter_.save();
    painter_.setRenderHint(QPainter::Antialiasing);
  }
  ~Smooth() { painter_.restore(); }
  Smooth(const Smooth&) = delete;
  Smooth& operator=(const Smooth&) = delete;

 private:
  QPainter& painter_;
};

// A rounded rectangle within `rect`, its outline included; an invalid colour leaves that part out.
void roundedBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& outline,
                double width = control::kOutline);
void horizontalLine(QPainter& painter, int left, int right, int y, const QColor& color);
void verticalLine(QPainter& painter, int x, int top, int bottom, const QColor& color);
// A chevron in the middle of `rect`.
void chevron(QPainter& painter, const QRect& rect, Qt::ArrowType direction, const QColor& color);
// The colour of text in the option's state.
QColor textColor(const Theme& theme, const QStyleOption& option);

// Buttons.
void pushButtonPanel(const Theme& theme, const QStyleOptionButton& option, QPainter& painter);
void toolButtonPanel(const Theme& theme, const QStyleOption& option, QPainter& painter);
void checkBox(const Theme& theme, const QStyleOption& option, QPainter& painter);
void radioButton(const Theme& theme, const QStyleOption& option, QPainter& painter);
void focusRing(const Theme& theme, const QStyleOption& option, QPainter& painter);

// Fields.
void fieldPanel(const Theme& theme, const QStyleOption& option, QPainter& painter, bool invalid);
// Behind what edits a cell: hides what the cell shows.
void cellPanel(const Theme& theme, const QRect& rect, QPainter& painter);
void comboBox(const Theme& theme, const QStyleOptionComboBox& option, QPainter& painter, bool invalid);
void spinBox(const Theme& theme, const QStyleOptionSpinBox& option, QPainter& painter, bool invalid, const QRect& up,
             const QRect& down);

// Bars.
void menuBarItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter& painter);
void toolBar(const Theme& theme, const QStyleOption& option, QPainter& painter);
void tabShape(const Theme& theme, const QStyleOptionTab& option, QPainter& painter);
void tabLabel(const Theme& theme, const QStyleOptionTab& option, QPainter& painter, const QRect& textRect);
void dockTitle(const Theme& theme, const QStyleOptionDockWidget& option, QPainter& painter);
void scrollBar(const Theme& theme, const QStyleOptionSlider& option, QPainter& painter, const QRect& handle);
void progressBar(const Theme& theme, const QStyleOptionProgressBar& option, QPainter& painter);

// Menus and views.
void menuItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter& painter);
void header(const Theme& theme, const QStyleOption& option, QPainter& painter);
void headerLabel(const Theme& theme, const QStyleOptionHeader& option, QPainter& painter);
void rowPanel(const Theme& theme, const QStyleOption& option, QPainter& painter);
void branch(const Theme& theme, const QStyleOption& option, QPainter& painter);

}  // namespace weir::designer::paint
