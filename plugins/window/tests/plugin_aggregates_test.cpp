// Aggregates that another plugin brings (digest.distinct), in windows.
#include <cstdlib>

#include "plugins/window/tests/window_harness.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::window;

namespace {

const std::string kDistinct = R"({"name": "it", "function": "digest.distinct", "field": "n"})";

std::string value(const std::string& time, const std::string& n, const std::string& region = "eu") {
  return at(time, region, R"("n": )" + n);
}

// `count` rows of "eu" with different values, from `first` on.
std::string manyValues(int first, int count) {
  std::string rows;
  for (int i = first; i < first + count; ++i) rows += value("1", std::to_string(i));
  return rows;
}

int countOf(const std::string& line) {
  return std::atoi(line.c_str() + line.find("\"it\":") + 5);
}

}  // namespace

class PluginAggregatesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void nullsDoNotTakePart() {
    OperatorHarness harness(minutes(kCount + ", " + kDistinct));
    harness.push(value("1", "5") + value("2", "null") + value("3", "5") + value("4", "6") + value("5", "null", "us"));
    QCOMPARE(atTheEnd(harness), (Lines{result("eu", 0, R"("rows":4,"it":2)"), result("us", 0, R"("rows":1,"it":0)")}));
  }

  void theColumnHasTheTypeThatTheManifestSays() {
    OperatorHarness harness(minutes(kDistinct));
    QVERIFY(has(harness.outputSchema(), "it int64 not null"));
  }

  void eachUpdateHasTheValueAfterItsRow() {
    OperatorHarness harness(minutes(kCount + ", " + kDistinct, R"("emit": "on_update")"));
    harness.push(value("1", "5") + value("2", "5", "us") + value("3", "6") + value("4", "null") + value("5", "5"));
    QCOMPARE(harness.takeRows(), (Lines{result("eu", 0, R"("rows":1,"it":1)"), result("us", 0, R"("rows":1,"it":1)"),
                                        result("eu", 0, R"("rows":2,"it":2)"), result("eu", 0, R"("rows":3,"it":2)"),
                                        result("eu", 0, R"("rows":4,"it":2)")}));
  }

  void whatIsKeptComesBackAfterACrash() {
    OperatorHarness harness(minutes(kDistinct));
    harness.push(manyValues(0, 100));
    harness.commit();
    harness.push(manyValues(500, 50));
    harness.crash();
    harness.push(manyValues(50, 60));
    QCOMPARE(atTheEnd(harness), Lines{result("eu", 0, R"("it":110)")});
  }

  void aWindowThatClosesWithinABatchHasItsRowsBefore() {
    OperatorHarness harness(minutes(kDistinct));
    harness.push(value("1", "1") + value("2", "2") + watermark("70000") + value("71000", "3") + watermark("130000"));
    QCOMPARE(harness.takeRows(), (Lines{result("eu", 0, R"("it":2)"), result("eu", 1, R"("it":1)")}));
  }

  void manyValuesAreCountedWithinThreeInAHundred() {
    OperatorHarness harness(minutes(kDistinct));
    for (int i = 0; i < 20; ++i) harness.push(manyValues(i * 500, 1000));  // each value twice
    const Lines rows = atTheEnd(harness);
    const int counted = countOf(rows.at(0));
    QVERIFY2(std::abs(counted - 10'500) <= 315, rows[0].c_str());
  }

  // The states of many groups are larger than what may be asked for at a time.
  void manyGroupsWithLargeStatesAreFinishedInOrder() {
    constexpr int kGroups = 600;
    OperatorHarness harness(minutes(kDistinct));
    for (int i = 0; i < 150; i += 50) {
      std::string rows;
      for (int group = 1000; group < 1000 + kGroups; ++group) {
        for (int n = i; n < i + 50; ++n) rows += value("1", std::to_string(n), "r" + std::to_string(group));
      }
      harness.push(rows);
    }
    const Lines rows = atTheEnd(harness);
    QCOMPARE(rows.size(), std::size_t{kGroups});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      QVERIFY(has(rows[i], ("\"region\":\"r" + std::to_string(1000 + i) + "\"").c_str()));
      QCOMPARE(countOf(rows[i]), countOf(rows[0]));
    }
    QVERIFY2(std::abs(countOf(rows[0]) - 150) <= 8, rows[0].c_str());
  }

  void whatDoesNotFitIsRefusedWithItsPlace() {
    const std::string type = whyRefused(minutes(kDistinct, "", "region string, n list<int64>"));
    QVERIFY2(has(type, "aggregates.0.function") && has(type, "The column 'n' is of type list<int64>"), type.c_str());
    const std::string none = whyRefused(minutes(R"({"name": "it", "function": "digest.distinct"})"));
    QVERIFY2(has(none, "takes 1 (value), not 0"), none.c_str());
    const std::string unknown = whyRefused(minutes(R"({"name": "it", "function": "digest.distnct", "field": "n"})"));
    QVERIFY2(has(unknown, "has no operator 'distnct'"), unknown.c_str());
    const std::string several = whyRefused(minutes(R"({"name": "it", "function": "sum", "fields": ["n"]})"));
    QVERIFY2(has(several, "aggregates.0.fields") && has(several, "'sum' is of one"), several.c_str());
    const std::string function = whyRefused(minutes(R"({"name": "it", "function": "digest.sha256", "field": "n"})"));
    QVERIFY2(has(function, "'digest.sha256' is not an aggregate"), function.c_str());
  }
};

WEIR_TEST(PluginAggregatesTest)
#include "plugin_aggregates_test.moc"
