// The editors of single fields, with real keys and mouse.
#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "scene.hpp"
#include "ui/panels/field_box.hpp"
#include "ui/panels/line_fields.hpp"
#include "ui/panels/list_field.hpp"
#include "ui/panels/schema_field.hpp"
#include "ui/theme/theme.hpp"

using namespace weir::designer;
namespace json = weir::json;
using weir::TypeId;
using weir::catalog::ParamSpec;
using weir::catalog::ParamType;

class FieldsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { box_.reset(); }

  void everyTypeHasItsEditor_data();
  void everyTypeHasItsEditor();
  void aNumberBecomesANumber();
  void theDefaultIsThePlaceholder();
  void anEmptyFieldRemovesTheValue();
  void aCheckStartsAtItsDefault();
  void choicesHaveReadableTitles();
  void aChoiceThatIsNoneIsKept();
  void formatsComeFromTheCatalog();
  void columnsAreOfferedAndMayBeTyped();
  void theLastColumnNameIsCompleted();
  void aSecretIsRefusedAsText();
  void aSecretInTheFileIsNotShown();
  void helpGivesWayToErrors();
  void itemsCanBeAddedMovedAndRemoved();
  void membersOfAnItemAreEdited();
  void schemaCellsAreEdited();
  void schemaColumnsCanBeAddedMovedAndRemoved();
  void theWheelDoesNotChangeWhatHasNoFocus();

 private:
  FormField field(ParamType type, const json::Value& value = {}) const;
  void show(const FormField& field);
  template <typename T>
  T* find() const {
    return box_->findChild<T*>();
  }

  ParamSpec spec_;
  FieldScene scene_;
  std::unique_ptr<FieldBox> box_;
  std::string path_;
  json::Value value_;  // the last that was edited
  int edits_ = 0;
};

void FieldsTest::init() {
  spec_ = {};
  spec_.name = "thing";
  scene_ = {};
  scene_.catalog = test::pluginCatalog();
  scene_.columns.fields = {{"region", TypeId::String, true}, {"amount", TypeId::Float64, true}};
  scene_.columnsKnown = true;
  edits_ = 0;
  value_ = {};
}

FormField FieldsTest::field(ParamType type, const json::Value& value) const {
  const_cast<ParamSpec&>(spec_).type = type;
  FormField made;
  made.spec = &spec_;
  made.path = "params.thing";
  made.title = "Thing";
  made.required = spec_.required;
  made.value = value;
  return made;
}

void FieldsTest::show(const FormField& field) {
  if (box_ == nullptr || box_->kind() != editorKind(field)) {
    box_ = std::make_unique<FieldBox>(editorKind(field));
    connect(&box_->editor(), &FieldEditor::edited, this, [this](const std::string& path, const json::Value& value) {
      path_ = path;
      value_ = value;
      ++edits_;
    });
  }
  box_->show(field, scene_);
  box_->resize(shell::kRightDock, box_->sizeHint().height());
  box_->QWidget::show();
  QVERIFY(QTest::qWaitForWindowExposed(box_.get()));
  box_->activateWindow();
  QCoreApplication::processEvents();  // what is new in a layout is shown by the event loop
}

void FieldsTest::everyTypeHasItsEditor_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<QString>("value");
  QTest::addColumn<int>("kind");
  const auto row = [](const char* name, ParamType type, const char* value, EditorKind kind) {
    QTest::newRow(name) << int(type) << QString(value) << int(kind);
  };
  row("text", ParamType::Text, "", EditorKind::Line);
  row("integer", ParamType::Integer, "", EditorKind::Line);
  row("duration", ParamType::Duration, "", EditorKind::Line);
  row("boolean", ParamType::Boolean, "true", EditorKind::Check);
  row("boolean that refers", ParamType::Boolean, "\"${param:x}\"", EditorKind::Line);
  row("choice", ParamType::Choice, "", EditorKind::Choice);
  row("column", ParamType::Field, "", EditorKind::Column);
  row("columns", ParamType::Fields, "", EditorKind::Columns);
  row("expression", ParamType::Expression, "", EditorKind::Expression);
  row("format", ParamType::Format, "", EditorKind::Format);
  row("path", ParamType::Path, "", EditorKind::Path);
  row("list", ParamType::List, "[]", EditorKind::List);
  row("list that is none", ParamType::List, "\"x\"", EditorKind::Json);
  row("object", ParamType::Object, "", EditorKind::Object);
  row("schema", ParamType::Schema, "", EditorKind::Schema);
  row("any", ParamType::Any, "3", EditorKind::Json);
}

