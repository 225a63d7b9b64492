// What is made of rows: types, nulls, times.
#include <fstream>

#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"
#include "core/infer/infer_schema.hpp"
#include "core/infer/read_lines.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::infer;

namespace {

Inferred inferred(const std::string& lines) {
  std::istringstream in(lines);
  return inferSchema(readLines(in, 1000, 10'000).rows);
}

// "a int64 not null, b string"
std::string columnsOf(const Inferred& from) {
  std::string out;
  for (const Field& field : from.schema.fields) {
    out += (out.empty() ? "" : ", ") + field.name + " " + typeName(field.type) + (field.nullable ? "" : " not null");
  }
  return out;
}

std::string columnsIn(const std::string& lines) {
  return columnsOf(inferred(lines));
}

}  // namespace

class InferSchemaTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void typesFollowFromAllRows_data() {
    QTest::addColumn<QString>("rows");
    QTest::addColumn<QString>("columns");
    const auto row = [](const char* name, const char* rows, const char* columns) {
      QTest::newRow(name) << QString(rows) << QString(columns);
    };
    row("plain", R"({"a":true,"b":1,"c":"x"})", "a bool not null, b int64 not null, c string not null");
    row("a fraction widens", R"({"a":1}
{"a":1.5})",
        "a float64 not null");
    row("an exponent widens", R"({"a":1e3})", "a float64 not null");
    row("more digits than a double keeps", R"({"a":12345678901234.56789})", "a decimal(38,5) not null");
    row("as a double was written", R"({"a":12.658579999999999})", "a float64 not null");
    row("beyond 64 bits", R"({"a":1}
{"a":123456789012345678901})",
        "a decimal(38,0) not null");
    row("null", R"({"a":1}
{"a":null})",
        "a int64");
    row("missing", R"({"a":1,"b":2}
{"a":1})",
        "a int64 not null, b int64");
    row("late", R"({"b":2}
{"a":1,"b":2})",
        "b int64 not null, a int64");
    row("only null", R"({"a":null})", "a string");
    row("time with a zone", R"({"a":"2013-01-31T23:59:59Z"}
{"a":"2013-01-31T23:59:59.5+01:00"})",
        "a timestamp not null");
    row("time without a zone", R"({"a":"2013-01-31T23:59:59"})", "a string not null");
    row("date", R"({"a":"2013-01-31"})", "a date not null");
    row("date and something", R"({"a":"2013-01-31"}
{"a":"soon"})",
        "a string not null");
    row("a word that ends like a time", R"({"update":1357035300000})", "update int64 not null");
    row("milliseconds by name", R"({"scheduled_at":1357035300000})", "scheduled_at timestamp not null");
    row("a large number", R"({"count":1357035300000})", "count int64 not null");
    row("seconds stay numbers", R"({"ts":1357035300})", "ts int64 not null");
    row("lists", R"({"a":[1,2],"b":[]}
{"a":[1.5,null],"b":["x"]})",
        "a list<float64> not null, b list<string> not null");
    row("objects", R"({"a":{"b":1,"c":{"d":"x"}}}
{"a":{"e":true}})",
        "a struct<b int64, c struct<d string>, e bool> not null");
  }
  void typesFollowFromAllRows() {
    QFETCH(QString, rows);
    QFETCH(QString, columns);
    QCOMPARE(QString::fromStdString(columnsIn(rows.toStdString())), columns);
  }

  void aColumnOfTwoKindsTakesTheMoreFrequentOneAndSaysSo() {
    const Inferred made = inferred("{\"a\":1}\n{\"a\":2}\n{\"a\":\"x\"}\n");
    QCOMPARE(columnsOf(made), std::string("a int64 not null"));
    QCOMPARE(made.doubts.size(), std::size_t{1});
    QVERIFY(made.doubts[0].find("\"a\" is a number in 2 rows") == 0);
  }

  void anEmptyObjectIsLeftOut() {
    const Inferred made = inferred(R"({"a":{},"b":1})");
    QCOMPARE(columnsOf(made), std::string("b int64 not null"));
    QCOMPARE(made.doubts.size(), std::size_t{1});
  }

  void theDisorderIsTheMostThatARowLiesBehind() {
    const Inferred made = inferred(
        "{\"ts\":\"2013-01-31T10:00:00Z\"}\n{\"ts\":\"2013-01-31T10:05:00Z\"}\n{\"ts\":\"2013-01-31T10:04:00Z\"}\n"
        "{\"ts\":\"2013-01-31T10:02:00Z\"}\n{\"ts\":\"2013-01-31T10:06:00Z\"}\n");
    QCOMPARE(made.times.size(), std::size_t{1});
    QCOMPARE(made.times[0].disorder, 180 * kSecond);
    QCOMPARE(made.times[0].rows, std::int64_t{5});
    QVERIFY(made.times[0].usable);
  }

  void numbersThatGoUpAreTimes() {
    std::string lines;
    for (int i = 0; i < 20; ++i) lines += "{\"n\":" + std::to_string(1'357'035'300'000 + i * 60'000) + "}\n";
    QCOMPARE(columnsIn(lines), std::string("n timestamp not null"));
  }

  void theBestEventTimeIsInEveryRowAndCalledSo() {
    const Inferred made = inferred(
        "{\"left_at\":null,\"planned_at\":1357035300000,\"created\":\"2013-01-31T10:00:00Z\",\"ts\":1357035300}\n"
        "{\"left_at\":1357035300000,\"planned_at\":1357035400000,\"created\":\"2013-01-31T09:00:00Z\",\"ts\":"
        "1357035300}\n");
    std::string order;
    for (const TimeColumn& time : made.times) order += time.column + (time.usable ? " " : "! ");
    QCOMPARE(order, std::string("planned_at created left_at ts! "));
  }

  void disorderIsRoundedUpToWhatPeopleChoose() {
    QCOMPARE(roundedUp(0), Duration{0});
    QCOMPARE(roundedUp(1), kSecond);
    QCOMPARE(roundedUp(192 * 60 * kSecond), 5 * 3600 * kSecond);
    QCOMPARE(roundedUp(kSecond * 86'400 * 10 + 1), kSecond * 86'400 * 11);
  }

  void wrongLinesAreNamedAndPassedOver() {
    std::istringstream in("{\"a\":1}\n\n[1]\n{\"a\":\n{\"a\":2}\n");
    const FirstRows found = readLines(in, 100, 1000);
    QCOMPARE(found.rows.size(), std::size_t{2});
    QCOMPARE(found.wrongLines, std::int64_t{2});
    QCOMPARE(found.wrong[0].line, std::int64_t{3});
    QCOMPARE(found.wrong[1].line, std::int64_t{4});
    QVERIFY(found.complete);
  }

  void readingEndsAfterSoManyRows() {
    std::istringstream in("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    const FirstRows found = readLines(in, 2, 1000);
    QCOMPARE(found.rows.size(), std::size_t{2});
    QVERIFY(!found.complete);
  }

  void aLineThatIsTooLongIsPassedOver() {
    std::istringstream in("{\"a\":\"" + std::string(100, 'x') + "\"}\n{\"a\":2}\n");
    const FirstRows found = readLines(in, 10, 50);
    QCOMPARE(found.rows.size(), std::size_t{1});
    QCOMPARE(found.wrongLines, std::int64_t{1});
  }
};

WEIR_TEST(InferSchemaTest)
#include "infer_schema_test.moc"
