#include "designer/ui/canvas/gestures/wire_gesture.hpp"

#include <QToolTip>

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"

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

WireGesture::WireGesture(GestureHost& host, const MouseAt& at, const PortRef& port)
    : WireGesture(host, at, port, host.scene().placed().pointOf(port), {}) {}

WireGesture::WireGesture(GestureHost& host, const MouseAt& at, const PlacedWire& wire, bool output, OnNothing onNothing)
    : WireGesture(host, at, endOf(*wire.picture, !output), host.scene().placed().pointOf(endOf(*wire.picture, !output)),
                  wire.picture->id) {
  onNothing_ = onNothing;
  if (onNothing == OnNothing::Remove) host.camera().window().setCursor(Qt::ClosedHandCursor);
}

WireGesture::WireGesture(GestureHost& host, const MouseAt& at, PortRef port, QPointF start, std::string moved)
    : Gesture(host),
      port_(std::move(port)),
      start_(start),
      moved_(std::move(moved)),
      catalog_(catalog()),
      checked_(host.scene().checked()),
      others_(without(*base(), moved_)),
      wiring_(others_, *catalog_, checked_.get(), port_),
      to_(at.scene) {
  look().lifted = moved_;
  look().fits = [this](const PortRef& other) { return other == port_ || fits(other); };
}

WireGesture::~WireGesture() {
  look().fits = nullptr;
  look().lifted.clear();
  look().aimed.reset();
  look().target.clear();
  QToolTip::hideText();
}

const WireGesture::Verdict& WireGesture::verdictOn(const PortRef& port) {
  const auto [found, fresh] = verdicts_.try_emplace((port.output ? ">" : "<") + port.end());
  Verdict& verdict = found->second;
  if (!fresh) return verdict;
  verdict.against = wiring_.whyNot(port);
  if (!verdict.against.isEmpty()) return verdict;
  verdict.against = wiring_.whyUnfit(port);
  verdict.mendable = !verdict.against.isEmpty();
  return verdict;
}

std::optional<PortRef> WireGesture::portOfNodeAt(QPointF point) {
  const drawing::NodePicture* const node = nodeAt(placed(), point);
  if (node == nullptr) return std::nullopt;
  std::optional<PortRef> best;
  int least = 0;
  for (const drawing::PortPicture& port : node->ports) {
    const PortRef ref{node->id, port.name, port.output};
    if (port.output == port_.output || !takes(ref)) continue;
    const int cost = (fits(ref) ? 0 : 2) + (port.connected ? 1 : 0);
    if (best && cost >= least) continue;
    best = ref;
    least = cost;
  }
  return best;
}

bool WireGesture::isOnNothing(const MouseAt& at) const {
  return nodeAt(placed(), at.scene) == nullptr && !portAt(placed(), at.scene);
}

void WireGesture::update(const MouseAt& at) {
  to_ = at.scene;
  CanvasLook& shown = look();
  shown.aimed.reset();
  shown.target.clear();
  std::optional<PortRef> under = portAt(placed(), at.scene);
  if (under && *under == port_) under.reset();
  const std::optional<PortRef> over = under ? under : portOfNodeAt(at.scene);
  if (over && takes(*over)) shown.aimed = over;
  if (over && !fits(*over)) {
    const Verdict& verdict = verdictOn(*over);
    Camera& camera = host().camera();
    QToolTip::showText(
        camera.window().mapToGlobal(at.window),
        verdict.mendable ? verdict.against + u'\n' + tr("Let go here to see what helps.") : verdict.against,
        &camera.frame());
  } else if (onNothing_ == OnNothing::Remove && isOnNothing(at)) {
    Camera& camera = host().camera();
    QToolTip::showText(camera.window().mapToGlobal(at.window), tr("Let go here to take the wire away."),
                       &camera.frame());
  } else {
    QToolTip::hideText();
  }
  if (shown.aimed) {
    to_ = placed().pointOf(*shown.aimed);
    shown.target = shown.aimed->node;
  }
  refresh();
}

void WireGesture::end(const MouseAt& at) {
  update(at);
  const std::optional<PortRef> aimed = look().aimed;
  if (aimed) {
    host().connectPorts(port_.output ? port_ : *aimed, port_.output ? *aimed : port_, to_, moved_);
    return;
  }
  if (!isOnNothing(at)) return;
  if (onNothing_ == OnNothing::Offer) return host().offer(port_, at.scene, moved_);
  apply(detach(*base(), {moved_}));
}

void WireGesture::paint(QPainter& painter, const Theme& theme) const {
  if (port_.output) {
    paintDraftWire(painter, theme, start_, to_);
  } else {
    paintDraftWire(painter, theme, to_, start_);
  }
}

}  // namespace weir::designer
