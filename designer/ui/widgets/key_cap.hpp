// A key as one sees it on a keyboard: "A".
#pragma once

#include <QWidget>

namespace weir::designer {

class KeyCap : public QWidget {
  Q_OBJECT

 public:
  explicit KeyCap(QString key, QWidget* parent = nullptr);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString key_;
};

}  // namespace weir::designer
