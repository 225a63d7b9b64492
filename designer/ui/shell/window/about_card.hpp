// Which Weir this is, what it is made with, and under which licence it is.
#pragma once

#include "designer/ui/widgets/popover.hpp"

class QLabel;

namespace weir::designer {

class AboutCard : public Popover {
  Q_OBJECT

 public:
  explicit AboutCard(QWidget* window);

  void open();
  // What one says when something is wrong; it can be copied.
  QString words() const;

 private:
  QLabel* words_;
};

}  // namespace weir::designer
