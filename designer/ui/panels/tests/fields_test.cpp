// The editors of single fields, with real keys and mouse.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>

#include "core/base/json_parser.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/tests/fields_fixture.hpp"
#include "designer/ui/theme/sizes.h"
#include "designer/ui/theme/style.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
namespace json = weir::json;
using weir::catalog::ParamType;

class FieldsTest : public test::FieldsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void everyTypeHasItsEditor_data();
  void everyTypeHasItsEditor();
  void aNumberBecomesANumber();
  void theDefaultIsThePlaceholder();
  void anEmptyFieldRemovesTheValue();
  void aCheckStartsAtItsDefault();
  void choicesHaveReadableTitles();
  void aChoiceIsTakenWithTheMouse();
  void aChoiceThatIsNoneIsKept();
  void formatsComeFromTheCatalog();
  void columnsAreOfferedAndMayBeTyped();
  void theLastColumnNameIsCompleted();
  void aSecretIsRefusedAsText();
  void aSecretInTheFileIsNotShown();
  void helpGivesWayToErrors();
  void whatHasStillToBeFilledInIsCalm();
  void theWheelDoesNotChangeWhatHasNoFocus();
};

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
  pointer::click(*check, QPoint(control::kCheck / 2, check->height() / 2));
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

void FieldsTest::aChoiceIsTakenWithTheMouse() {
  spec_.choices = {"on_close", "on_update"};
  spec_.defaultValue = json::Value::text("on_close");
  show(field(ParamType::Choice));
  QComboBox* const box = find<QComboBox>();
  pointer::click(*box);
  QAbstractItemView* const rows = box->view();
  QTRY_VERIFY(rows->isVisible());
  pointer::click(*rows->viewport(), rows->visualRect(box->model()->index(1, 0)).center());
  QTRY_COMPARE(value_, json::Value::text("on_update"));
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

void FieldsTest::whatHasStillToBeFilledInIsCalm() {
  FormField made = field(ParamType::Duration);
  made.unfilled = true;
  made.help = "Length of a window.";
  show(made);
  QCOMPARE(box_->findChildren<QLabel*>().last()->text(), QString("Required. Length of a window."));
  QVERIFY(!box_->editor().property(kInvalidProperty).toBool());
  made.unfilled = false;
  made.errors = {"It has no unit."};
  show(made);
  QVERIFY(box_->editor().property(kInvalidProperty).toBool());
}

WEIR_TEST(FieldsTest)
#include "fields_test.moc"
