#include "designer/ui/panels/inspector/tab_stops.hpp"

#include <QLayout>
#include <QScrollArea>

namespace weir::designer {

namespace {

bool isStop(const QWidget& widget) {
  return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 &&
         widget.focusProxy() == nullptr;
}

void collect(QWidget* widget, QList<QWidget*>& stops);

void collect(const QLayout& layout, QList<QWidget*>& stops) {
  for (int i = 0; i < layout.count(); ++i) {
    QLayoutItem* const item = layout.itemAt(i);
    if (item->widget() != nullptr) collect(item->widget(), stops);
    if (item->layout() != nullptr) collect(*item->layout(), stops);
  }
}

void collect(QWidget* widget, QList<QWidget*>& stops) {
  if (!widget->isVisible()) return;
  if (isStop(*widget)) {
    stops.append(widget);
    // What else is in it is its own affair.
    if (qobject_cast<QScrollArea*>(widget) == nullptr) return;
  }
  if (widget->layout() != nullptr) return collect(*widget->layout(), stops);
  for (QObject* const child : widget->children()) {
    if (auto* const inner = qobject_cast<QWidget*>(child)) collect(inner, stops);
  }
}

}  // namespace

QList<QWidget*> tabStops(QWidget* within) {
  QList<QWidget*> stops;
  collect(within, stops);
  return stops;
}

QWidget* neighbourOf(QWidget* widget, bool next) {
  const auto step = [&](QWidget* from) { return next ? from->nextInFocusChain() : from->previousInFocusChain(); };
  for (QWidget* at = step(widget); at != widget; at = step(at)) {
    if (!widget->isAncestorOf(at) && at->window() == widget->window() && isStop(*at)) return at;
  }
  return nullptr;
}

}  // namespace weir::designer