void FieldsTest::everyTypeHasItsEditor() {
  QFETCH(int, type);
  QFETCH(QString, value);
  QFETCH(int, kind);
  const json::Value parsed = value.isEmpty() ? json::Value() : *json::parseText(value.toStdString());
  QCOMPARE(int(editorKind(field(static_cast<ParamType>(type), parsed))), kind);
}

void FieldsTest::aNumberBecomesANumber() {
  show(field(ParamType::Integer));
  QTest::keyClicks(find<LineEdit>(), "42");
  QCOMPARE(value_, json::Value::number(42));
  QCOMPARE(path_, std::string("params.thing"));
  QTest::keyClicks(find<LineEdit>(), "x");
  QCOMPARE(value_, json::Value::text("42x"));
}

void FieldsTest::theDefaultIsThePlaceholder() {
  FormField duration = field(ParamType::Duration);
  duration.placeholder = "5s";
  show(duration);
  QCOMPARE(find<LineEdit>()->placeholderText(), QString("5s"));
  QCOMPARE(find<LineEdit>()->text(), QString());
}

void FieldsTest::anEmptyFieldRemovesTheValue() {
  show(field(ParamType::Duration, json::Value::text("1")));
  find<LineEdit>()->setFocus();
  QTest::keyClick(find<LineEdit>(), Qt::Key_End);
  QTest::keyClick(find<LineEdit>(), Qt::Key_Backspace);
  QCOMPARE(edits_, 1);
  QVERIFY(value_.isNull());
}

void FieldsTest::aCheckStartsAtItsDefault() {
  spec_.defaultValue = json::Value::boolean(true);
  show(field(ParamType::Boolean));
  QCheckBox* const check = find<QCheckBox>();
  QVERIFY(check->isChecked());
  QTest::mouseClick(check, Qt::LeftButton, {}, QPoint(control::kCheck / 2, check->height() / 2));
  QCOMPARE(value_, json::Value::boolean(false));
  show(field(ParamType::Boolean, json::Value::boolean(false)));
  QVERIFY(!check->isChecked());
}

void FieldsTest::choicesHaveReadableTitles() {
  spec_.choices = {"on_close", "on_update"};
  spec_.defaultValue = json::Value::text("on_close");
  show(field(ParamType::Choice));
  QComboBox* const box = find<QComboBox>();
  QCOMPARE(box->currentText(), QString("On close"));
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Down);
  QCOMPARE(value_, json::Value::text("on_update"));
}

void FieldsTest::aChoiceThatIsNoneIsKept() {
  spec_.choices = {"a", "b"};
  show(field(ParamType::Choice, json::Value::text("${param:mode}")));
  QCOMPARE(find<QComboBox>()->currentText(), QString("${param:mode}"));
  QCOMPARE(edits_, 0);
}

void FieldsTest::formatsComeFromTheCatalog() {
  spec_.required = true;
  show(field(ParamType::Format, json::Value::text("json.json")));
  QCOMPARE(find<QComboBox>()->currentText(), QString("JSON"));
  QCOMPARE(find<QComboBox>()->count(), 1);
  show(field(ParamType::Format, json::Value::text("avro.avro")));
  QCOMPARE(find<QComboBox>()->currentText(), QString("avro.avro"));
}

void FieldsTest::columnsAreOfferedAndMayBeTyped() {
  show(field(ParamType::Field));
  QComboBox* const box = find<QComboBox>();
  QCOMPARE(box->itemText(0), QString("region"));
  QTest::keyClicks(box->lineEdit(), "other");
  QCOMPARE(value_, json::Value::text("other"));
}

