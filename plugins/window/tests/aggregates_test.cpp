// What count, sum, min, max and avg make of every type.
#include <algorithm>
#include <random>

#include "plugins/window/tests/window_harness.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::window;

namespace {

// The result of one function over values of one type, as JSON texts; "dead letter" when it does not fit.
std::string over(const std::string& function, const std::string& type, const Lines& values) {
  OperatorHarness harness(
      minutes(R"({"name": "it", "function": ")" + function + R"(", "field": "v"})", "", "region string, v " + type));
  std::string rows;
  for (const std::string& value : values) rows += at("1", "eu", R"("v": )" + value);
  harness.push(rows);
  const Lines results = atTheEnd(harness);
  const Lines dead = harness.takeDeadLetters();
  if (!dead.empty()) return results.empty() ? "dead letter" : "both a result and a dead letter";
  const std::string& line = results.at(0);
  return line.substr(line.find("\"it\":") + 5, line.size() - line.find("\"it\":") - 6);
}

std::string typeOver(const std::string& function, const std::string& type) {
  OperatorHarness harness(
      minutes(R"({"name": "it", "function": ")" + function + R"(", "field": "v"})", "", "region string, v " + type));
  const std::string schema = harness.outputSchema();
  return schema.substr(schema.find(" it ") == std::string::npos ? 0 : schema.find(" it ") + 4,
                       schema.size() - schema.find(" it ") - 5);
}

void isRefused(const std::string& function, const std::string& type) {
  const std::string why = whyRefused(
      minutes(R"({"name": "it", "function": ")" + function + R"(", "field": "v"})", "", "region string, v " + type));
  QVERIFY2(has(why, "does not take") && has(why, "aggregates.0.field"), why.c_str());
}

}  // namespace

class AggregatesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nullsDoNotTakePart_data() {
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>("result");
    QTest::newRow("count") << "count"
                           << "2";
    QTest::newRow("sum") << "sum"
                         << "7";
    QTest::newRow("min") << "min"
                         << "3";
    QTest::newRow("max") << "max"
                         << "4";
    QTest::newRow("avg") << "avg"
                         << "3.5";
  }
  void nullsDoNotTakePart() {
    QFETCH(QString, function);
    QFETCH(QString, result);
    QCOMPARE(over(function.toStdString(), "int64", {"null", "3", "null", "4"}), result.toStdString());
  }

  void nothingButNullsGivesNullAndACountOfZero() {
    for (const char* function : {"sum", "min", "max", "avg"}) {
      for (const char* type : {"int32", "float64", "decimal(10,2)"}) {
        QCOMPARE(over(function, type, {"null", "null"}), std::string("null"));
      }
    }
    QCOMPARE(over("count", "string", {"null"}), std::string("0"));
  }

  void aCountWithoutAFieldCountsRows() {
    OperatorHarness harness(minutes(kCount + R"(, {"name": "known", "function": "count", "field": "n"})"));
    harness.push(at("1") + at("2", "eu", R"("n": 5)"));
    QCOMPARE(atTheEnd(harness), (Lines{result("eu", 0, R"("rows":2,"known":1)")}));
  }

  void everyTypeHasAnOrder_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("least");
    QTest::addColumn<QString>("middle");
    QTest::addColumn<QString>("greatest");
    QTest::newRow("bool") << "bool"
                          << "false"
                          << "false"
                          << "true";
    QTest::newRow("int32") << "int32"
                           << "-2147483648"
                           << "0"
                           << "2147483647";
    QTest::newRow("int64") << "int64"
                           << "-9223372036854775808"
                           << "-1"
                           << "9223372036854775807";
    QTest::newRow("float64") << "float64"
                             << "\"-Infinity\""
                             << "0.5"
                             << "\"Infinity\"";
    QTest::newRow("not a number") << "float64"
                                  << "-1.5"
                                  << "\"Infinity\""
                                  << "\"NaN\"";
    QTest::newRow("decimal") << "decimal(38,2)"
                             << "-999999999999999999999999999999999999.99"
                             << "0.01"
                             << "999999999999999999999999999999999999.99";
    QTest::newRow("string") << "string"
                            << "\"\""
                            << "\"Z\""
                            << "\"a\"";
    QTest::newRow("beyond ASCII") << "string"
                                  << "\"e\""
                                  << "\"z\""
                                  << "\"é\"";
    QTest::newRow("bytes") << "bytes"
                           << "\"AA==\""
                           << "\"AAE=\""
                           << "\"/w==\"";
    QTest::newRow("timestamp") << "timestamp"
                               << "-1"
                               << "0.001"
                               << "1357035300000.25";
    QTest::newRow("date") << "date"
                          << "\"1969-12-31\""
                          << "\"1970-01-01\""
                          << "\"2013-01-31\"";
  }
  void everyTypeHasAnOrder() {
    QFETCH(QString, type);
    QFETCH(QString, least);
    QFETCH(QString, middle);
    QFETCH(QString, greatest);
    Lines values{least.toStdString(), middle.toStdString(), greatest.toStdString()};
    std::sort(values.begin(), values.end());
    do {
      QCOMPARE(over("min", type.toStdString(), values), least.toStdString());
      QCOMPARE(over("max", type.toStdString(), values), greatest.toStdString());
    } while (std::next_permutation(values.begin(), values.end()));
  }

  void zerosHaveAnOrderSoThatThatOfTheRowsDoesNotMatter() {
    QCOMPARE(over("min", "float64", {"0.0", "-0.0"}), over("min", "float64", {"-0.0", "0.0"}));
    QCOMPARE(over("max", "float64", {"0.0", "-0.0"}), over("max", "float64", {"-0.0", "0.0"}));
  }

  void resultsHaveTheTypesThatTheirValuesNeed() {
    QCOMPARE(typeOver("count", "string"), std::string("int64 not null"));
    QCOMPARE(typeOver("sum", "int32"), std::string("int64"));
    QCOMPARE(typeOver("sum", "float64"), std::string("float64"));
    QCOMPARE(typeOver("sum", "decimal(10,2)"), std::string("decimal(38,2)"));
    QCOMPARE(typeOver("avg", "int64"), std::string("float64"));
    QCOMPARE(typeOver("avg", "decimal(10,2)"), std::string("decimal(38,6)"));
    QCOMPARE(typeOver("avg", "decimal(38,36)"), std::string("decimal(38,38)"));
    QCOMPARE(typeOver("max", "date"), std::string("date"));
  }

  void listsAndStructsAreOnlyCounted() {
    QCOMPARE(over("count", "list<int64>", {"[1]", "null", "[]"}), std::string("2"));
    for (const char* function : {"sum", "min", "max", "avg"}) isRefused(function, "list<int64>");
    isRefused("max", "struct<a int64>");
  }
  void onlyNumbersHaveSums() {
    for (const char* type : {"string", "bool", "timestamp", "date", "bytes"}) {
      isRefused("sum", type);
      isRefused("avg", type);
    }
  }
  void aSumNeedsAField() {
    const std::string why = whyRefused(minutes(R"({"name": "it", "function": "sum"})"));
    QVERIFY2(has(why, "aggregates.0.field"), why.c_str());
  }
  void nothingToComputeIsRefused() { QVERIFY(has(whyRefused(minutes("")), "aggregates")); }

  // --- sums that do not fit ---
  void aSumBeyondItsColumnIsADeadLetterWithTheRestOfTheRow() {
    OperatorHarness harness(minutes(kCount + R"(, {"name": "sum", "function": "sum", "field": "n"})"));
    const std::string most = R"("n": 9223372036854775807)";
    harness.push(at("1", "eu", most) + at("2", "eu", most) + at("3", "us", most));
    QCOMPARE(atTheEnd(harness), (Lines{result("us", 0, R"("rows":1,"sum":9223372036854775807)")}));
    const Lines dead = harness.takeDeadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QVERIFY2(has(dead[0], "beyond") && has(dead[0], R"("region":"eu")") && has(dead[0], R"("rows":2)"),
             dead[0].c_str());
  }
  void aSumThatIsBeyondItsColumnOnlyOnTheWayIsExact() {
    QCOMPARE(over("sum", "int64", {"9223372036854775807", "9223372036854775807", "-9223372036854775807"}),
             std::string("9223372036854775807"));
    // Thrice 6e37 is beyond 128 bits.
    const std::string huge = "60000000000000000000000000000000000000";
    QCOMPARE(over("sum", "decimal(38,0)", {huge, huge, huge, "-" + huge, "-" + huge}), huge);
    QCOMPARE(over("sum", "decimal(38,0)", {"-" + huge, "-" + huge, "-" + huge, huge, huge}), "-" + huge);
    QCOMPARE(over("sum", "decimal(38,0)", {huge, huge}), std::string("dead letter"));
    QCOMPARE(over("sum", "decimal(38,0)", {huge, huge, huge}), std::string("dead letter"));
    // The column holds 38 digits.
    const std::string most(38, '9');
    QCOMPARE(over("sum", "decimal(38,0)", {most, "0"}), most);
    QCOMPARE(over("sum", "decimal(38,0)", {most, "1"}), std::string("dead letter"));
    QCOMPARE(over("sum", "decimal(38,0)", {"-" + most, "-1"}), std::string("dead letter"));
  }

  // --- averages ---
  void decimalAveragesAreRoundedHalfAwayFromZero() {
    QCOMPARE(over("avg", "decimal(10,0)", {"1", "0", "0"}), std::string("0.3333"));
    QCOMPARE(over("avg", "decimal(10,0)", {"2", "0", "0"}), std::string("0.6667"));
    QCOMPARE(over("avg", "decimal(10,0)", {"-2", "0", "0"}), std::string("-0.6667"));
    const Lines eighths{"0.0001", "0", "0", "0", "0", "0", "0", "0"};
    QCOMPARE(over("avg", "decimal(10,4)", eighths), std::string("0.00001250"));
    QCOMPARE(over("avg", "decimal(38,38)", {"0.00000000000000000000000000000000000001", "0"}),
             std::string("0.00000000000000000000000000000000000001"));
    QCOMPARE(over("avg", "decimal(38,38)", {"-0.00000000000000000000000000000000000001", "0"}),
             std::string("-0.00000000000000000000000000000000000001"));
  }
  void anAverageThatFitsIsGivenThoughItsSumDoesNotFit() {
    const std::string nearlyOne = "0." + std::string(38, '9');
    QCOMPARE(over("avg", "decimal(38,38)", {nearlyOne, nearlyOne, nearlyOne}), nearlyOne);
    QCOMPARE(over("avg", "decimal(38,38)", {"-" + nearlyOne, "-" + nearlyOne, "-" + nearlyOne}), "-" + nearlyOne);
    QCOMPARE(over("avg", "decimal(38,0)", {"9999999999999999999999999999999999", "9999999999999999999999999999999997"}),
             std::string("9999999999999999999999999999999998.0000"));
    QCOMPARE(over("avg", "decimal(38,0)", {"10000000000000000000000000000000000"}), std::string("dead letter"));
    // With the four digits that an average has more it is a little more than 2^128.
    QCOMPARE(over("avg", "decimal(38,0)", {"34028236692093846346337460743176822"}), std::string("dead letter"));
  }

  // --- floating point ---
  void floatSumsAreExactAndDoNotDependOnTheOrder() {
    Lines values{"1e16", "1", "-1e16", "0.1", "1e-3", "3e300", "-3e300"};
    std::mt19937 random(7);
    for (int round = 0; round < 20; ++round) {
      std::shuffle(values.begin(), values.end(), random);
      QCOMPARE(over("sum", "float64", values), std::string("1.101"));
    }
  }
  void infinitiesAndWhatIsNoNumberAreKept() {
    QCOMPARE(over("sum", "float64", {"\"Infinity\"", "1"}), std::string("\"Infinity\""));
    QCOMPARE(over("sum", "float64", {"\"Infinity\"", "\"-Infinity\""}), std::string("\"NaN\""));
    QCOMPARE(over("avg", "float64", {"\"NaN\"", "1"}), std::string("\"NaN\""));
  }
};

WEIR_TEST(AggregatesTest)
#include "aggregates_test.moc"
