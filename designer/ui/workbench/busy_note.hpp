// Says over a topology that something takes its time.
#pragma once

#include <QFrame>
#include <QTimer>

class QShortcut;

namespace weir::designer {

class BusyNote : public QFrame {
  Q_OBJECT

 public:
  BusyNote(const QString& text, QWidget* parent);

  // Shown a moment after the beginning; what is quick shows nothing. Escape asks to cancel from the beginning.
  void setBusy(bool busy);

 Q_SIGNALS:
  void cancelRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QTimer later_;
  QShortcut* cancel_;
};

}  // namespace weir::designer
