#include "designer/ui/panels/lists/find_bar.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <algorithm>

#include "designer/model/document/find.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/sizes.h"
#include "designer/ui/widgets/icon_button.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

FindBar::FindBar(QWidget* parent)
    : Panel(parent),
      field_(new SearchField(tr("Find: a name, is:error, uses:window, kind:source, field:region"))),
      count_(makeSecondaryLabel({}, FontRole::Body)) {
  auto* const layout = new QHBoxLayout(this);
  layout->setContentsMargins(space::kPanelInset, space::kTiny, space::kTiny, space::kTiny);
  layout->setSpacing(space::kTiny);
  layout->addWidget(field_, 1);
  layout->addSpacing(space::kTiny);
  layout->addWidget(count_);
  QToolButton* const back = makeIconButton(QStringLiteral("chevron-up"), tr("Previous (Shift+Enter)"));
  QToolButton* const forth = makeIconButton(QStringLiteral("chevron-down"), tr("Next (Enter)"));
  QToolButton* const shut = makeIconButton(QStringLiteral("x"), tr("Close (Escape)"));
  for (QToolButton* const one : {back, forth, shut}) layout->addWidget(one);
  connect(back, &QToolButton::clicked, this, &FindBar::previous);
  connect(forth, &QToolButton::clicked, this, &FindBar::next);
  connect(shut, &QToolButton::clicked, this, &FindBar::close);
  connect(field_, &QLineEdit::textChanged, this, [this] {
    current_ = -1;
    search();
    if (!matches_.isEmpty()) step(1);
  });
  field_->setMinimumWidth(shell::kCommandField);
  // As wide as it can get, so that the bar need not grow while somebody types.
  constexpr int kMany = 9999;
  const QFontMetrics metrics(count_->font());
  count_->setMinimumWidth(std::max(metrics.horizontalAdvance(tr("%1 of %2").arg(kMany).arg(kMany)),
                                   metrics.horizontalAdvance(tr("Nothing found"))));
  setFocusProxy(field_);
  setAutoFillBackground(true);
}

void FindBar::start() {
  show();
  field_->setFocus(Qt::ShortcutFocusReason);
  field_->selectAll();
  search();
}

void FindBar::close() {
  hide();
  matches_.clear();
  current_ = -1;
  Q_EMIT closed();
}

void FindBar::onChange(Change change) {
  const bool matters = change == Change::Topology || change == Change::Edited || change == Change::Checks;
  if (matters && isVisible()) search();
}

void FindBar::search() {
  const QString id = current_ >= 0 && current_ < matches_.size() ? matches_[current_] : QString();
  QStringList found;
  if (document() != nullptr) {
    for (const std::string& one : findParts(document()->topology(), *catalog(), *checked(), field_->text())) {
      found.append(QString::fromStdString(one));
    }
  }
  matches_ = std::move(found);
  current_ = matches_.indexOf(id);
  showCount();
}

void FindBar::step(int by) {
  const qsizetype count = matches_.size();
  if (count == 0) return;
  const qsizetype from = current_ >= 0 ? current_ : (by > 0 ? -1 : 0);
  current_ = (from + by + count) % count;
  showCount();
  Q_EMIT locate(matches_[current_]);
}

void FindBar::showCount() {
  if (field_->text().trimmed().isEmpty()) return count_->setText({});
  if (matches_.isEmpty()) return count_->setText(tr("Nothing found"));
  count_->setText(current_ < 0 ? tr("%n found", nullptr, static_cast<int>(matches_.size()))
                               : tr("%1 of %2").arg(current_ + 1).arg(matches_.size()));
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  // What the field itself does not use comes here.
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    step(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
  } else if (event->key() == Qt::Key_Escape) {
    close();
  } else {
    Panel::keyPressEvent(event);
  }
}

}  // namespace weir::designer
