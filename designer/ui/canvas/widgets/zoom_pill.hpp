// Smaller, the zoom, larger: a click on the zoom goes back to 100 %.
#pragma once

#include <QFrame>
#include <QToolButton>

namespace weir::designer {

class CanvasView;

class ZoomPill : public QFrame {
  Q_OBJECT

 public:
  explicit ZoomPill(CanvasView& view);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QToolButton* button(const QString& name);

  QToolButton* zoom_;
};

}  // namespace weir::designer
