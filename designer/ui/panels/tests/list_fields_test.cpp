// The editors of lists and schemas, with real keys and mouse.
#include <QApplication>
#include <QTableView>
#include <QToolButton>

#include "core/base/json_parser.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/fields/list_field.hpp"
#include "designer/ui/panels/fields/schema_field.hpp"
#include "designer/ui/panels/tests/fields_fixture.hpp"
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
};

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

WEIR_TEST(ListFieldsTest)
#include "list_fields_test.moc"
