// An icon that stands beside words, and follows the theme and the screen.
#pragma once

#include <QWidget>

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

class IconLabel : public QWidget {
  Q_OBJECT

 public:
  explicit IconLabel(int size, QWidget* parent = nullptr);

  void setIcon(const QIcon& icon);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QIcon icon_;
};

}  // namespace weir::designer
