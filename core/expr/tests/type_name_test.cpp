#include <QtTest>

#include "base/type_name.hpp"

using namespace weir;

class TypeNameTest : public QObject {
  Q_OBJECT
 private slots:
  void everyNameReadsBackAsItsType_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"bool", "int32", "int64", "float64", "decimal(12,2)", "string", "bytes", "timestamp", "date", "list<string>",
          "list<list<decimal(38,38)>>", "struct<name string, age int32 not null>",
          "struct<inner struct<x float64>, tags list<string> not null>", "struct<>"}) {
      QTest::newRow(name) << QString(name);
    }
  }
  void everyNameReadsBackAsItsType() {
    QFETCH(QString, name);
    const Result<DataType> type = parseType(name.toStdString());
    QVERIFY2(type.ok(), type ? "" : type.error().message.c_str());
    QCOMPARE(QString::fromStdString(typeName(*type)), name);
  }

  void spacesAndQuotedNamesAreTaken() {
    const Result<DataType> type = parseType(" struct< \"odd name\"  decimal( 5 , 2 ) not null > ");
    QVERIFY(type.ok());
    QCOMPARE(type->children.at(0).name, std::string("odd name"));
    QCOMPARE(type->children.at(0).type, DataType::decimal(5, 2));
    QVERIFY(!type->children.at(0).nullable);
  }

  void wrongNamesSayWhatToWrite_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("part");
    QTest::newRow("alias") << "bigint"
                           << "write int64";
    QTest::newRow("case") << "String"
                          << "write string";
    QTest::newRow("empty") << ""
                           << "missing";
    QTest::newRow("rest") << "int32 x"
                          << "more text";
    QTest::newRow("precision") << "decimal(39,0)"
                               << "1 to 38";
    QTest::newRow("scale") << "decimal(4,5)"
                           << "0 to the precision";
    QTest::newRow("list") << "list"
                          << "element type";
    QTest::newRow("open") << "list<string"
                          << "not closed";
    QTest::newRow("twice") << "struct<a int32, a int32>"
                           << "two fields 'a'";
  }
  void wrongNamesSayWhatToWrite() {
    QFETCH(QString, name);
    QFETCH(QString, part);
    const Result<DataType> type = parseType(name.toStdString());
    QVERIFY(!type.ok());
    QVERIFY2(QString::fromStdString(type.error().message).contains(part), type.error().message.c_str());
  }

  void deepNestingIsRefused() {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "list<";
    QVERIFY(!parseType(name + "int32").ok());
  }
};

QTEST_APPLESS_MAIN(TypeNameTest)
#include "type_name_test.moc"
