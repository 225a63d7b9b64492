#pragma once

#include <map>
#include <optional>

#include "model/catalog_service.hpp"
#include "model/offers.hpp"
#include "ui/canvas/gestures/gesture.hpp"

namespace weir::designer {

// Draws a wire from a port to another one, or onto empty canvas, where what fits is offered.
class WireGesture : public Gesture {
 public:
  WireGesture(CanvasView& view, const MouseAt& at, const PortRef& port);
  ~WireGesture() override;
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void paint(QPainter& painter, const Theme& theme) const override;

 private:
  bool fits(const PortRef& port);
  const QString& reasonAgainst(const PortRef& port);
  // Of a node that the wire is dropped on: a fitting port, a free one first.
  std::optional<PortRef> portOfNodeAt(QPointF point);

  PortRef port_;
  CatalogRef catalog_;
  Wiring wiring_;
  QPointF to_;
  std::map<std::string, QString> reasons_;  // by port
};

}  // namespace weir::designer
