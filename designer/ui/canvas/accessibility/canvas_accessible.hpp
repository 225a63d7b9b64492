// The canvas as screen readers see it: a list of its parts in reading order, then the widgets on it.
#pragma once

#include <QAccessibleWidget>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/topology/model/topology.hpp"
#include "designer/ui/canvas/accessibility/accessible_canvas.hpp"
#include "designer/ui/canvas/picture/reading_order.hpp"

namespace weir::designer {

class CanvasAccessible : public QAccessibleWidget {
 public:
  // `view` is an AccessibleCanvas.
  explicit CanvasAccessible(QGraphicsView& view);
  ~CanvasAccessible() override;

  // Makes Qt ask for one of these for every canvas. A second call does nothing.
  static void install();
  // Says what has happened to a canvas; Focus: its current part has it.
  static void tell(QGraphicsView& view, QAccessible::Event what);

  int childCount() const override;
  QAccessibleInterface* child(int index) const override;
  int indexOfChild(const QAccessibleInterface* child) const override;
  QAccessibleInterface* childAt(int x, int y) const override;
  QAccessibleInterface* focusChild() const override;
  QString text(QAccessible::Text what) const override;

 private:
  // The place of a part; -1: it has none.
  int indexOf(const std::string& id) const;
  int currentIndex() const;
  const std::vector<ReadPart>& parts() const;
  // Both are null while it is destroyed.
  QGraphicsView* view() const;
  AccessibleCanvas* canvas() const;

  mutable std::vector<ReadPart> parts_;  // of the version `made_`
  mutable Snapshot made_;
  mutable std::unordered_map<std::string, QAccessible::Id> ids_;
};

}  // namespace weir::designer
