// Which part of the scene the window of the canvas shows, and how large; and what of it is painted again.
#pragma once

#include <QGraphicsView>
#include <QPointer>
#include <vector>

class QGestureEvent;
class QVariantAnimation;

namespace weir::designer {

class Camera : public QObject {
  Q_OBJECT

 public:
  // `view` must outlive this.
  explicit Camera(QGraphicsView& view);

  void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
  bool reducedMotion() const { return reducedMotion_; }
  // Whether what is shown may glide to another place.
  bool animates() const { return !reducedMotion_ && view_.isVisible(); }

  double zoom() const { return view_.transform().m11(); }
  // What the window shows, on the canvas.
  QRectF seen() const { return toScene(window().rect()); }
  QPointF middle() const { return view_.mapToScene(window().rect().center()); }

  // The window itself, and the parent of what lies over it, which has the same coordinates.
  QWidget& window() const { return *view_.viewport(); }
  QWidget& frame() const { return view_; }
  QPointF toScene(QPointF inWindow) const { return view_.viewportTransform().inverted().map(inWindow); }
  QRectF toScene(const QRect& inWindow) const { return view_.viewportTransform().inverted().mapRect(QRectF(inWindow)); }
  QPoint toWindow(QPointF scene) const { return view_.mapFromScene(scene); }
  QRect toWindow(const QRectF& scene) const { return view_.mapFromScene(scene).boundingRect(); }

  void setPointer(QPoint inWindow) { pointer_ = inWindow; }
  // Where something new belongs: under the mouse while that is over the window, else in the middle.
  QPointF insertionPoint() const;

  void refresh() { window().update(); }
  // Only places of the canvas, with what belongs to them around.
  void refreshAt(const std::vector<QRectF>& places);

  void panBy(QPoint by);
  void lookAt(QPointF middle) { become(zoom(), middle); }
  // Glides there.
  void show(double zoom, QPointF middle);
  // What lies over the lower right of the window.
  void setCovered(const QRect& covered) { covered_ = covered; }
  // Glides no further than it takes to see a rectangle, or its corner where it is too large; not at all where it is
  // seen. It is not seen where it is covered.
  void reveal(const QRectF& rect);
  // What is seen stays where it is on the screen, although the window has moved there.
  void keepInPlace(QPoint windowMoved);
  // All of a rectangle, at most in its own size; above what is covered, if that would hide some.
  void fit(const QRectF& rect);
  // The same at once, as a topology is seen first: all of a rectangle; where words could not be read then, and it is
  // not much larger, its upper left corner.
  void open(const QRectF& rect);
  // The window or the rectangle has another size: fits or opens it again, if nobody has looked elsewhere since. Where
  // that would make it smaller than a part of what it is now, it stays as it is.
  void fitAgain(const QRectF& rect, double leastPart);
  // From now on the place of things counts, and not that all of them are seen.
  void stay() { whole_ = Whole::No; }
  // What is at a point of the window stays there.
  void zoomAt(double zoom, QPointF inWindow);
  void setZoom(double zoom);
  // Two fingers zoom around their middle; false: it is another gesture.
  bool pinch(QGestureEvent& event);
  void zoomIn();
  void zoomOut();
  void zoomToHundred();
  // The window has another size.
  void resized() { Q_EMIT changed(); }

 Q_SIGNALS:
  void changed();  // zoom or place

 private:
  struct Look {
    double zoom;
    QPointF middle;
  };
  enum class Whole : std::uint8_t { No, Fitted, Opened };
  Look fitting(const QRectF& rect) const;
  Look opening(const QRectF& rect) const;
  void become(double zoom, QPointF middle);
  void apply(double zoom, QPointF middle);
  void stop();

  QGraphicsView& view_;
  QPointer<QVariantAnimation> motion_;
  QPoint pointer_;  // where the mouse was last
  QRect covered_;
  bool reducedMotion_ = false;
  Whole whole_ = Whole::No;  // what is seen is all of it
};

}  // namespace weir::designer
