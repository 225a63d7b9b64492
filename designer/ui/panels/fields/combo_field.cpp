#include "designer/ui/panels/fields/combo_field.hpp"

#include <QCompleter>
#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "designer/ui/panels/fields/line_edit.hpp"
#include "designer/ui/theme/style.hpp"

namespace weir::designer {

ComboField::ComboField(EditorKind kind, QWidget* parent) : FieldEditor(parent), kind_(kind), box_(new QComboBox) {
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(box_);
  setFocusProxy(box_);
  box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box_->setFocusPolicy(Qt::StrongFocus);
  box_->installEventFilter(this);
  if (kind == EditorKind::Column) {
    box_->setEditable(true);
    auto* const line = new LineEdit;
    box_->setLineEdit(line);
    box_->setInsertPolicy(QComboBox::NoInsert);
    box_->completer()->setCompletionMode(QCompleter::PopupCompletion);
    connect(line, &QLineEdit::textEdited, this, [this](const QString& text) {
      const QString name = text.trimmed();
      Q_EMIT edited(path_, name.isEmpty() ? json::Value() : json::Value::text(name.toStdString()));
    });
    connect(line, &LineEdit::left, this, &FieldEditor::finished);
  }
  connect(box_, &QComboBox::activated, this, [this](int index) {
    const QString value = box_->itemData(index).toString();
    Q_EMIT edited(path_, value.isEmpty() ? json::Value() : json::Value::text(value.toStdString()));
    Q_EMIT finished();
  });
}

std::vector<ComboField::Option> ComboField::optionsOf(const FormField& field, const FieldScene& scene) const {
  std::vector<Option> options;
  if (kind_ == EditorKind::Column) {
    for (const Field& column : scene.columns.fields) {
      const QString name = QString::fromStdString(column.name);
      options.push_back({name, name});
    }
    return options;
  }
  // What no value means, where that is not one of the choices.
  if (!field.required && field.spec != nullptr && !field.spec->defaultValue) {
    const bool unnamed = field.several || field.placeholder.isEmpty();
    options.push_back({unnamed ? tr("Not set") : field.placeholder, {}});
  }
  if (kind_ == EditorKind::Choice && field.spec != nullptr) {
    for (const std::string& choice : field.spec->choices) {
      options.push_back({choiceTitle(choice), QString::fromStdString(choice)});
    }
    const bool more = field.spec->aggregates && scene.catalog != nullptr;
    for (const std::string& use :
         more ? scene.catalog->names(catalog::OperatorKind::Aggregate) : std::vector<std::string>()) {
      const catalog::OperatorSpec* const spec = scene.catalog->find(use);
      options.push_back({QString::fromStdString(spec->title.empty() ? use : spec->title), QString::fromStdString(use)});
    }
  }
  if (kind_ == EditorKind::Format && scene.catalog != nullptr) {
    for (const catalog::CatalogEntry& plugin : scene.catalog->entries()) {
      for (const catalog::OperatorSpec& spec : plugin.manifest.operators) {
        if (spec.kind != catalog::OperatorKind::Format) continue;
        options.push_back(
            {QString::fromStdString(spec.title), QString::fromStdString(plugin.manifest.plugin + "." + spec.id)});
      }
    }
  }
  // A value that is none of them (a reference, or of a plugin that is missing) is kept and shown.
  const QString value = shownValue(field.value);
  const bool known = std::any_of(options.begin(), options.end(), [&](const Option& one) { return one.value == value; });
  if (!value.isEmpty() && !known) options.push_back({value, value});
  return options;
}

void ComboField::show(const FormField& field, const FieldScene& scene) {
  path_ = field.path;
  box_->setAccessibleName(accessibleName());
  if (box_->lineEdit() != nullptr) box_->lineEdit()->setAccessibleName(accessibleName());
  box_->setAccessibleDescription(accessibleDescription());
  box_->setProperty(kInvalidProperty, property(kInvalidProperty).toBool());
  box_->update();
  std::vector<Option> options = optionsOf(field, scene);
  const QString value = shownValue(field.value);
  if (options != options_) {
    const QString typed = kind_ == EditorKind::Column ? box_->currentText() : QString();
    options_ = std::move(options);
    box_->clear();
    for (const Option& option : options_) {
      box_->addItem(option.title, option.value);
      // Help and files name the value itself.
      if (kind_ != EditorKind::Column) box_->setItemData(box_->count() - 1, option.value, Qt::ToolTipRole);
    }
    if (kind_ == EditorKind::Column) box_->setEditText(typed);
  }
  if (kind_ == EditorKind::Column) {
    box_->lineEdit()->setPlaceholderText(field.placeholder.isEmpty() ? tr("Choose a column") : field.placeholder);
    if (box_->currentText().trimmed() != value) box_->setEditText(value);
    return;
  }
  box_->setPlaceholderText(field.several ? field.placeholder : tr("Choose"));
  if (field.several) return box_->setCurrentIndex(-1);
  const bool byDefault = value.isEmpty() && field.spec != nullptr && field.spec->defaultValue;
  box_->setCurrentIndex(box_->findData(byDefault ? shownValue(*field.spec->defaultValue) : value));
}

bool ComboField::eventFilter(QObject* watched, QEvent* event) {
  // Scrolling the form must not change a value under the mouse.
  if (event->type() == QEvent::Wheel && !box_->hasFocus()) {
    event->ignore();
    return true;
  }
  return FieldEditor::eventFilter(watched, event);
}

}  // namespace weir::designer
