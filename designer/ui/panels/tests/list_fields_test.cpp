// The editors of lists and schemas, with real keys and mouse.
#include <QApplication>
#include <QComboBox>
#include <QTableView>
#include <QToolButton>

#include "core/base/json_parser.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/fields/list_field.hpp"
#include "designer/ui/panels/fields/schema_field.hpp"
#include "designer/ui/panels/tests/fields_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
namespace json = weir::json;
using weir::catalog::ParamSpec;
using weir::catalog::ParamType;

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

class ListFieldsTest : public test::FieldsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void itemsCanBeAddedMovedAndRemoved();
  void membersOfAnItemAreEdited();
  void aLongEntryEndsInDotsAndIsWholeInItsToolTip();
  void anOpenEntrySaysItsFirstValueAlone();
  void schemaCellsAreEdited();
  void schemaColumnsCanBeAddedMovedAndRemoved();
  void aColumnIsTypedFromItsNameToItsNote();
  void tabLeavesTheSchemaBehindItsLastCell();
  void aCellsEditorHidesWhatTheCellShows();
  void aRingShowsInWhichCellOneTypes();
  void aLongTypeLeavesRoomForTheOtherCells();

 private:
  void showSchema(const char* text);
  QTableView& table() const { return static_cast<SchemaField*>(&box_->editor())->table(); }
  // To whatever has the focus, as a keyboard does.
  static void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
  static void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
};

void ListFieldsTest::showSchema(const char* text) {
  show(field(ParamType::Schema, *json::parseText(text)));
  // What is edited comes back, as from the document.
  disconnect(&box_->editor(), &FieldEditor::edited, this, nullptr);
  connect(&box_->editor(), &FieldEditor::edited, this, [this](const std::string& /*path*/, const json::Value& value) {
    value_ = value;
    show(field(ParamType::Schema, value));
  });
}

void ListFieldsTest::itemsCanBeAddedMovedAndRemoved() {
  spec_.type = ParamType::List;
  spec_.element.emplace_back();
  spec_.element.front().type = ParamType::Object;
  spec_.element.front().members.emplace_back();
  show(listOf(spec_, json::Value::list({named("a"), named("b")})));
  auto* const list = static_cast<ListField*>(&box_->editor());
  pointer::click(*buttonOf(list->items()[0], "Move down"));
  QCOMPARE(value_, json::Value::list({named("b"), named("a")}));
  QVERIFY(!buttonOf(list->items()[0], "Move up")->isEnabled());
  QVERIFY(!buttonOf(list->items()[1], "Move down")->isEnabled());
  pointer::click(*buttonOf(list->items()[1], "Remove"));
  QCOMPARE(value_, json::Value::list({named("a")}));
  pointer::click(list->addButton());
  QCOMPARE(value_.items().size(), std::size_t{3});
  QCOMPARE(path_, std::string("params.fields"));
  show(listOf(spec_, value_));
  QVERIFY(list->items()[2]->isOpen());
  QVERIFY(list->items()[2]->isAncestorOf(QApplication::focusWidget()));
  QVERIFY(!list->items()[0]->isOpen());
}

