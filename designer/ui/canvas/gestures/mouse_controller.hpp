// The mouse on the canvas: which gesture begins where, and what a click or the wheel does.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "designer/ui/canvas/gestures/gesture.hpp"
#include "designer/ui/canvas/picture/bend_handles.hpp"

class QHelpEvent;
class QMouseEvent;
class QWheelEvent;

namespace weir::designer {

class MouseController : public QObject, private GestureHost {
  Q_OBJECT

 public:
  // All must outlive this.
  MouseController(Document& document, CanvasScene& scene, Camera& camera);
  ~MouseController() override;

  void press(const QMouseEvent& event);
  void move(const QMouseEvent& event);
  void release(const QMouseEvent& event);
  void doubleClick(const QMouseEvent& event);
  void wheel(const QWheelEvent& event);
  // Tells what can be done there, and the whole name of what shows a part of it.
  void showHelp(const QHelpEvent& event);
  void leave();

  bool isInGesture() const { return gesture_ != nullptr; }
  // There is something to cancel.
  bool isBusy() const { return isInGesture() || press_.pending; }
  // Everything is as before the press.
  void cancel();

  // As long as it is held, a drag moves the view.
  void setHand(bool held);

  // What the gesture shows over the topology, in the painter's coordinates of the canvas.
  void paint(QPainter& painter, const Theme& theme) const;

 Q_SIGNALS:
  void clicked(const std::string& id);                     // a part
  void doubleClicked(const std::string& id);               // empty: on nothing
  void linkClicked(const std::string& wire, bool output);  // on the tag at that end
  void offerRequested(const weir::designer::PortRef& port, QPointF at, const std::string& instead);
  void connectRequested(const weir::designer::PortRef& from, const weir::designer::PortRef& to, QPointF at,
                        const std::string& instead);

 private:
  struct Press {
    bool pending = false;  // pressed, and not moved far enough for a drag yet
    MouseAt at;
    std::string id;
    bool wasSelected = false;
    std::optional<BendHandle> bend;  // of a wire that is selected
  };

  Document& document() override { return document_; }
  CanvasScene& scene() override { return scene_; }
  Camera& camera() override { return camera_; }
  int nextGesture() override { return ++gestures_; }
  void offer(const PortRef& port, QPointF at, const std::string& instead) override {
    Q_EMIT offerRequested(port, at, instead);
  }
  void connectPorts(const PortRef& from, const PortRef& to, QPointF at, const std::string& instead) override {
    Q_EMIT connectRequested(from, to, at, instead);
  }

  GestureHost& host() { return *this; }
  const PlacedPicture& placed() const { return scene_.placed(); }
  CanvasLook& look() { return scene_.look(); }
  void moveTo(const QMouseEvent& event);
  void begin(std::unique_ptr<Gesture> gesture);
  void beginPress();
  void beginDrag();
  std::unique_ptr<Gesture> gestureAt(const PortRef& port);
  std::unique_ptr<Gesture> gestureOf(const PlacedWire& wire);
  std::optional<BendHandle> bendUnderMouse() const;
  void click();
  void hover();
  void finish();
  void scrollAtEdge();
  // The mouse stands still over a canvas that moves.
  void updateMoved();

  Document& document_;
  CanvasScene& scene_;
  Camera& camera_;
  std::unique_ptr<Gesture> gesture_;
  Press press_;
  MouseAt mouse_;  // the last place
  QTimer edgeTimer_;
  int gestures_ = 0;
  bool hand_ = false;
};

}  // namespace weir::designer
