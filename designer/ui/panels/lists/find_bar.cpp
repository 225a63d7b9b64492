#include "designer/ui/panels/lists/find_bar.hpp"

#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "designer/model/document/find.hpp"
#include "designer/model/edits/texts.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/sizes.h"
#include "designer/ui/widgets/icon_button.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

FindBar::FindBar(QWidget* parent)
    : Panel(parent),
      field_(new SearchField(tr("Find: a name, is:error, uses:window, kind:source, field:region"))),
      count_(makeSecondaryLabel({}, FontRole::Body)),
      replaceRow_(new QWidget(this)),
      replacement_(new QLineEdit(replaceRow_)),
      replaceOne_(new QPushButton(tr("&Replace"), replaceRow_)),
      replaceAll_(new QPushButton(tr("Replace &all"), replaceRow_)) {
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(space::kPanelInset, space::kTiny, space::kTiny, space::kTiny);
  rows->setSpacing(space::kTiny);
  auto* const layout = new QHBoxLayout;
  layout->setSpacing(space::kTiny);
  rows->addLayout(layout);
  rows->addWidget(replaceRow_);
  makeReplaceRow();
  layout->addWidget(field_, 1);
  layout->addSpacing(space::kTiny);
  layout->addWidget(count_);
  QToolButton* const back = makeIconButton(QStringLiteral("chevron-up"), tr("Previous (Shift+Enter)"));
  QToolButton* const forth = makeIconButton(QStringLiteral("chevron-down"), tr("Next (Enter)"));
  QToolButton* const shut = makeIconButton(QStringLiteral("x"), tr("Close (Escape)"));
  for (QToolButton* const one : {back, forth, shut}) layout->addWidget(one);
  // What replaces comes next, as one writes.
  const QList<QWidget*> order{field_, replacement_, replaceOne_, replaceAll_, back, forth, shut};
  for (qsizetype i = 1; i < order.size(); ++i) setTabOrder(order[i - 1], order[i]);
  connect(back, &QToolButton::clicked, this, &FindBar::previous);
  connect(forth, &QToolButton::clicked, this, &FindBar::next);
  connect(shut, &QToolButton::clicked, this, &FindBar::close);
  connect(field_, &QLineEdit::textChanged, this, [this] {
    current_ = -1;
    done_.clear();
    search();
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

void FindBar::makeReplaceRow() {
  auto* const layout = new QHBoxLayout(replaceRow_);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTiny);
  layout->addWidget(replacement_, 1);
  layout->addWidget(replaceOne_);
  layout->addWidget(replaceAll_);
  replacement_->setPlaceholderText(tr("Replace by"));
  replacement_->setAccessibleName(tr("Replace by"));
  replaceOne_->setToolTip(tr("In this one, and on to the next (Enter)"));
  replaceAll_->setToolTip(tr("In everything that is found: names, remarks and settings, but no ids"));
  for (QPushButton* const button : {replaceOne_, replaceAll_}) button->setAutoDefault(false);
  connect(replaceOne_, &QPushButton::clicked, this, &FindBar::replace);
  connect(replaceAll_, &QPushButton::clicked, this, &FindBar::replaceAll);
}

void FindBar::start() {
  open(false);
}

void FindBar::startReplacing() {
  open(true);
}

void FindBar::open(bool replacing) {
  done_.clear();
  replaceRow_->setVisible(replacing);
  show();
  Q_EMIT resized();
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
  done_.clear();
  const qsizetype count = matches_.size();
  if (count == 0) return;
  const qsizetype from = current_ >= 0 ? current_ : (by > 0 ? -1 : 0);
  current_ = (from + by + count) % count;
  showCount();
  Q_EMIT locate(matches_[current_]);
}

void FindBar::replace() {
  if (current_ < 0) return step(1);
  replaceIn({matches_[current_]});
}

void FindBar::replaceAll() {
  replaceIn(QStringList(matches_));  // a copy: others are found while these are replaced
}

void FindBar::replaceIn(const QStringList& ids) {
  if (document() == nullptr) return;
  std::vector<std::string> parts;
  for (const QString& id : ids) parts.push_back(id.toStdString());
  const qsizetype place = current_;
  Replacing replaced = replaceText(document()->topology(), parts, plainWords(field_->text()), replacement_->text());
  if (replaced.places > 0) document()->apply(std::move(replaced.edit));
  // Said until something else is asked for: checks that come in search again.
  done_ = ids.size() == 1 ? QString() : tr("%n replaced", nullptr, replaced.places);
  search();
  // What was replaced is found no more, as a rule: the next one has its place then.
  if (ids.size() == 1) {
    if (current_ < 0) current_ = place - 1;
    step(1);
  }
}

void FindBar::showCount() {
  const bool replaces = !matches_.isEmpty() && !plainWords(field_->text()).isEmpty();
  replaceOne_->setEnabled(replaces);
  replaceAll_->setEnabled(replaces);
  if (!done_.isEmpty()) return count_->setText(done_);
  if (field_->text().trimmed().isEmpty()) return count_->setText({});
  if (matches_.isEmpty()) return count_->setText(tr("Nothing found"));
  count_->setText(current_ < 0 ? tr("%n found", nullptr, static_cast<int>(matches_.size()))
                               : tr("%1 of %2").arg(current_ + 1).arg(matches_.size()));
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  // What the field itself does not use comes here.
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (replacement_->hasFocus()) return replace();
    step(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
  } else if (event->key() == Qt::Key_Escape) {
    close();
  } else {
    Panel::keyPressEvent(event);
  }
}

}  // namespace weir::designer
