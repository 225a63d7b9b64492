// Words in a panel: a label with the font of its role and a colour that follows the theme.
#pragma once

#include <QLabel>
#include <QPalette>

#include "designer/ui/theme/fonts.hpp"

namespace weir::designer {

// In text colour; `secondary` for what explains.
QLabel* makeLabel(const QString& text, FontRole role, QWidget* parent = nullptr);
QLabel* makeSecondaryLabel(const QString& text, FontRole role, QWidget* parent = nullptr);

// The head of a list or panel.
QLabel* makeSectionHead(const QString& text, QWidget* parent = nullptr);
// Above a field. `field` gets the focus on its mnemonic, and its name for screen readers.
QLabel* makeFieldLabel(const QString& text, QWidget* field, QWidget* parent = nullptr);
// Below a field; wraps.
QLabel* makeHelpText(const QString& text, QWidget* parent = nullptr);

// One line that is cut in the middle when there is no room, and then tells all of it in its tooltip.
class ElidedLabel : public QWidget {
  Q_OBJECT

 public:
  explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

  const QString& text() const { return text_; }
  void setText(const QString& text);
  void setRole(QPalette::ColorRole role);  // the colour
  void setElideMode(Qt::TextElideMode mode);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void updateToolTip();

  QString text_;
  QPalette::ColorRole role_ = QPalette::WindowText;
  Qt::TextElideMode mode_ = Qt::ElideMiddle;
};

}  // namespace weir::designer
