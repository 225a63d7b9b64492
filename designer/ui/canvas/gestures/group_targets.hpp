// Which groups dragged nodes and groups come into, and which ones they leave.
#pragma once

#include <QRectF>
#include <set>
#include <string>
#include <vector>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// Frames are as they were when the drag began: they follow what is dragged. What is dragged leaves its group when all
// of it is outside of the frame, and comes into another one, the innermost of several, when its middle is inside. A
// group whose members are all dragged is dragged as a whole: it takes them along, and nothing comes into it.
class GroupTargets {
 public:
  GroupTargets(const CanvasScene& scene, const Positions& dragged);

  struct Outcome {
    Memberships memberships;          // of what leaves its group or enters one, without what moves along with a group
    std::set<std::string> collapsed;  // of it, what would vanish in a collapsed group: not before the drop
    std::string entered;              // a group; empty: none
    std::vector<QRectF> left;         // frames
  };
  Outcome movedBy(QPointF by) const;

  // Where things stand that were dropped on collapsed groups: below the members.
  Positions placesInside(const Outcome& outcome) const;

 private:
  struct Frame {
    std::string id;
    std::set<std::string> around;  // the groups that it lies in, itself too
    QRectF rect;
    bool collapsed = false;
    std::vector<drawing::Rect> members;
  };
  struct Dragged {
    std::string id;
    QRectF rect;
    Positions parts;   // that move along, itself too
    std::string home;  // its group; empty: none
  };
  const Frame* frame(const std::string& id) const;
  const Frame* frameFor(const Dragged& part, const QRectF& rect) const;

  std::vector<Frame> frames_;
  std::vector<Dragged> dragged_;
};

}  // namespace weir::designer
