#pragma once

#include <QCoreApplication>
#include <map>
#include <optional>

#include "designer/model/help/wiring.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"
#include "designer/ui/canvas/gestures/gesture.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

// What becomes of an end that is dropped where nothing is.
enum class OnNothing : std::uint8_t { Offer, Remove };

// Draws a wire from a port to another one, or onto empty canvas, where what fits is offered. So it does with an end of
// a wire that is there already, which stays as it is until the end has found another place. Dropped where only the
// columns do not fit, what helps is offered.
class WireGesture : public Gesture {
  Q_DECLARE_TR_FUNCTIONS(WireGesture)

 public:
  WireGesture(GestureHost& host, const MouseAt& at, const PortRef& port);
  // Moves the end of `wire` that is at its input, or the one at its output.
  WireGesture(GestureHost& host, const MouseAt& at, const PlacedWire& wire, bool output, OnNothing onNothing);
  ~WireGesture() override;
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void paint(QPainter& painter, const Theme& theme) const override;

 private:
  WireGesture(GestureHost& host, const MouseAt& at, PortRef port, QPointF start, std::string moved);
  struct Verdict {
    QString against;        // empty: it fits
    bool mendable = false;  // only the columns do not fit, which can be mended
  };
  const Verdict& verdictOn(const PortRef& port);
  bool fits(const PortRef& port) { return verdictOn(port).against.isEmpty(); }
  bool isOnNothing(const MouseAt& at) const;
  bool takes(const PortRef& port) { return fits(port) || verdictOn(port).mendable; }
  // Of a node that the wire is dropped on: a fitting port before others, and a free one before others.
  std::optional<PortRef> portOfNodeAt(QPointF point);

  PortRef port_;  // that the wire stays at
  QPointF start_;
  std::string moved_;  // the wire whose end it is; empty: a new one
  OnNothing onNothing_ = OnNothing::Offer;
  CatalogRef catalog_;
  Checked checked_;
  topology::Topology others_;  // the topology without it
  Wiring wiring_;
  QPointF to_;
  std::map<std::string, Verdict> verdicts_;  // by port
};

}  // namespace weir::designer
