#include <QtTest>

#include <random>

#include "core/base/type_name.hpp"
#include "tests/program/test.hpp"

using namespace weir;

namespace {

using Random = std::mt19937_64;

std::size_t pick(Random& random, std::size_t count) {
  return static_cast<std::size_t>(random() % count);
}

// Words of the syntax, its signs, and what else somebody may call a column.
std::string randomName(Random& random) {
  static const char* const kPieces[] = {"a", "Z",  "_", "7", " ",   "\"",   "\"\"",  ",",      "<",        ">", "(",
                                        ")", "\n", "-", ".", "not", "null", "int32", "struct", "\xc3\xa9", "'", "\\"};
  std::string name;
  for (std::size_t n = pick(random, 4); n > 0; --n) name += kPieces[pick(random, std::size(kPieces))];
  return name;
}

DataType randomType(Random& random, int depth) {
  static const TypeId kPlain[] = {TypeId::Bool,   TypeId::Int32, TypeId::Int64,     TypeId::Float64,
                                  TypeId::String, TypeId::Bytes, TypeId::Timestamp, TypeId::Date};
  const std::size_t kind = pick(random, depth > 0 ? 12 : 9);
  if (kind < 8) return kPlain[kind];
  if (kind == 8) {
    const std::size_t precision = 1 + pick(random, 38);
    return DataType::decimal(static_cast<int>(precision), static_cast<int>(pick(random, precision + 1)));
  }
  if (kind == 9) return DataType::list({"item", randomType(random, depth - 1), pick(random, 2) == 0});
  std::vector<Field> fields;
  for (std::size_t n = pick(random, 4); n > 0; --n) {
    Field field{randomName(random), randomType(random, depth - 1), pick(random, 2) == 0};
    if (!Schema{fields}.find(field.name)) fields.push_back(std::move(field));
  }
  return DataType::structure(std::move(fields));
}

}  // namespace

class TypeNameTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyNameReadsBackAsItsType_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"bool", "int32", "int64", "float64", "decimal(12,2)", "string", "bytes", "timestamp", "date", "list<string>",
          "list<list<decimal(38,38)>>", "struct<name string, age int32 not null>",
          "struct<inner struct<x float64>, tags list<string> not null>", "struct<>", "list<int64 not null>",
          "struct<\"home town\" string, \"7\" int32, \"say \"\"hi\"\"\" bool, \"\" date not null>"}) {
      QTest::newRow(name) << QString(name);
    }
  }
  void everyNameReadsBackAsItsType() {
    QFETCH(QString, name);
    const Result<DataType> type = parseType(name.toStdString());
    QVERIFY2(type.ok(), type ? "" : type.error().message.c_str());
    QCOMPARE(QString::fromStdString(typeName(*type)), name);
  }

  void everyTypeReadsBackFromItsName() {
    const std::uint64_t seed = 20261122;
    Random random(seed);
    for (int round = 0; round < 20000; ++round) {
      const DataType type = randomType(random, 4);
      const std::string name = typeName(type);
      const Result<DataType> back = parseType(name);
      const std::string where = "seed " + std::to_string(seed) + ", round " + std::to_string(round) + ": " + name;
      QVERIFY2(back.ok(), (where + ": " + (back ? "" : back.error().message)).c_str());
      QVERIFY2(*back == type, (where + " reads as " + typeName(*back)).c_str());
    }
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
    QTest::newRow("quote") << "struct<\"a int32>"
                           << "no name";
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

  void theNearestTypeIsFound_data() {
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("misspelt") << "strng"
                              << "string";
    QTest::newRow("of another language") << "Double"
                                         << "float64";
    QTest::newRow("typed behind what was there") << "stringfloat64"
                                                 << "float64";
    QTest::newRow("within another") << "list<struct<at tmestamp, n long>>"
                                    << "list<struct<at timestamp, n int64>>";
    QTest::newRow("without its parts") << "decimal"
                                       << "decimal(12,2)";
    QTest::newRow("nothing near") << "qqqq"
                                  << "";
    QTest::newRow("not closed") << "list<string"
                                << "";
  }
  void theNearestTypeIsFound() {
    QFETCH(QString, written);
    QFETCH(QString, nearest);
    QCOMPARE(QString::fromStdString(nearestType(written.toStdString()).value_or("")), nearest);
  }

  void aWordThatIsNoTypeIsSaidOnce() {
    const std::string said = parseType("strng").error().message;
    QCOMPARE(QString::fromStdString(said).count("strng"), 1);
  }

  void deepNestingIsRefused() {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "list<";
    QVERIFY(!parseType(name + "int32").ok());
  }
};

WEIR_TEST(TypeNameTest)
#include "type_name_test.moc"
