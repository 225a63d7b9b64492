#include "designer/ui/widgets/labels.hpp"

#include <QPainter>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

QLabel* makeLabel(const QString& text, FontRole role, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(fontOf(role));
  label->setTextFormat(Qt::PlainText);
  return label;
}

QLabel* makeSecondaryLabel(const QString& text, FontRole role, QWidget* parent) {
  QLabel* label = makeLabel(text, role, parent);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QLabel* makeSectionHead(const QString& text, QWidget* parent) {
  return makeSecondaryLabel(text, FontRole::Section, parent);
}

QLabel* makeFieldLabel(const QString& text, QWidget* field, QWidget* parent) {
  QLabel* label = makeLabel(text, FontRole::Label, parent);
  label->setBuddy(field);
  if (field->accessibleName().isEmpty()) field->setAccessibleName(QString(text).remove(u'&'));
  return label;
}

QLabel* makeHelpText(const QString& text, QWidget* parent) {
  QLabel* label = makeSecondaryLabel(text, FontRole::Help, parent);
  label->setWordWrap(true);
  return label;
}

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setText(text);
}

void ElidedLabel::setText(const QString& text) {
  text_ = text;
  setAccessibleName(text);
  updateToolTip();
  updateGeometry();
  update();
}

void ElidedLabel::setRole(QPalette::ColorRole role) {
  role_ = role;
  update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
  mode_ = mode;
  update();
}

QSize ElidedLabel::sizeHint() const {
  return {fontMetrics().horizontalAdvance(text_), fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
  return {space::kHuge, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setPen(palette().color(role_));
  painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                   fontMetrics().elidedText(text_, mode_, width()));
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  updateToolTip();
}

void ElidedLabel::updateToolTip() {
  setToolTip(fontMetrics().horizontalAdvance(text_) > width() ? text_ : QString());
}

}  // namespace weir::designer
