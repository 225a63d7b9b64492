// Where Tab stops, in the order in which people see it.
#pragma once

#include <QList>
#include <QWidget>

namespace weir::designer {

// What takes the focus by Tab in a widget that is shown, in the order of its layouts.
QList<QWidget*> tabStops(QWidget* within);
// The next one outside of a widget, in the order of the window. Null: there is none.
QWidget* neighbourOf(QWidget* widget, bool next);

}  // namespace weir::designer
