// Puts new nodes onto the canvas.
#pragma once

#include <QObject>
#include <QRectF>
#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class NodeInsertion : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  NodeInsertion(Document& document, const CanvasScene& scene, const Camera& camera, KeyboardNavigation& navigation);

  // Where there is room near the middle of the window: what a double click in the palette does.
  void add(const QString& use);
  // Where there is room near that place, which would be its middle.
  void addNear(const QString& use, QPointF at);
  // There, and into a wire, if that is not empty.
  void insert(const QString& use, const QRectF& rect, const std::string& wire);

  // What a node would cover, on the grid, with its middle near a place.
  QRectF rectAt(const QString& use, QPointF at) const;
  // The same where nothing stands yet, below if need be.
  QRectF roomFor(const QString& use, QPointF at) const;

 Q_SIGNALS:
  void inserted(const QString& use);

 private:
  QPointF freePlace(QPointF wanted, QSizeF size) const;

  Document& document_;
  const CanvasScene& scene_;
  const Camera& camera_;
  KeyboardNavigation& navigation_;
};

}  // namespace weir::designer
