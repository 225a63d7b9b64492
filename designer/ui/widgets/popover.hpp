// A card in the middle of its window, over everything else. Escape, and a click beside it, close and delete it; the
// focus returns to where it was.
#pragma once

#include <QPointer>
#include <QWidget>

namespace weir::designer {

class Popover : public QWidget {
  Q_OBJECT

 public:
  // `name` is for screen readers.
  Popover(const QString& name, QSize size, QWidget* window);

  QWidget* card() const { return card_; }  // put the content in here

  void open(QWidget* focus);
  void end();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void place();

  QSize wanted_;
  QWidget* card_;
  QPointer<QWidget> before_;  // had the focus
};

}  // namespace weir::designer
