// One thing that is being done with the mouse, from press to release. It changes the topology by edits alone; those of
// one gesture become one undo step.
#pragma once

#include <QPoint>
#include <QPointF>
#include <string>

#include "designer/ui/canvas/gestures/gesture_host.hpp"

class QPainter;

namespace weir::designer {

struct Theme;

// Where the mouse is.
struct MouseAt {
  QPointF scene;
  QPoint window;
  Qt::KeyboardModifiers keys;
};

class Gesture {
 public:
  // `host` must outlive this.
  explicit Gesture(GestureHost& host);
  virtual ~Gesture();
  Gesture(const Gesture&) = delete;
  Gesture& operator=(const Gesture&) = delete;

  virtual void update(const MouseAt& at) = 0;
  virtual void end(const MouseAt& at) = 0;
  // Esc, or the mouse was taken away: everything is as before.
  virtual void cancel() {}
  // Over the topology, in its coordinates.
  virtual void paint(QPainter& /*painter*/, const Theme& /*theme*/) const {}
  // The view follows when the mouse comes near its edge.
  virtual bool scrollsAtEdges() const { return true; }

 protected:
  GestureHost& host() const { return host_; }
  Document& document() const { return host_.document(); }
  CanvasLook& look() const { return host_.scene().look(); }
  const PlacedPicture& placed() const { return host_.scene().placed(); }
  const CatalogRef& catalog() const { return host_.scene().catalog(); }
  void refresh() const { host_.camera().refresh(); }
  // As it was when the gesture began.
  const Snapshot& base() const { return base_; }
  // Makes the edit part of this gesture's undo step.
  void apply(Edit edit);
  // Takes back what the gesture has done.
  void takeBack();

 private:
  GestureHost& host_;
  Snapshot base_;
  Selection selectedBefore_;
  std::string mergeKey_;
};

}  // namespace weir::designer
