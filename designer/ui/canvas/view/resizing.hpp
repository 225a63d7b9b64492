// Another size of the canvas: what somebody looks at stays where it is, and as large.
#pragma once

#include <QResizeEvent>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/scene/scene_view.hpp"

namespace weir::designer {

class Resizing {
 public:
  // All must outlive this.
  Resizing(const Document& document, SceneView& view, KeyboardNavigation& navigation);

  // It is shown; before that, nobody has looked at anything. Whether it is for the first time.
  bool start();
  // Before the view takes the new size, and when all that lies over it has its place again.
  void begin(const QResizeEvent& event);
  void end();

 private:
  const Document& document_;
  SceneView& view_;
  KeyboardNavigation& navigation_;
  QPoint corner_;     // of the view in its window
  QSize windowSize_;  // when it was resized last
  bool started_ = false;
  bool chosenWasSeen_ = false;
};

}  // namespace weir::designer
