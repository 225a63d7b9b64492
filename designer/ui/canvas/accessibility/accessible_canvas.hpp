// A canvas as screen readers see it.
#pragma once

#include <QGraphicsView>
#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// Its view is one, too, by inheritance: so it is found from the object that Qt asks about.
class AccessibleCanvas {
 public:
  virtual Document& document() const = 0;
  virtual const CanvasScene& canvasScene() const = 0;
  // The part that the keyboard is at; empty: none.
  virtual const std::string& current() const = 0;
  // Shows a part in the middle and selects it.
  virtual void locate(const QString& id) = 0;

 protected:
  ~AccessibleCanvas() = default;
};

}  // namespace weir::designer
