#include "designer/ui/canvas/gestures/pointer_help.hpp"

#include "designer/ui/canvas/picture/bend_handles.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"

namespace weir::designer {

QString PointerHelp::at(const CanvasScene& scene, const Camera& camera, QPointF point) {
  const PlacedPicture& placed = scene.placed();
  const std::optional<PortRef> port = portAt(placed, point);
  if (port && !wiresAt(placed, *port).empty()) return tr("Drag for another wire, with Alt to take this one off.");
  if (const auto handle = bendHandleAt(placed, scene.look().selected, point, bendReach(camera.zoom()))) {
    return handle->fresh ? tr("Drag to bend the wire.") : tr("A double click takes the bend away.");
  }
  if (const drawing::LinkTag* const tag = linkTagAt(placed, point)) {
    const drawing::WirePicture& wire = *placed.picture().wires[tag->wire];
    const PlacedNode* const other = placed.node(tag->output ? wire.toNode : wire.fromNode);
    return other == nullptr ? QString() : QString::fromStdString(other->picture->fullName);
  }
  const drawing::NodePicture* const node = nodeAt(placed, point);
  const bool cut = node != nullptr && (node->name != node->fullName || detailAt(camera.zoom()) != Detail::Full);
  return cut ? QString::fromStdString(node->fullName) : QString();
}

}  // namespace weir::designer
