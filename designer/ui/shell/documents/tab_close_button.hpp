// The end of a document's tab: a dot while it has changes that are not saved, a cross under the mouse.
#pragma once

#include <QAbstractButton>

namespace weir::designer {

class TabCloseButton : public QAbstractButton {
  Q_OBJECT

 public:
  explicit TabCloseButton(QWidget* parent = nullptr);

  void setDirty(bool dirty);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  bool dirty_ = false;
};

}  // namespace weir::designer
