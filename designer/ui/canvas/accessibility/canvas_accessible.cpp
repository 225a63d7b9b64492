#include "designer/ui/canvas/accessibility/canvas_accessible.hpp"

#include <algorithm>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/accessibility/part_accessible.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"

namespace weir::designer {

namespace {

QAccessibleInterface* make(const QString& /*className*/, QObject* object) {
  auto* const view = qobject_cast<QGraphicsView*>(object);
  return dynamic_cast<AccessibleCanvas*>(view) == nullptr ? nullptr : new CanvasAccessible(*view);  // Qt owns it
}

}  // namespace

void CanvasAccessible::install() {
  // Qt keeps factories until the program ends, so once is enough.
  static const bool kInstalled = [] {
    QAccessible::installFactory(make);
    return true;
  }();
  Q_UNUSED(kInstalled);
}

void CanvasAccessible::tell(QGraphicsView& view, QAccessible::Event what) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(&view, what);
  if (what == QAccessible::Focus) {
    const auto* const ours = dynamic_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(&view));
    const int index = ours == nullptr ? -1 : ours->currentIndex();
    if (index < 0) return;
    event.setChild(index);
  }
  QAccessible::updateAccessibility(&event);
}

CanvasAccessible::CanvasAccessible(QGraphicsView& view)
    : QAccessibleWidget(&view, QAccessible::List, view.accessibleName()) {}

CanvasAccessible::~CanvasAccessible() {
  for (const auto& [id, number] : ids_) QAccessible::deleteAccessibleInterface(number);
}

QGraphicsView* CanvasAccessible::view() const {
  return qobject_cast<QGraphicsView*>(object());
}

AccessibleCanvas* CanvasAccessible::canvas() const {
  return dynamic_cast<AccessibleCanvas*>(object());
}

const std::vector<ReadPart>& CanvasAccessible::parts() const {
  // The picture may still be one of the version before: somebody can ask while the document tells of its change.
  const Snapshot& shown = canvas()->canvasScene().snapshot();
  if (made_ == shown) return parts_;
  made_ = shown;
  parts_ = readingOrder(canvas()->canvasScene().placed().picture());
  for (auto entry = ids_.begin(); entry != ids_.end();) {
    if (isThere(*shown, entry->first)) {
      ++entry;
    } else {
      QAccessible::deleteAccessibleInterface(entry->second);
      entry = ids_.erase(entry);
    }
  }
  return parts_;
}

int CanvasAccessible::childCount() const {
  return canvas() == nullptr ? 0 : static_cast<int>(parts().size()) + QAccessibleWidget::childCount();
}

QAccessibleInterface* CanvasAccessible::child(int index) const {
  if (canvas() == nullptr || index < 0) return nullptr;
  const int count = static_cast<int>(parts().size());
  if (index >= count) return QAccessibleWidget::child(index - count);
  const ReadPart& part = parts()[static_cast<std::size_t>(index)];
  const auto [found, fresh] = ids_.try_emplace(part.id, 0);
  if (fresh) found->second = QAccessible::registerAccessibleInterface(new PartAccessible(*view(), *canvas(), part));
  return QAccessible::accessibleInterface(found->second);
}

int CanvasAccessible::indexOf(const std::string& id) const {
  const std::vector<ReadPart>& all = parts();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ReadPart& part) { return part.id == id; });
  return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

int CanvasAccessible::currentIndex() const {
  return canvas()->current().empty() ? -1 : indexOf(canvas()->current());
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface* child) const {
  if (canvas() == nullptr) return -1;
  if (const auto* const part = dynamic_cast<const PartAccessible*>(child)) return indexOf(part->part().id);
  const int index = QAccessibleWidget::indexOfChild(child);
  return index < 0 ? index : index + static_cast<int>(parts().size());
}

QAccessibleInterface* CanvasAccessible::childAt(int x, int y) const {
  if (canvas() == nullptr) return nullptr;
  if (QAccessibleInterface* const widget = QAccessibleWidget::childAt(x, y);
      widget != nullptr && widget->object() != view()->viewport()) {
    return widget;
  }
  const QPoint window = view()->viewport()->mapFromGlobal(QPoint(x, y));
  const std::string id = idAt(canvas()->canvasScene().placed(), view()->mapToScene(window));
  return id.empty() ? nullptr : child(indexOf(id));
}

QAccessibleInterface* CanvasAccessible::focusChild() const {
  if (canvas() == nullptr || !view()->hasFocus()) return QAccessibleWidget::focusChild();
  const int index = currentIndex();
  return index < 0 ? QAccessibleWidget::focusChild() : child(index);
}

QString CanvasAccessible::text(QAccessible::Text what) const {
  if (what == QAccessible::Name && canvas() != nullptr) return view()->accessibleName();
  return QAccessibleWidget::text(what);
}

}  // namespace weir::designer
