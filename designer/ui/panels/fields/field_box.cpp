#include "designer/ui/panels/fields/field_box.hpp"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/style.hpp"
#include "designer/ui/widgets/icon_label.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

namespace {

QVBoxLayout* column(QWidget* widget, int spacing) {
  auto* const layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing);
  return layout;
}

QString labelOf(const FormField& field) {
  return field.unit.isEmpty() ? field.title : field.title + QStringLiteral(" (%1)").arg(field.unit);
}

}  // namespace

QWidget* makeNote(const QString& text, bool error, QWidget* parent) {
  auto* const note = new QWidget(parent);
  auto* const layout = new QHBoxLayout(note);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTiny + 2);
  auto* const mark = new IconLabel(icon::kSmall);
  mark->setIcon(error ? themeIcon(QStringLiteral("circle-x"), IconTone::Error)
                      : themeIcon(QStringLiteral("triangle-alert"), IconTone::Warning));
  layout->addWidget(mark, 0, Qt::AlignTop);
  QLabel* const label = makeHelpText(text, note);
  label->setForegroundRole(error ? QPalette::BrightText : QPalette::WindowText);
  layout->addWidget(label, 1);
  return note;
}

FieldBox::FieldBox(EditorKind kind, QWidget* parent)
    : QWidget(parent), kind_(kind), label_(new QLabel), editor_(makeEditor(kind, this)), notes_(new QWidget) {
  label_->setFont(fontOf(FontRole::Label));
  label_->setTextFormat(Qt::PlainText);
  label_->setBuddy(editor_);
  column(notes_, space::kTiny);
  QVBoxLayout* const layout = column(this, space::kTiny);
  layout->addWidget(label_);
  label_->setVisible(kind != EditorKind::Check);  // a check has its words beside it
  layout->addWidget(editor_);
  layout->addWidget(notes_);
}

void FieldBox::show(const FormField& field, const FieldScene& scene) {
  path_ = field.path;
  label_->setText(labelOf(field));
  setToolTip(field.spec == nullptr ? QString() : QString::fromStdString(field.spec->name));
  editor_->setAccessibleName(labelOf(field));
  editor_->setAccessibleDescription(field.help);
  editor_->setProperty(kInvalidProperty, !field.errors.isEmpty());
  editor_->show(field, scene);
  showNotes(field);
}

void FieldBox::showNotes(const FormField& field) {
  const bool own = editor_->saysErrors();
  // Errors take the place of the help: the eye finds them where it looked for help before.
  const QStringList errors = own ? QStringList() : field.errors;
  QStringList all = errors + field.warnings;
  if (all.isEmpty() && !own && (field.unfilled || !field.help.isEmpty())) {
    all.append(field.unfilled ? tr("Required. %1").arg(field.help).trimmed() : field.help);
  }
  if (all == shown_) return;
  shown_ = all;
  qDeleteAll(notes_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  for (const QString& error : errors) notes_->layout()->addWidget(makeNote(error, true, notes_));
  for (const QString& warning : field.warnings) notes_->layout()->addWidget(makeNote(warning, false, notes_));
  if (errors.isEmpty() && field.warnings.isEmpty() && !all.isEmpty()) {
    notes_->layout()->addWidget(makeHelpText(all.front(), notes_));
  }
  notes_->setVisible(!all.isEmpty());
}

}  // namespace weir::designer
