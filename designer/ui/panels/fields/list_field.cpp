#include "designer/ui/panels/fields/list_field.hpp"

#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "designer/ui/panels/fields/form_view.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"
#include "designer/ui/widgets/icon_button.hpp"

namespace weir::designer {

namespace {

QVBoxLayout* column(QWidget* widget, int spacing) {
  auto* const layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing);
  return layout;
}

bool needsWork(const std::vector<FormField>& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const FormField& field) { return field.unfilled || !field.errors.isEmpty(); });
}

// "orders", "Count": the values, in their order.
QStringList valuesOf(const std::vector<FormField>& fields) {
  QStringList words;
  for (const FormField& field : fields) {
    const bool choice = field.spec != nullptr && field.spec->type == catalog::ParamType::Choice;
    const QString shown = shownValue(field.value);
    if (!shown.isEmpty()) words.append(choice ? choiceTitle(shown.toStdString()) : shown);
  }
  return words;
}

}  // namespace

ObjectField::ObjectField(QWidget* parent) : FieldEditor(parent), form_(new FormView) {
  QVBoxLayout* const layout = column(this, 0);
  layout->setContentsMargins(space::kMedium, 0, 0, 0);  // they belong to the label above
  layout->addWidget(form_);
  connect(form_, &FormView::edited, this, &FieldEditor::edited);
  connect(form_, &FormView::fileNamed, this, &FieldEditor::fileNamed);
  connect(form_, &FormView::finished, this, &FieldEditor::finished);
}

void ObjectField::show(const FormField& field, const FieldScene& scene) {
  form_->show(field.members, scene);
}

void ListHead::setWords(const QString& words) {
  words_ = words;
  setToolTip(words);
  setAccessibleName(words);
  fit();
}

void ListHead::resizeEvent(QResizeEvent* event) {
  QToolButton::resizeEvent(event);
  fit();
}

void ListHead::fit() {
  const int beside = sizeHint().width() - fontMetrics().size(Qt::TextShowMnemonic, text()).width();
  QString shown = fontMetrics().elidedText(words_, Qt::ElideRight, width() - beside);
  setText(shown.replace('&', "&&"));
}

ListItem::ListItem(QWidget* parent) : QWidget(parent), head_(new ListHead), form_(new FormView) {
  up_ = makeIconButton(QStringLiteral("chevron-up"), tr("Move up"));
  down_ = makeIconButton(QStringLiteral("chevron-down"), tr("Move down"));
  remove_ = makeIconButton(QStringLiteral("x"), tr("Remove"));
  connect(up_, &QToolButton::clicked, this, [this] { Q_EMIT moved(-1); });
  connect(down_, &QToolButton::clicked, this, [this] { Q_EMIT moved(1); });
  connect(remove_, &QToolButton::clicked, this, &ListItem::removed);

  head_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  head_->setAutoRaise(true);
  head_->setFont(fontOf(FontRole::Body));
  head_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(head_, &QToolButton::clicked, this, [this] { setOpen(!open_); });
  connect(form_, &FormView::edited, this, &ListItem::edited);
  connect(form_, &FormView::fileNamed, this, &ListItem::fileNamed);
  connect(form_, &FormView::finished, this, &ListItem::finished);

  QVBoxLayout* const layout = column(this, 0);
  layout->setContentsMargins(1, 1, 1, 1);
  auto* const row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(head_, 1);
  for (QToolButton* const one : {up_, down_, remove_}) row->addWidget(one);
  layout->addLayout(row);
  layout->addWidget(form_);
  form_->setContentsMargins(space::kSmall, space::kTiny, space::kSmall, space::kSmall);
  form_->hide();
  setOpen(false);
}

