// Rows of a topic whose schema has changed.
#include "core/runtime/codec/schema_versions.hpp"

#include "core/base/type_name.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

const Field kId{"id", TypeId::Int64, false};
const Field kName{"name", TypeId::String, true};

SharedBytes written(const Schema& schema, const std::function<void(BatchBuilder&)>& rows) {
  BatchBuilder builder(makeSchema(schema));
  rows(builder);
  auto body = std::make_shared<std::vector<std::byte>>();
  encodeBatch(builder.finish(), *body);
  return {*body, body};
}

SharedBytes numbersAndNames() {
  return written(Schema{{kId, kName}}, [](BatchBuilder& rows) {
    rows.row(std::int64_t{1}, std::string("a"));
    rows.row(std::int64_t{2}, nullptr);
  });
}

SchemaVersions versionsOf(const std::vector<Schema>& schemas) {
  SchemaVersions versions;
  for (const Schema& schema : schemas) versions.add({schema});
  return versions;
}

// What blocks of numbers and names are under another schema.
std::vector<std::string> readAs(const Schema& wanted) {
  BlockReader reader(makeSchema(wanted));
  reader.learn(versionsOf({Schema{{kId, kName}}, wanted}));
  const auto batch = reader.read(numbersAndNames());
  if (!batch) return {batch.error().message};
  std::vector<std::string> rows;
  for (std::int64_t row = 0; row < batch->rowCount(); ++row) {
    rows.emplace_back();
    appendRowText(rows.back(), wanted, *batch, row);
  }
  return rows;
}

using Rows = std::vector<std::string>;

}  // namespace

class SchemaVersionsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anAddedColumnIsNullInOldRows_data() {
    QTest::addColumn<QString>("type");
    for (const char* type : {"bool", "int32", "int64", "float64", "decimal(12,2)", "string", "bytes", "timestamp",
                             "date", "list<int64>", "list<string>", "struct<a string, b list<int64>>"}) {
      QTest::newRow(type) << QString(type);
    }
  }
  void anAddedColumnIsNullInOldRows() {
    QFETCH(QString, type);
    const Field added{"added", *parseType(type.toStdString()), true};
    QCOMPARE(readAs(Schema{{kId, added, kName}}),
             (Rows{R"({"id":1,"added":null,"name":"a"})", R"({"id":2,"added":null,"name":null})"}));
  }

  void aRemovedColumnIsPassedOver() {
    QCOMPARE(readAs(Schema{{kName}}), (Rows{R"({"name":"a"})", R"({"name":null})"}));
  }

  void columnsMayChangePlaces() {
    QCOMPARE(readAs(Schema{{kName, kId}}), (Rows{R"({"name":"a","id":1})", R"({"name":null,"id":2})"}));
  }

  void whatCannotBeReadSaysWhy() {
    const Schema old{{kId, kName}};
    QVERIFY(whyUnreadable(old, Schema{{{"id", TypeId::String, false}}})->find("of type int64 and not string") !=
            std::string::npos);
    QVERIFY(whyUnreadable(old, Schema{{{"new", TypeId::Int64, false}}})->find("must not be null") != std::string::npos);
    QVERIFY(whyUnreadable(old, Schema{{{"name", TypeId::String, false}}})->find("may be null") != std::string::npos);
    QVERIFY(!whyUnreadable(old, Schema{{{"id", TypeId::Int64, true}}}));
    const Rows refused = readAs(Schema{{{"id", TypeId::String, true}}});
    QCOMPARE(refused.size(), std::size_t{1});
    QVERIFY(refused[0].find("of type int64 and not string") != std::string::npos);
  }

  void aSchemaThatNobodyKnowsIsRefused() {
    const BlockReader reader(makeSchema(Schema{{kName}}));
    QVERIFY(!reader.read(numbersAndNames()).ok());
  }

  void descriptionsKeepEveryVersion() {
    const SchemaVersions versions = versionsOf({Schema{{kId}}, Schema{{kId, kName}}, Schema{{kId}}});
    QCOMPARE(versions.all().size(), std::size_t{2});
    QCOMPARE(versions.all().back().schema.fields.size(), std::size_t{1});  // the newest
    const auto read = SchemaVersions::parse(versions.description());
    QVERIFY(read.ok());
    QCOMPARE(read->description(), versions.description());
  }

  void aDescriptionOfOneSchemaIsOneVersion() {
    const auto read = SchemaVersions::parse("struct<id int64 not null>");
    QVERIFY(read.ok());
    QCOMPARE(read->all().size(), std::size_t{1});
    QVERIFY(!SchemaVersions::parse("state of a node").ok());
  }

  void recordsAreVersionsOfTheirOwn() {
    SchemaVersions versions;
    const RecordFormat json{"json.json"};
    const RecordFormat csv{"csv.csv", R"({"separator":"\t , <"})"};
    versions.add({Schema{{kId}}});
    versions.add({Schema{{kId}}, json});
    versions.add({Schema{{kId}}, csv});
    versions.add({Schema{{kId, kName}}, csv});
    const auto read = SchemaVersions::parse(versions.description());
    QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
    QCOMPARE(read->description(), versions.description());
    QCOMPARE(read->all().size(), std::size_t{4});
    QVERIFY(!read->find(fingerprintOf(RowVersion{Schema{{kId}}}))->format);
    const RowVersion* const found = read->find(fingerprintOf(RowVersion{Schema{{kId}}, csv}));
    QVERIFY(found != nullptr && found->format == csv && found->schema == Schema{{kId}});
    QCOMPARE(versions.description().substr(0, 69),
             std::string("struct<id int64 not null>\nrecords json.json {}\tstruct<id int64 not null>").substr(0, 69));
    for (const char* const wrong :
         {"records json.json\tstruct<id int64>", "records ", "records a {}", "records a {}\tint64"}) {
      QVERIFY2(!SchemaVersions::parse(wrong).ok(), wrong);
    }
  }
};

WEIR_TEST(SchemaVersionsTest)
#include "schema_versions_test.moc"
