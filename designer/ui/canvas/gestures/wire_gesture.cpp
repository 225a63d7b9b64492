#include "designer/ui/canvas/gestures/wire_gesture.hpp"

#include <QToolTip>

#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

namespace {

topology::Topology without(topology::Topology topology, const std::string& wire) {
  std::erase_if(topology.edges, [&](const auto& edge) { return edgeId(*edge) == wire; });
  return topology;
}

PortRef endOf(const drawing::WirePicture& wire, bool output) {
  return output ? PortRef{wire.fromNode, wire.fromPort, true} : PortRef{wire.toNode, wire.toPort, false};
}

}  // namespace

WireGesture::WireGesture(CanvasView& view, const MouseAt& at, const PortRef& port)
    : WireGesture(view, at, port, view.placed().pointOf(port), {}) {}

WireGesture::WireGesture(CanvasView& view, const MouseAt& at, const PlacedWire& wire, bool output)
    : WireGesture(view, at, endOf(*wire.picture, !output), output ? wire.route.back() : wire.route.front(),
                  wire.picture->id) {}

WireGesture::WireGesture(CanvasView& view, const MouseAt& at, PortRef port, QPointF start, std::string moved)
    : Gesture(view),
      port_(std::move(port)),
      start_(start),
      moved_(std::move(moved)),
      catalog_(view.catalog()),
      others_(without(*base(), moved_)),
      wiring_(others_, *catalog_, port_),
      to_(at.scene) {
  view.look().lifted = moved_;
  view.look().fits = [this](const PortRef& other) { return other == port_ || fits(other); };
}

WireGesture::~WireGesture() {
  view().look().fits = nullptr;
  view().look().lifted.clear();
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
    apply(moved_.empty() ? connectPorts(*base(), from.end(), to.end())
                         : reconnect(*base(), moved_, from.end(), to.end()));
    return;
  }
  const bool empty = view().placed().nodeAt(at.scene) == nullptr && !view().placed().portAt(at.scene);
  if (empty) view().offerAt(port_, at.scene, moved_);
}

void WireGesture::paint(QPainter& painter, const Theme& theme) const {
  if (port_.output) {
    paintDraftWire(painter, theme, start_, to_);
  } else {
    paintDraftWire(painter, theme, to_, start_);
  }
}

}  // namespace weir::designer
