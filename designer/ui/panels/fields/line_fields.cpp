#include "designer/ui/panels/fields/line_fields.hpp"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QVBoxLayout>

#include "designer/model/help/data_file.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/style.hpp"
#include "designer/ui/widgets/file_dialog.hpp"

namespace weir::designer {

LineField::LineField(EditorKind kind, QWidget* parent) : FieldEditor(parent), kind_(kind), line_(new LineEdit) {
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTiny);
  layout->addWidget(line_);
  setFocusProxy(line_);
  if (kind == EditorKind::Columns || kind == EditorKind::Json || kind == EditorKind::Kept) {
    line_->setFont(fontOf(FontRole::Code));
  }
  line_->setReadOnly(kind == EditorKind::Kept);
  if (kind == EditorKind::Path) {
    QAction* const choose = line_->addAction(themeIcon(QStringLiteral("folder-open")), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a file"));
    connect(choose, &QAction::triggered, this, &LineField::choosePath);
  }
  connect(line_, &QLineEdit::textEdited, this, &LineField::onTyped);
  connect(line_, &LineEdit::left, this, [this] {
    if (kind_ == EditorKind::Path) tellFile();
    Q_EMIT finished();
  });
}

// What was typed since names a file that is there.
void LineField::tellFile() {
  const QString written = line_->text().trimmed();
  if (written == toldFile_) return;
  toldFile_ = written;
  const QFileInfo file(QDir(scene_.folder), written);
  if (file.isFile()) Q_EMIT fileNamed(field_.path, written.toStdString(), file.absoluteFilePath());
}

void LineField::show(const FormField& field, const FieldScene& scene) {
  field_ = field;
  scene_ = scene;
  line_->setPlaceholderText(field.placeholder);
  line_->setAccessibleName(accessibleName());
  line_->setAccessibleDescription(accessibleDescription());
  line_->setProperty(kInvalidProperty, property(kInvalidProperty).toBool() || refused_);
  line_->update();
  if (kind_ == EditorKind::Columns) {
    QStringList words;
    for (const Field& column : scene.columns.fields) words.append(QString::fromStdString(column.name));
    line_->setWords(words);
  }
  const QString shown = shownValue(field.value);
  // A secret that stands in the file is no text to show.
  line_->setEchoMode(kind_ == EditorKind::Secret && !shown.isEmpty() && !isReference(shown) ? QLineEdit::Password
                                                                                            : QLineEdit::Normal);
  if (refused_) return;  // what was typed is not in the document, and stays until it can be
  const bool same = field.spec != nullptr && typedValue(*field.spec, line_->text()) == field.value;
  if (same || line_->text() == shown) return;
  line_->setText(shown);
  toldFile_ = shown;
  if (!line_->hasFocus()) line_->setCursorPosition(0);  // long texts show their beginning
}

void LineField::onTyped(const QString& text) {
  if (field_.spec == nullptr) return;
  if (kind_ == EditorKind::Secret) {
    refuse(!text.trimmed().isEmpty() && !isReference(text));
    if (refused_) return;
  }
  Q_EMIT edited(field_.path, typedValue(*field_.spec, text));
}

void LineField::refuse(bool refused) {
  if (refused == refused_) return;
  refused_ = refused;
  line_->setProperty(kInvalidProperty, refused);
  line_->setEchoMode(refused ? QLineEdit::Password : QLineEdit::Normal);
  delete refusal_;
  refusal_ = nullptr;
  if (!refused) return;
  refusal_ = makeNote(tr("A secret never stands in the file. Refer to it: ${env:NAME} or ${file:path}."), true, this);
  layout()->addWidget(refusal_);
}

void LineField::choosePath() {
  const QString chosen = FileDialog(this, tr("Choose a file"), scene_.folder).askForOne();
  if (chosen.isEmpty()) return;
  line_->setText(QString::fromStdString(pathBeside(scene_.folder, chosen)));
  tellFile();
  Q_EMIT finished();
}

CheckField::CheckField(QWidget* parent) : FieldEditor(parent), check_(new QCheckBox) {
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(check_);
  setFocusProxy(check_);
  connect(check_, &QCheckBox::clicked, this, [this](bool on) {
    check_->setTristate(false);
    Q_EMIT edited(path_, json::Value::boolean(on));
    Q_EMIT finished();
  });
}

void CheckField::show(const FormField& field, const FieldScene& /*scene*/) {
  path_ = field.path;
  check_->setText(field.title);
  check_->setAccessibleDescription(field.help);
  const bool byDefault = field.spec != nullptr && field.spec->defaultValue && field.spec->defaultValue->asBoolean();
  check_->setTristate(field.several);
  if (field.several) return check_->setCheckState(Qt::PartiallyChecked);
  check_->setChecked(field.value.isNull() ? byDefault : field.value.asBoolean());
}

}  // namespace weir::designer