void FieldsTest::theLastColumnNameIsCompleted() {
  show(field(ParamType::Fields, json::Value::list({json::Value::text("amount")})));
  LineEdit* const line = find<LineEdit>();
  QCOMPARE(line->text(), QString("amount"));
  line->setFocus();
  QTest::keyClick(line, Qt::Key_End);
  QTest::keyClicks(line, ", re");
  QCompleter* const completer = line->findChild<QCompleter*>();
  QVERIFY(completer != nullptr);
  QTRY_VERIFY(completer->popup()->isVisible());
  QTest::keyClick(completer->popup(), Qt::Key_Down);
  QTest::keyClick(completer->popup(), Qt::Key_Return);
  QCOMPARE(line->text(), QString("amount, region"));
  QCOMPARE(value_, json::Value::list({json::Value::text("amount"), json::Value::text("region")}));
}

void FieldsTest::aSecretIsRefusedAsText() {
  spec_.secret = true;
  show(field(ParamType::Text));
  QTest::keyClicks(find<LineEdit>(), "hunter2");
  QCOMPARE(edits_, 0);
  QVERIFY(find<LineEdit>()->echoMode() == QLineEdit::Password);
  const auto refused = [&] {
    for (const QLabel* const label : box_->findChildren<QLabel*>()) {
      if (label->text().contains("${env:NAME}")) return true;
    }
    return false;
  };
  QVERIFY(refused());
  find<LineEdit>()->selectAll();
  QTest::keyClicks(find<LineEdit>(), "${env:TOKEN}");
  QCOMPARE(value_, json::Value::text("${env:TOKEN}"));
  QCOMPARE(edits_, 1);
  QVERIFY(!refused());
}

void FieldsTest::aSecretInTheFileIsNotShown() {
  spec_.secret = true;
  show(field(ParamType::Text, json::Value::text("hunter2")));
  QVERIFY(!find<LineEdit>()->displayText().contains("hunter2"));
  show(field(ParamType::Text, json::Value::text("${file:key}")));
  QCOMPARE(find<LineEdit>()->displayText(), QString("${file:key}"));
}

void FieldsTest::helpGivesWayToErrors() {
  FormField text = field(ParamType::Text);
  text.help = "What it is.";
  const auto says = [&](const QString& words) {
    for (const QLabel* const label : box_->findChildren<QLabel*>()) {
      if (label->isVisible() && label->text() == words) return true;
    }
    return false;
  };
  show(text);
  QVERIFY(says("What it is."));
  text.errors = {"Wrong."};
  show(text);
  QVERIFY(says("Wrong.") && !says("What it is."));
  QVERIFY(find<LineEdit>()->property("weirInvalid").toBool());
  text.errors.clear();
  show(text);
  QVERIFY(says("What it is.") && !says("Wrong."));
  QVERIFY(!find<LineEdit>()->property("weirInvalid").toBool());
}

namespace {

FormField listOf(const ParamSpec& spec, const json::Value& value) {
  FormField made;
  made.spec = &spec;
  made.path = "params.fields";
  made.value = value;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    FormField name;
    name.spec = &spec.element.front().members.front();
    name.path = "params.fields." + std::to_string(i) + ".name";
    name.title = "Name";
    if (const json::Value* const found = value.items()[i].find("name")) name.value = *found;
    made.items.push_back({name});
  }
  return made;
}

json::Value named(const char* name) {
  json::Value value = json::Value::object();
  value.set("name", json::Value::text(name));
  return value;
}

QToolButton* buttonOf(QWidget* within, const QString& words) {
  for (QToolButton* const button : within->findChildren<QToolButton*>()) {
    if (button->accessibleName() == words) return button;
  }
  return nullptr;
}

}  // namespace

