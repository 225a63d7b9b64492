// A list of what helps where a wire was dropped on a port whose columns do not fit.
#pragma once

#include <QObject>
#include <QPointF>

#include "designer/model/document/document.hpp"
#include "designer/model/help/wiring.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"
#include "designer/ui/canvas/widgets/popup_opener.hpp"

namespace weir::designer {

class MendList : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  MendList(Document& document, const CanvasScene& scene, PopupOpener& popups);

  // Connects the two. Where their columns do not fit, it asks how, at a place of the canvas. The wire takes the place
  // of the wire `instead`, if that is not empty.
  void connectPorts(const PortRef& from, const PortRef& to, QPointF at, const std::string& instead);

 private:
  Document& document_;
  const CanvasScene& scene_;
  PopupOpener& popups_;
};

}  // namespace weir::designer
