// What is said about what the mouse stands on.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class PointerHelp {
  Q_DECLARE_TR_FUNCTIONS(PointerHelp)

 public:
  // What can be done there, or the whole name of what shows a part of it. Empty: nothing.
  static QString at(const CanvasScene& scene, const Camera& camera, QPointF point);
};

}  // namespace weir::designer
