// What is dragged over the canvas, and dropped there: from the palette onto empty canvas or into a wire, and files of
// data and of topologies from elsewhere.
#pragma once

#include <QDropEvent>
#include <QRectF>
#include <QStringList>
#include <memory>

#include "designer/ui/canvas/gestures/splice.hpp"
#include "designer/ui/canvas/insertion/node_insertion.hpp"

namespace weir::designer {

// A filter of events for the widgets that drags come to.
class PaletteDrop : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  PaletteDrop(CanvasScene& scene, Camera& camera, NodeInsertion& nodes);

  bool eventFilter(QObject* watched, QEvent* event) override;

  // Where it would come to stand, in the painter's coordinates of the canvas.
  void paint(QPainter& painter, const Theme& theme) const;

 Q_SIGNALS:
  void entered();  // before anything is looked for
  // Where their first source has room: its upper left corner, in the scene.
  void filesDropped(const QStringList& files, QPointF at);
  // A template of one's own, by its file.
  void templateDropped(const QString& file, QPointF at);
  // The same for files of topologies, which may be parts.
  void partsDropped(const QStringList& files, QPointF at);

 private:
  void enter(QDragEnterEvent& event);
  void move(QDragMoveEvent& event);
  void leave(QDragLeaveEvent& event);
  void drop(QDropEvent& event);

  CanvasScene& scene_;
  Camera& camera_;
  NodeInsertion& nodes_;
  QString use_;                             // of what is dragged; empty: nothing is
  QStringList files_;                       // that are dragged, for sources that read them
  QStringList parts_;                       // or for nodes that use them
  QString template_;                        // that is dragged
  std::string wire_;                        // into which it would come; empty: into none
  QRectF rect_;                             // where it would come to stand
  std::unique_ptr<SpliceTargets> targets_;  // as they were when the drag came
};

}  // namespace weir::designer