void ListItem::setOpen(bool open) {
  open_ = open;
  head_->setIcon(themeIcon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
  form_->setVisible(open);
  showWords();
}

void ListItem::edit() {
  if (!form_->boxes().empty()) form_->boxes().front()->editor().setFocus(Qt::TabFocusReason);
}

void ListItem::showWords() {
  // Open, its fields say the rest.
  const QStringList shown = open_ ? words_.mid(0, 1) : words_;
  head_->setWords(shown.isEmpty() ? tr("Empty") : shown.join(QStringLiteral("  ·  ")));
}

void ListItem::show(const std::vector<FormField>& fields, const FieldScene& scene, bool first, bool last) {
  words_ = valuesOf(fields);
  showWords();
  up_->setEnabled(!first);
  down_->setEnabled(!last);
  form_->show(fields, scene);
  if (needsWork(fields) && !open_) setOpen(true);
}

void ListItem::paintEvent(QPaintEvent* /*event*/) {
  const Colors& colors = themeOf(this).colors;
  QPainter painter(this);
  paint::roundedBox(painter, rect(), control::kRadius, open_ ? colors.alternate : QColor(), colors.border);
}

ListField::ListField(QWidget* parent) : FieldEditor(parent), rows_(nullptr), add_(new QToolButton) {
  add_->setIcon(themeIcon(QStringLiteral("plus")));
  add_->setText(tr("Add"));
  add_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  add_->setAutoRaise(true);
  connect(add_, &QToolButton::clicked, this, &ListField::add);
  QVBoxLayout* const layout = column(this, space::kTiny);
  rows_ = new QVBoxLayout;
  rows_->setSpacing(space::kTiny);
  layout->addLayout(rows_);
  layout->addWidget(add_, 0, Qt::AlignLeft);
  setFocusProxy(add_);
}

void ListField::show(const FormField& field, const FieldScene& scene) {
  field_ = field;
  while (items_.size() > field.items.size()) {
    items_.back()->hide();
    items_.back()->deleteLater();  // its own signal may be what led here
    items_.pop_back();
  }
  while (items_.size() < field.items.size()) {
    const std::size_t index = items_.size();
    auto* const item = new ListItem(this);
    connect(item, &ListItem::edited, this, &FieldEditor::edited);
    connect(item, &ListItem::fileNamed, this, &FieldEditor::fileNamed);
    connect(item, &ListItem::finished, this, &FieldEditor::finished);
    connect(item, &ListItem::moved, this, [this, index](int by) { move(index, by); });
    connect(item, &ListItem::removed, this, [this, index] { remove(index); });
    rows_->addWidget(item);
    // One alone is what people came for.
    item->setOpen(static_cast<int>(index) == openNext_ || field.items.size() == 1);
    items_.push_back(item);
  }
  const int fresh = std::exchange(openNext_, -1);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    items_[i]->show(field.items[i], scene, i == 0, i + 1 == items_.size());
    if (static_cast<int>(i) == fresh) items_[i]->edit();
  }
}

void ListField::emitList(json::Value list) {
  const std::string path = field_.path;  // the answer replaces field_
  Q_EMIT edited(path, list.items().empty() ? json::Value() : list);
  Q_EMIT finished();
}

void ListField::add() {
  const bool objects = field_.spec != nullptr && !field_.spec->element.empty() &&
                       field_.spec->element.front().type == catalog::ParamType::Object;
  json::Value list = field_.value.isList() ? field_.value : json::Value::list();
  list.items().push_back(objects ? json::Value::object() : json::Value::text(""));
  openNext_ = static_cast<int>(list.items().size()) - 1;
  emitList(std::move(list));
}

void ListField::move(std::size_t from, int by) {
  json::Value list = field_.value;
  const auto to = from + static_cast<std::size_t>(by);
  if (!list.isList() || from >= list.items().size() || to >= list.items().size()) return;
  std::swap(list.items()[from], list.items()[to]);
  const bool open = items_[from]->isOpen();
  items_[from]->setOpen(items_[to]->isOpen());
  items_[to]->setOpen(open);
  emitList(std::move(list));
}

void ListField::remove(std::size_t index) {
  json::Value list = field_.value;
  if (!list.isList() || index >= list.items().size()) return;
  list.items().erase(list.items().begin() + static_cast<std::ptrdiff_t>(index));
  for (std::size_t i = index; i + 1 < items_.size(); ++i) items_[i]->setOpen(items_[i + 1]->isOpen());
  emitList(std::move(list));
}

}  // namespace weir::designer
