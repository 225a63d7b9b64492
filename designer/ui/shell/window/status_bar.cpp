#include "designer/ui/shell/window/status_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "designer/ui/widgets/icon_label.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

StatusBar::StatusBar(QWidget* parent)
    : QStatusBar(parent),
      mark_(new IconLabel(icon::kSmall, this)),
      state_(new ElidedLabel({}, this)),
      problems_(new QToolButton(this)),
      zoom_(makeSecondaryLabel({}, FontRole::Help, this)) {
  setFixedHeight(shell::kStatusBar);
  setSizeGripEnabled(false);
  state_->setFont(fontOf(FontRole::Help));
  state_->setRole(QPalette::PlaceholderText);
  problems_->setFont(fontOf(FontRole::Help));
  problems_->setAutoRaise(true);
  problems_->setForegroundRole(QPalette::PlaceholderText);
  problems_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  problems_->setMaximumHeight(shell::kStatusBar - space::kTiny);
  problems_->setToolTip(tr("Show the problems"));
  connect(problems_, &QToolButton::clicked, this, &StatusBar::problemsClicked);

  auto* whole = new QWidget(this);
  auto* layout = new QHBoxLayout(whole);
  layout->setContentsMargins(space::kMedium, 0, space::kMedium, 0);
  layout->setSpacing(space::kSmall);
  layout->addWidget(mark_);
  layout->addWidget(state_, 1);
  layout->addWidget(problems_);
  layout->addWidget(zoom_);
  addWidget(whole, 1);
  mark_->hide();
  clearProblems();
}

void StatusBar::setState(const QString& text, const QString& iconName, IconTone tone) {
  state_->setText(text);
  mark_->setVisible(!iconName.isEmpty());
  mark_->setIcon(themeIcon(iconName, tone));
}

void StatusBar::setProblems(int errors, int unfinished, int warnings) {
  QStringList parts;
  // English has no catalogue that would know its two forms.
  if (errors > 0) parts += errors == 1 ? tr("1 error") : tr("%n errors", nullptr, errors);
  if (unfinished > 0) parts += tr("%1 to fill in").arg(unfinished);
  if (warnings > 0) parts += warnings == 1 ? tr("1 warning") : tr("%n warnings", nullptr, warnings);
  problems_->setText(parts.isEmpty() ? tr("No problems") : parts.join(QStringLiteral(", ")));
  problems_->show();
}

void StatusBar::clearProblems() {
  problems_->hide();
}

void StatusBar::setZoom(double zoom) {
  zoom_->setText(tr("%1 %").arg(qRound(zoom * 100)));
}

void StatusBar::clearZoom() {
  zoom_->clear();
}

QString StatusBar::state() const {
  return state_->text();
}

QString StatusBar::problems() const {
  return problems_->isHidden() ? QString() : problems_->text();
}

QString StatusBar::zoom() const {
  return zoom_->text();
}

}  // namespace weir::designer
