// The line at the bottom: what goes on at the left; problems and zoom at the right.
#pragma once

#include <QStatusBar>

#include "designer/ui/theme/icons.hpp"

class QLabel;
class QToolButton;

namespace weir::designer {

class ElidedLabel;
class IconLabel;

class StatusBar : public QStatusBar {
  Q_OBJECT

 public:
  explicit StatusBar(QWidget* parent = nullptr);

  // `iconName` may be empty.
  void setState(const QString& text, const QString& iconName = {}, IconTone tone = IconTone::Secondary);
  // `unfinished`: what has still to be filled in.
  void setProblems(int errors, int unfinished, int warnings);
  void clearProblems();
  void setZoom(double zoom);  // 1 is 100 %
  void clearZoom();

  QString state() const;
  QString problems() const;
  QString zoom() const;

 Q_SIGNALS:
  void problemsClicked();

 private:
  IconLabel* mark_;
  ElidedLabel* state_;
  QToolButton* problems_;
  QLabel* zoom_;
};

}  // namespace weir::designer
