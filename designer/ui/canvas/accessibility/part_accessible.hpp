// A node, group, wire or comment as screen readers see it. QGraphicsView shows them nothing of its own.
#pragma once

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QPointer>

#include "designer/ui/canvas/accessibility/accessible_canvas.hpp"
#include "designer/ui/canvas/picture/reading_order.hpp"

namespace weir::designer {

// Lives in Qt's cache of interfaces; CanvasAccessible takes it out of there.
class PartAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  // `view` is `canvas`, too.
  PartAccessible(QGraphicsView& view, AccessibleCanvas& canvas, ReadPart part);

  const ReadPart& part() const { return part_; }

  bool isValid() const override;
  QObject* object() const override { return nullptr; }
  QWindow* window() const override;
  QAccessibleInterface* parent() const override;
  QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
  QString text(QAccessible::Text what) const override;
  void setText(QAccessible::Text /*what*/, const QString& /*text*/) override {}
  QRect rect() const override;
  QAccessible::Role role() const override;
  QAccessible::State state() const override;
  void* interface_cast(QAccessible::InterfaceType type) override;

  QStringList actionNames() const override;
  void doAction(const QString& name) override;
  QStringList keyBindingsForAction(const QString& name) const override;

 private:
  QString name() const;
  QString description() const;

  QPointer<QGraphicsView> view_;
  AccessibleCanvas& canvas_;  // as long as there is a view
  ReadPart part_;
};

}  // namespace weir::designer
