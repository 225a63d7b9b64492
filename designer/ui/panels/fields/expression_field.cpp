#include "designer/ui/panels/fields/expression_field.hpp"

#include <QCompleter>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QVBoxLayout>

#include "core/topology/graph/plugin_functions.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/theme/style.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

namespace {

std::vector<expr::FunctionSignature> functionsOf(const FieldScene& scene) {
  return scene.catalog == nullptr ? std::vector<expr::FunctionSignature>() : topology::functionsOf(*scene.catalog);
}

}  // namespace

ExpressionField::ExpressionField(EditorKind kind, QWidget* parent)
    : FieldEditor(parent), kind_(kind), frame_(new QWidget), edit_(new ExpressionEdit(kind == EditorKind::Expression)) {
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTiny);
  auto* const inner = new QVBoxLayout(frame_);
  const int above = (control::kHeight - edit_->fontMetrics().lineSpacing()) / 2;
  inner->setContentsMargins(control::kFieldInset, above, control::kFieldInset, above);
  inner->addWidget(edit_);
  frame_->setCursor(Qt::IBeamCursor);
  frame_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  layout->addWidget(frame_);
  setFocusProxy(edit_);
  edit_->installEventFilter(this);
  connect(edit_, &ExpressionEdit::typed, this, [this] {
    judge();
    if (field_.spec != nullptr) Q_EMIT edited(field_.path, typedValue(*field_.spec, edit_->toPlainText()));
  });
  connect(edit_, &ExpressionEdit::left, this, &FieldEditor::finished);
}

void ExpressionField::show(const FormField& field, const FieldScene& scene) {
  const bool columns =
      scene.columnsKnown != scene_.columnsKnown || scene.columns != scene_.columns || scene.catalog != scene_.catalog;
  field_ = field;
  scene_ = scene;
  edit_->setPlaceholderText(field.placeholder);
  edit_->setAccessibleName(accessibleName());
  edit_->setAccessibleDescription(accessibleDescription());
  if (kind_ == EditorKind::Expression && (columns || edit_->completer().model()->rowCount() == 0)) {
    edit_->setColumns(scene.columns, functionsOf(scene));
  }
  const QString shown = shownValue(field.value);
  const bool same = field.spec != nullptr && typedValue(*field.spec, edit_->toPlainText()) == field.value;
  if (!same && edit_->toPlainText() != shown) edit_->setExpression(shown);
  judge();
  frame_->update();
}

void ExpressionField::judge() {
  const std::string text = edit_->toPlainText().toStdString();
  const bool blank = edit_->toPlainText().trimmed().isEmpty();
  edit_->markError(0, 0);
  // References are filled in at the start only.
  if (kind_ != EditorKind::Expression || blank || !scene_.columnsKnown || text.find("${") != std::string::npos)
    return say({}, false);
  expr::CompileError error;
  const std::vector<expr::FunctionSignature> known = functionsOf(scene_);
  const expr::Functions functions =
      scene_.catalog == nullptr ? expr::Functions{} : topology::checkedFunctions(known, *scene_.catalog);
  const auto compiled = expr::compile(text, scene_.columns, &error, &functions);
  if (!compiled) {
    edit_->markError(error.offset, error.length);
    QString words = QString::fromStdString(error.sentence());
    for (const expr::CompileError& other : error.others) words += u'\n' + QString::fromStdString(other.sentence());
    return say(words, true);
  }
  const std::string type = typeName((*compiled)->type());
  if (field_.spec != nullptr && !field_.spec->result.empty() && type != field_.spec->result) {
    edit_->markError(0, text.size());
    return say(tr("It gives %1; %2 is needed here.")
                   .arg(QString::fromStdString(type), QString::fromStdString(field_.spec->result)),
               true);
  }
  say((*compiled)->nullable() ? tr("gives %1, perhaps null").arg(QString::fromStdString(type))
                              : tr("gives %1").arg(QString::fromStdString(type)),
      false);
}

void ExpressionField::say(const QString& words, bool wrong) {
  if (words == verdict_ && wrong == wrong_) return;
  verdict_ = words;
  wrong_ = wrong;
  delete note_;
  note_ = nullptr;
  if (!words.isEmpty()) {
    note_ = wrong ? makeNote(words, true, this) : makeHelpText(words, this);
    layout()->addWidget(note_);
  }
  update();
}

bool ExpressionField::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return FieldEditor::eventFilter(watched, event);
}

void ExpressionField::mousePressEvent(QMouseEvent* /*event*/) {
  edit_->setFocus(Qt::MouseFocusReason);
}

void ExpressionField::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  QStyleOptionFrame option;
  option.initFrom(this);
  option.rect = frame_->geometry();
  option.lineWidth = 1;
  option.state.setFlag(QStyle::State_HasFocus, edit_->hasFocus());
  setProperty(kInvalidProperty, wrong_ || !field_.errors.isEmpty());
  style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
}

}  // namespace weir::designer