void FieldsTest::itemsCanBeAddedMovedAndRemoved() {
  spec_.type = ParamType::List;
  spec_.element.emplace_back();
  spec_.element.front().type = ParamType::Object;
  spec_.element.front().members.emplace_back();
  show(listOf(spec_, json::Value::list({named("a"), named("b")})));
  auto* const list = static_cast<ListField*>(&box_->editor());
  QTest::mouseClick(buttonOf(list->items()[0], "Move down"), Qt::LeftButton);
  QCOMPARE(value_, json::Value::list({named("b"), named("a")}));
  QVERIFY(!buttonOf(list->items()[0], "Move up")->isEnabled());
  QVERIFY(!buttonOf(list->items()[1], "Move down")->isEnabled());
  QTest::mouseClick(buttonOf(list->items()[1], "Remove"), Qt::LeftButton);
  QCOMPARE(value_, json::Value::list({named("a")}));
  QTest::mouseClick(&list->addButton(), Qt::LeftButton);
  QCOMPARE(value_.items().size(), std::size_t{3});
  QCOMPARE(path_, std::string("params.fields"));
  show(listOf(spec_, value_));
  QVERIFY(list->items()[2]->isOpen());
  QVERIFY(!list->items()[0]->isOpen());
}

void FieldsTest::membersOfAnItemAreEdited() {
  spec_.type = ParamType::List;
  spec_.element.emplace_back();
  spec_.element.front().type = ParamType::Object;
  spec_.element.front().members.emplace_back();
  show(listOf(spec_, json::Value::list({named("a")})));
  auto* const list = static_cast<ListField*>(&box_->editor());
  QVERIFY(list->items()[0]->isOpen());  // the only one
  QTest::keyClicks(list->items()[0]->findChild<LineEdit*>(), "b");
  QCOMPARE(path_, std::string("params.fields.0.name"));
}

void FieldsTest::schemaCellsAreEdited() {
  const json::Value schema = *json::parseText(R"([{ "name": "a", "type": "string" }])");
  show(field(ParamType::Schema, schema));
  QTableView& table = static_cast<SchemaField*>(&box_->editor())->table();
  const auto* const model = table.model();
  QTest::mouseDClick(table.viewport(), Qt::LeftButton, {},
                     table.visualRect(model->index(0, SchemaModel::kName)).center());
  table.edit(model->index(0, SchemaModel::kName));
  QLineEdit* const editor = table.viewport()->findChild<QLineEdit*>();
  QVERIFY(editor != nullptr);
  editor->selectAll();
  QTest::keyClicks(editor, "b");
  QTest::keyClick(editor, Qt::Key_Return);
  QTRY_COMPARE(json::write(value_), std::string(R"([{"name":"b","type":"string"}])"));
  table.model()->setData(model->index(0, SchemaModel::kNullable), Qt::Unchecked, Qt::CheckStateRole);
  QCOMPARE(json::write(value_), std::string(R"([{"name":"a","type":"string","nullable":false}])"));
}

void FieldsTest::schemaColumnsCanBeAddedMovedAndRemoved() {
  const json::Value schema =
      *json::parseText(R"([{ "name": "a", "type": "string" }, { "name": "b", "type": "date" }])");
  show(field(ParamType::Schema, schema));
  auto* const editor = static_cast<SchemaField*>(&box_->editor());
  editor->table().setCurrentIndex(editor->table().model()->index(0, 0));
  QTest::mouseClick(buttonOf(editor, "Move down"), Qt::LeftButton);
  QCOMPARE(value_.items()[0].find("name")->asText(), std::string("b"));
  editor->table().setCurrentIndex(editor->table().model()->index(1, 0));
  QTest::mouseClick(buttonOf(editor, "Remove the column"), Qt::LeftButton);
  QCOMPARE(value_.items().size(), std::size_t{1});
  QTest::mouseClick(buttonOf(editor, "Add a column"), Qt::LeftButton);
  QCOMPARE(value_.items().size(), std::size_t{3});
  QCOMPARE(value_.items()[2].find("type")->asText(), std::string("string"));
}

void FieldsTest::theWheelDoesNotChangeWhatHasNoFocus() {
  spec_.choices = {"a", "b"};
  show(field(ParamType::Choice, json::Value::text("a")));
  QComboBox* const box = find<QComboBox>();
  box->clearFocus();
  QWheelEvent wheel(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(box, &wheel);
  QCOMPARE(edits_, 0);
}

QTEST_MAIN(FieldsTest)
#include "fields_test.moc"