void ListFieldsTest::membersOfAnItemAreEdited() {
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

void ListFieldsTest::aLongEntryEndsInDotsAndIsWholeInItsToolTip() {
  spec_.type = ParamType::List;
  spec_.element.emplace_back();
  spec_.element.front().type = ParamType::Object;
  spec_.element.front().members.emplace_back();
  const QString name = QString("departures & arrivals ").repeated(4).trimmed();
  show(listOf(spec_, json::Value::list({named(name.toUtf8().constData()), named("b")})));
  auto* const list = static_cast<ListField*>(&box_->editor());
  const ListHead* const head = list->items()[0]->findChild<ListHead*>();
  QVERIFY2(head->text().startsWith("departures && arrivals") && head->text().endsWith("…"), qPrintable(head->text()));
  QVERIFY(head->sizeHint().width() <= head->width());
  QCOMPARE(head->toolTip(), name);
  QCOMPARE(list->items()[1]->findChild<ListHead*>()->text(), QString("b"));
}

void ListFieldsTest::anOpenEntrySaysItsFirstValueAlone() {
  spec_.type = ParamType::List;
  spec_.element.emplace_back();
  spec_.element.front().type = ParamType::Object;
  spec_.element.front().members.resize(2);
  FormField field = listOf(spec_, json::Value::list({named("a"), named("b")}));
  for (std::vector<FormField>& item : field.items) {
    item.push_back(item.front());
    item.back().path += "_more";
    item.back().value = json::Value::text("c");
  }
  show(field);
  auto* const list = static_cast<ListField*>(&box_->editor());
  auto* const head = list->items()[0]->findChild<ListHead*>();
  QCOMPARE(head->toolTip(), QString("a  ·  c"));
  pointer::click(*head);
  QVERIFY(list->items()[0]->isOpen());
  QCOMPARE(head->toolTip(), QString("a"));
}

void ListFieldsTest::schemaCellsAreEdited() {
  const json::Value schema = *json::parseText(R"([{ "name": "a", "type": "string" }])");
  show(field(ParamType::Schema, schema));
  QTableView& table = static_cast<SchemaField*>(&box_->editor())->table();
  const auto* const model = table.model();
  pointer::doubleClick(*table.viewport(), table.visualRect(model->index(0, SchemaModel::kName)).center());
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

void ListFieldsTest::schemaColumnsCanBeAddedMovedAndRemoved() {
  const json::Value schema =
      *json::parseText(R"([{ "name": "a", "type": "string" }, { "name": "b", "type": "date" }])");
  show(field(ParamType::Schema, schema));
  auto* const editor = static_cast<SchemaField*>(&box_->editor());
  editor->table().setCurrentIndex(editor->table().model()->index(0, 0));
  pointer::click(*buttonOf(editor, "Move down"));
  QCOMPARE(value_.items()[0].find("name")->asText(), std::string("b"));
  editor->table().setCurrentIndex(editor->table().model()->index(1, 0));
  pointer::click(*buttonOf(editor, "Remove the column"));
  QCOMPARE(value_.items().size(), std::size_t{1});
  pointer::click(*buttonOf(editor, "Add a column"));
  QCOMPARE(value_.items().size(), std::size_t{3});
  QCOMPARE(value_.items()[2].find("type")->asText(), std::string("string"));
}

void ListFieldsTest::aColumnIsTypedFromItsNameToItsNote() {
  showSchema(R"([{ "name": "a", "type": "string" }])");
  pointer::click(*buttonOf(box_.get(), "Add a column"));
  type("amount");
  press(Qt::Key_Tab);
  type("float64");
  press(Qt::Key_Tab);
  press(Qt::Key_Space);
  press(Qt::Key_Tab);
  type("in euros");
  press(Qt::Key_Return);
  QTRY_COMPARE(QString::fromStdString(json::write(value_.items().at(1))),
               QString(R"({"name":"amount","type":"float64","nullable":false,"doc":"in euros"})"));
  QCOMPARE(json::write(value_.items().at(0)), std::string(R"({"name":"a","type":"string"})"));
}

void ListFieldsTest::tabLeavesTheSchemaBehindItsLastCell() {
  showSchema(R"([{ "name": "a", "type": "string" }])");
  table().setFocus();
  table().setCurrentIndex(table().model()->index(0, SchemaModel::kDoc));
  press(Qt::Key_F2);
  type("b");
  press(Qt::Key_Tab);
  QCOMPARE(QApplication::focusWidget()->accessibleName(), QString("Add a column"));
  QCOMPARE(json::write(value_), std::string(R"([{"name":"a","type":"string","doc":"b"}])"));
}

void ListFieldsTest::aCellsEditorHidesWhatTheCellShows() {
  showSchema(R"([{ "name": "WWWW", "type": "string" }])");
  for (const int column : {SchemaModel::kName, SchemaModel::kType}) {
    const QModelIndex index = table().model()->index(0, column);
    table().setCurrentIndex(index);
    table().edit(index);
    auto* const box = qobject_cast<QComboBox*>(QApplication::focusWidget());
    auto* const line = box == nullptr ? qobject_cast<QLineEdit*>(QApplication::focusWidget()) : box->lineEdit();
    QVERIFY(line != nullptr);
    line->clear();
    QCoreApplication::processEvents();
    // Beside the cursor and within the outline nothing is to be seen but the ground.
    const QRect cell = table().visualRect(index);
    const QImage seen = table().viewport()->grab(cell).toImage();
    const QColor ground = themeOf(&table()).colors.base;
    const int from = seen.width() / 4;
    const int to = box == nullptr ? seen.width() - 4 : seen.width() / 2;
    for (int x = from; x < to; ++x) QCOMPARE(seen.pixelColor(x, seen.height() / 2), ground);
    press(Qt::Key_Escape);
  }
}

void ListFieldsTest::aRingShowsInWhichCellOneTypes() {
  showSchema(R"([{ "name": "a", "type": "string" }])");
  table().setFocus();
  const auto ringed = [this](int column) {
    const QImage seen = table().viewport()->grab(table().visualRect(table().model()->index(0, column))).toImage();
    return seen.pixelColor(seen.width() / 2, 0) == themeOf(&table()).colors.accent;
  };
  for (const int column : {SchemaModel::kName, SchemaModel::kDoc}) {
    table().setCurrentIndex(table().model()->index(0, column));
    QCoreApplication::processEvents();
    QVERIFY(ringed(column));
    QVERIFY(!ringed(SchemaModel::kType));
  }
}

void ListFieldsTest::aLongTypeLeavesRoomForTheOtherCells() {
  showSchema(
      R"([{ "name": "address", "type": "struct<street string not null, number int32, city string, country string>" }])");
  QCoreApplication::processEvents();
  const QRect note = table().visualRect(table().model()->index(0, SchemaModel::kDoc));
  QVERIFY2(note.right() < table().viewport()->width(), qPrintable(QString::number(note.right())));
  QVERIFY(table().visualRect(table().model()->index(0, SchemaModel::kName)).width() >= note.width());
  QCOMPARE(table().model()->index(0, SchemaModel::kType).data(Qt::ToolTipRole).toString().left(6), QString("struct"));
}

WEIR_TEST(ListFieldsTest)
#include "list_fields_test.moc"
