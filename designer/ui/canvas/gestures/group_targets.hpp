// Which groups dragged nodes come into, and which ones they leave.
#pragma once

#include <QRectF>
#include <set>
#include <string>
#include <vector>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// Frames are as they were when the drag began: they follow what is dragged. A node leaves its group when all of it is
// outside of the frame, and comes into another one when its middle is inside. A group that is dragged as a whole is
// neither left nor entered.
class GroupTargets {
 public:
  GroupTargets(const CanvasScene& scene, const Positions& dragged);

  struct Outcome {
    Memberships memberships;          // of those that leave their group, or enter one
    std::set<std::string> collapsed;  // of them, those that would vanish in a collapsed group: not before the drop
    std::string entered;              // a group; empty: none
    std::vector<QRectF> left;         // frames
  };
  Outcome movedBy(QPointF by) const;

  // Where nodes stand that were dropped on collapsed groups: below the members.
  Positions placesInside(const Outcome& outcome) const;

 private:
  struct Frame {
    std::string id;
    QRectF rect;
    bool collapsed = false;
    std::vector<drawing::Rect> members;
  };
  struct Dragged {
    std::string id;
    QRectF rect;
    std::string home;  // its group; empty: none
  };
  const Frame* frame(const std::string& id) const;
  const Frame* frameFor(const Dragged& node, const QRectF& rect) const;

  std::vector<Frame> frames_;
  std::vector<Dragged> dragged_;
};

}  // namespace weir::designer
