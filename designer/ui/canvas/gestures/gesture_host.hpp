// The canvas as gestures see it.
#pragma once

#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class GestureHost {
 public:
  virtual Document& document() = 0;
  virtual CanvasScene& scene() = 0;
  virtual Camera& camera() = 0;
  // Another number for each gesture.
  virtual int nextGesture() = 0;
  // Offers what fits a port, for a wire that was dropped at a place. What is chosen takes the place of the wire
  // `instead`, if that is not empty.
  virtual void offer(const PortRef& port, QPointF at, const std::string& instead) = 0;
  // Connects two ports; where their columns do not fit, it asks how. `instead` as above.
  virtual void connectPorts(const PortRef& from, const PortRef& to, QPointF at, const std::string& instead) = 0;

 protected:
  ~GestureHost() = default;
};

}  // namespace weir::designer
