#include "ui/canvas/gestures/wire_gesture.hpp"

#include <QToolTip>

#include "ui/canvas/canvas_view.hpp"
#include "ui/canvas/paint/wire_painter.hpp"

namespace weir::designer {

WireGesture::WireGesture(CanvasView& view, const MouseAt& at, const PortRef& port)
    : Gesture(view), port_(port), catalog_(view.catalog()), wiring_(*base(), *catalog_, port), to_(at.scene) {
  view.look().fits = [this](const PortRef& other) { return other == port_ || fits(other); };
}

WireGesture::~WireGesture() {
  view().look().fits = nullptr;
  view().look().aimed.reset();
  view().look().target.clear();
  QToolTip::hideText();
}

const QString& WireGesture::reasonAgainst(const PortRef& port) {
  const auto [found, fresh] = reasons_.try_emplace((port.output ? ">" : "<") + port.end());
  if (fresh) found->second = wiring_.whyNot(port);
  return found->second;
}

bool WireGesture::fits(const PortRef& port) {
  return reasonAgainst(port).isEmpty();
}

std::optional<PortRef> WireGesture::portOfNodeAt(QPointF point) {
  const drawing::NodePicture* const node = view().placed().nodeAt(point);
  if (node == nullptr) return std::nullopt;
  std::optional<PortRef> taken;
  for (const drawing::PortPicture& port : node->ports) {
    const PortRef ref{node->id, port.name, port.output};
    if (port.output == port_.output || !fits(ref)) continue;
    if (!port.connected) return ref;
    if (!taken) taken = ref;
  }
  return taken;
}

void WireGesture::update(const MouseAt& at) {
  to_ = at.scene;
  CanvasLook& look = view().look();
  look.aimed.reset();
  look.target.clear();
  std::optional<PortRef> under = view().placed().portAt(at.scene);
  if (under && *under == port_) under.reset();
  if (under && !fits(*under)) {
    QToolTip::showText(view().viewport()->mapToGlobal(at.window), reasonAgainst(*under), &view());
  } else {
    QToolTip::hideText();
    look.aimed = under ? under : portOfNodeAt(at.scene);
  }
  if (look.aimed) {
    to_ = view().placed().pointOf(*look.aimed);
    look.target = look.aimed->node;
  }
  view().refresh();
}

void WireGesture::end(const MouseAt& at) {
  update(at);
  const std::optional<PortRef> aimed = view().look().aimed;
  if (aimed) {
    const PortRef& from = port_.output ? port_ : *aimed;
    const PortRef& to = port_.output ? *aimed : port_;
    apply(connectPorts(*base(), from.end(), to.end()));
    return;
  }
  const bool empty = view().placed().nodeAt(at.scene) == nullptr && !view().placed().portAt(at.scene);
  if (empty) view().offerAt(port_, at.scene);
}

void WireGesture::paint(QPainter& painter, const Theme& theme) const {
  const QPointF from = view().placed().pointOf(port_);
  if (port_.output) {
    paintDraftWire(painter, theme, from, to_);
  } else {
    paintDraftWire(painter, theme, to_, from);
  }
}

}  // namespace weir::designer
