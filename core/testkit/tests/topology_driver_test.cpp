// The topology driver: whole topologies by hand.
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/topology_driver.hpp"

using namespace std::chrono_literals;
using weir::testkit::DriverError;
using weir::testkit::DriverOptions;
using weir::testkit::TopologyDriver;

extern "C" int driverWorksInC(const char* topology);

namespace {

using Lines = std::vector<std::string>;

// Orders per region and minute, from a topic that others write. `partitions` of it and of what it leads to; `settings`
// of all topics.
std::string ordersPerMinute(int partitions = 1, const std::string& settings = "") {
  const std::string count = std::to_string(partitions);
  return R"({
    "weir": 1,
    "name": "orders_per_minute",
    "params": [{ "name": "grace", "type": "duration", "default": "0s" }],
    "nodes": [
      { "id": "named", "use": "std.filter", "params": { "where": "region is not null" } },
      { "id": "per_minute", "use": "window.tumbling", "params": {
        "group_by": ["region"], "size": "1m", "grace": "${param:grace}",
        "aggregates": [{ "name": "orders", "function": "count" }] } }
    ],
    "topics": [
      { "id": "orders", "topic": "orders-in", "partitions": )" +
         count + R"(,
        "schema": [{ "name": "region", "type": "string" }, { "name": "ts", "type": "timestamp" }],
        "event_time": { "field": "ts", "disorder": "10s" })" +
         settings + R"( },
      { "id": "result")" +
         settings + R"( },
      { "id": "late")" +
         settings + R"( }
    ],
    "edges": [
      { "from": "orders", "to": "named.in" },
      { "from": "named.out", "to": "per_minute.in" },
      { "from": "per_minute.out", "to": "result" },
      { "from": "per_minute.late", "to": "late" }
    ]
  })";
}

std::string order(const std::string& region, int second) {
  return R"({"region":")" + region + R"(","ts":)" + std::to_string(second * 1000) + "}";
}

std::string counted(const std::string& region, int minute, int orders) {
  return R"({"region":")" + region + R"(","window_start":)" + std::to_string(minute * 60000) + R"(,"window_end":)" +
         std::to_string((minute + 1) * 60000) + R"(,"orders":)" + std::to_string(orders) + "}";
}

// Out of order within the disorder, but for the one at second 20, which is late: the watermark has passed 60.
const Lines kOrders = {order("eu", 1),  order("us", 3),  order("eu", 59), order("eu", 64), order("us", 58),
                       order("us", 75), order("eu", 20), order("eu", 90), order("us", 200)};
const Lines kCounted = {counted("eu", 0, 2), counted("us", 0, 2), counted("eu", 1, 2), counted("us", 1, 1),
                        counted("us", 3, 1)};
const Lines kLate = {order("eu", 20)};

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The words of a call that fails.
template <typename F>
std::string refusal(F&& call) {
  try {
    call();
  } catch (const DriverError& error) {
    return error.what();
  }
  return "";
}

// One operator of a fixture plugin between two topics.
std::string between(const std::string& use, const std::string& params) {
  return R"({
    "weir": 1,
    "name": "fixture",
    "nodes": [{ "id": "node", "use": ")" +
         use + R"(", "params": {)" + params + R"(} }],
    "topics": [{ "id": "in", "schema": [{ "name": "n", "type": "int64", "nullable": false }] }, { "id": "out" }],
    "edges": [{ "from": "in", "to": "node.in" }, { "from": "node.out", "to": "out" }]
  })";
}

DriverOptions with(const std::string& plugin) {
  DriverOptions options;
  options.plugins = {plugin};
  return options;
}

}  // namespace

class TopologyDriverTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void windowsCloseWhenTheDataSaysSo() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders", order("eu", 1));
    driver.send("orders", order("eu", 65));
    driver.run();
    QCOMPARE(driver.rows("result"), Lines());
    QCOMPARE(driver.watermark("orders"), std::int64_t{55'000'000 - 1});
    driver.send("orders", order("eu", 70));
    driver.run();
    QCOMPARE(driver.rows("result"), Lines{counted("eu", 0, 1)});
  }

  void theEndClosesAllWindows() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders", joined(kOrders));
    driver.end();
    QCOMPARE(driver.rows("result"), kCounted);
    QCOMPARE(driver.watermark("per_minute"), WEIR_WATERMARK_MAX);
    QVERIFY(refusal([&] { driver.send("orders", order("eu", 300)); }).find("ended") != std::string::npos);
  }

  void aRowOfTheFutureIsADeadLetterByTheDriversClock() {
    constexpr int kDay = 86'400;
    for (const bool set : {true, false}) {
      DriverOptions options;
      if (set) options.now = std::int64_t{10} * kDay * 1'000'000;
      TopologyDriver driver(ordersPerMinute(), {}, options);
      driver.send("orders", order("eu", 10 * kDay) + "\n" + order("us", 11 * kDay + 1));
      driver.run();
      const Lines letters = driver.deadLetters();
      QCOMPARE(letters.size(), set ? std::size_t{1} : std::size_t{0});
      // Refused, it moves no time.
      QCOMPARE(driver.watermark("orders"), ((set ? 10 * kDay : 11 * kDay + 1) - 10) * std::int64_t{1'000'000} - 1);
      if (!set) continue;
      QVERIFY2(letters[0].find("1970-01-12T00:00:01Z is more than 1d ahead of the clock") != std::string::npos,
               letters[0].c_str());
      QVERIFY2(letters[0].find(R"("position":"orders-in/0@1")") != std::string::npos, letters[0].c_str());
    }
  }

  void aLateRowGoesToItsTopic() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders", joined(kOrders));
    driver.run();
    QCOMPARE(driver.rows("late"), kLate);
    QCOMPARE(driver.counter("per_minute", "late_rows"), 1);
  }

  void parametersOfTheTopologyAreSet() {
    TopologyDriver driver(ordersPerMinute(), {{"grace", "10s"}});
    driver.send("orders", joined(kOrders));
    driver.end();
    QCOMPARE(driver.rows("late"), Lines());
    QCOMPARE(driver.rows("result")[0], counted("eu", 0, 3));
  }

  void aTopicMayBeCalledByItsNameInTheLog() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders-in", order("eu", 1));
    QCOMPARE(driver.rows("orders"), Lines{order("eu", 1)});
  }

  void aKeyPlacesTheRowsAndIsNeverNull() {
    std::string text = ordersPerMinute(8);
    text.insert(text.find("\"event_time\""), "\"key\": \"region\", ");
    TopologyDriver driver(text);
    for (const char* region : {"eu", "us", "eu", "us"}) driver.send("orders", order(region, 1));
    const Lines rows = driver.rows("orders");
    QCOMPARE(rows.size(), std::size_t{4});
    QVERIFY(rows[0] == rows[1] && rows[2] == rows[3] && rows[0] != rows[2]);
    const std::string reason = refusal([&] { driver.send("orders", order("eu", 2) + "\n{\"ts\":1}"); });
    QVERIFY2(reason.find("null in its key") != std::string::npos, reason.c_str());
    QCOMPARE(driver.rows("orders"), rows);
  }

  // What was committed stays, and whether a row is late does not depend on what is forgotten.
  void aCrashBetweenAnyTwoRowsChangesNothing() {
    for (std::size_t cut = 0; cut <= kOrders.size(); ++cut) {
      TopologyDriver driver(ordersPerMinute());
      for (std::size_t i = 0; i < kOrders.size(); ++i) {
        if (i == cut) driver.crash();
        driver.send("orders", kOrders[i]);
        driver.run();
      }
      if (cut == kOrders.size()) driver.crash();
      driver.end();
      QCOMPARE(driver.rows("result"), kCounted);
      QCOMPARE(driver.rows("late"), kLate);
      QCOMPARE(driver.counter("per_minute", "late_rows"), 1);
      QCOMPARE(driver.counter("named", "rows_in"), std::int64_t(kOrders.size()));
    }
  }

  // Their time is that of the column, and not of their writing.
  void recordsOfOthersGiveTheSameWhateverCrashes() {
    for (std::size_t cut = 0; cut <= kOrders.size(); ++cut) {
      TopologyDriver driver(ordersPerMinute(1, R"(, "value_format": "json.json")"));
      for (std::size_t i = 0; i < kOrders.size(); ++i) {
        if (i == cut) driver.crash();
        driver.send("orders", kOrders[i]);
        driver.run();
      }
      driver.end();
      QCOMPARE(driver.rows("orders"), kOrders);
      QCOMPARE(driver.rows("result"), kCounted);
      QCOMPARE(driver.rows("late"), kLate);
    }
  }

  // Each order once in each of two partitions; windows are counted behind a repartition.
  void aCrashChangesNothingBehindARepartition() {
    Lines expected = {counted("eu", 0, 4), counted("us", 0, 4), counted("eu", 1, 4), counted("us", 1, 2),
                      counted("us", 3, 2)};
    for (std::size_t cut = 0; cut < kOrders.size(); ++cut) {
      TopologyDriver driver(ordersPerMinute(2));
      for (std::size_t i = 0; i < kOrders.size(); ++i) {
        if (i == cut) driver.crash();
        driver.send("orders", kOrders[i]);
        driver.send("orders", kOrders[i]);
        driver.run();
      }
      driver.end();
      QCOMPARE(sorted(driver.rows("result")), sorted(expected));
      QCOMPARE(driver.rows("late"), (Lines{kLate[0], kLate[0]}));
      QCOMPARE(driver.counter("per_minute", "late_rows"), 2);
    }
  }

  void aTopicKnowsItsTimeAfterACrash() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders", order("eu", 75));
    driver.run();
    driver.crash();
    driver.send("orders", order("eu", 20));
    driver.run();
    QCOMPARE(driver.watermark("orders"), std::int64_t{65'000'000 - 1});
  }

  void whatWasNotCommittedComesAgainAfterACrash() {
    DriverOptions options;
    options.commitInterval = 1h;
    TopologyDriver driver(ordersPerMinute(), {}, options);
    driver.send("orders", joined(kOrders));
    driver.run();
    QCOMPARE(driver.counter("named", "rows_in"), std::int64_t(kOrders.size()));
    QCOMPARE(driver.rows("late"), Lines());
    driver.crash();
    QCOMPARE(driver.counter("named", "rows_in"), 0);
    driver.advanceClock(1h);
    QCOMPARE(driver.rows("late"), kLate);
    QCOMPARE(driver.counter("named", "rows_in"), std::int64_t(kOrders.size()));
  }

  void aRestartCommitsFirst() {
    DriverOptions options;
    options.commitInterval = 1h;
    TopologyDriver driver(ordersPerMinute(), {}, options);
    driver.send("orders", joined(kOrders));
    driver.run();
    driver.restart();
    QCOMPARE(driver.rows("late"), kLate);
    driver.end();
    QCOMPARE(driver.rows("result"), kCounted);
    QCOMPARE(driver.counter("named", "rows_in"), std::int64_t(kOrders.size()));
  }

  void timeThatPassesOnTheClockIsNoEventTime() {
    TopologyDriver driver(ordersPerMinute());
    for (const std::string& row : kOrders) {
      driver.send("orders", row);
      driver.advanceClock(1h);
    }
    driver.end();
    QCOMPARE(driver.rows("result"), kCounted);
    QCOMPARE(driver.rows("late"), kLate);
  }

  void sizesOfBatchesChangeNothing() {
    for (const std::int64_t rows : {1, 2, 7}) {
      DriverOptions options;
      options.batchRows = rows;
      TopologyDriver driver(ordersPerMinute(), {}, options);
      driver.send("orders", joined(kOrders));
      driver.end();
      QCOMPARE(driver.rows("result"), kCounted);
      QCOMPARE(driver.rows("late"), kLate);
    }
  }

  void theSameCallsGiveTheSameRunThroughARepartition() {
    const auto run = [] {
      TopologyDriver driver(ordersPerMinute(3));
      for (int i = 0; i < 100; ++i) {
        driver.send("orders", order(std::string("r") + std::to_string(i % 5), i));
        if (i % 9 == 0) driver.run();
        if (i == 50) driver.crash();
      }
      driver.end();
      return std::pair(driver.rows("result"), driver.counter("per_minute", "rows_in"));
    };
    const auto first = run();
    QCOMPARE(run().first, first.first);
    Lines expected;
    for (int region = 0; region < 5; ++region) {
      expected.push_back(counted("r" + std::to_string(region), 0, 12));
      expected.push_back(counted("r" + std::to_string(region), 1, 8));
    }
    QCOMPARE(sorted(first.first), sorted(expected));
    QCOMPARE(first.second, 100);
  }

  void aWrongTopologyIsRefusedInTheCheckersWords() {
    std::string text = ordersPerMinute();
    text.replace(text.find("\"group_by\": [\"region\"]"), 22, "\"group_by\": [\"regoin\"]");
    const std::string reason = refusal([&] { TopologyDriver driver(text); });
    QVERIFY2(reason.find("error WEIR") != std::string::npos, reason.c_str());
    QVERIFY2(reason.find("regoin") != std::string::npos && reason.find("\"region\"") != std::string::npos,
             reason.c_str());
    QVERIFY(refusal([] { TopologyDriver driver("{\"weir\": 1,}"); }).find("topology:1:") == 0);
    QVERIFY(refusal([] {
              TopologyDriver driver(ordersPerMinute(), {{"grase", "1s"}});
            }).find("grase") != std::string::npos);
  }

  void wrongCallsSayWhatIsWrong() {
    TopologyDriver driver(ordersPerMinute());
    const auto says = [](const std::string& text, const char* word) { return text.find(word) != std::string::npos; };
    QVERIFY(says(refusal([&] { driver.send("ordres", order("eu", 1)); }), "Did you mean \"orders\"?"));
    QVERIFY(says(refusal([&] { driver.send("result", counted("eu", 0, 1)); }), "itself writes"));
    QVERIFY(says(refusal([&] { driver.send("orders", R"({"regoin":"eu"})"); }), "regoin"));
    QVERIFY(says(refusal([&] { driver.send("orders", R"({"@watermark":5})"); }), "event_time"));
    QVERIFY(says(refusal([&] { driver.rows("resutl"); }), "Did you mean \"result\"?"));
    QVERIFY(says(refusal([&] { driver.counter("per_minute", "lates"); }), "'late_rows'"));
    QVERIFY(says(refusal([&] { driver.counter("per_hour", "late_rows"); }), "no node"));
    QVERIFY(says(refusal([&] { driver.watermark("late"); }), "output"));
    QVERIFY(says(refusal([&] { driver.advanceClock(-1s); }), "back"));
    QCOMPARE(driver.rows("orders"), Lines());
  }

  void rowsWithoutTimeAreDeadLettersOfTheWindow() {
    DriverOptions options;
    options.now = 7'000'000;
    TopologyDriver driver(ordersPerMinute(), {}, options);
    driver.send("orders", R"({"region":"eu"})");
    driver.run();
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
    QVERIFY(driver.deadLetters()[0].find(R"({"at":7000,"node":"per_minute","reason":)") == 0);
  }

  void aTimeGivenWithTheRowIsTaken() {
    TopologyDriver driver(ordersPerMinute());
    driver.send("orders", R"({"region":"eu","@time":90000})");
    driver.end();
    QCOMPARE(driver.rows("result"), Lines{counted("eu", 1, 1)});
  }

  void timersFireAtTheTimesTheyAskedFor() {
    TopologyDriver driver(between("good.echo", R"("every": "2s")"), {},
                          with(weir::places::inBuild("fixtures/fixture_good.so").toStdString()));
    driver.advanceClock(9s);
    QCOMPARE(driver.counter("node", "ticks"), 4);
    QCOMPARE(driver.now(), std::int64_t{9'000'000});
    driver.advanceClock(1s);
    QCOMPARE(driver.counter("node", "ticks"), 5);
  }

  void aRecoveryBlobIsThatOfTheLastCommit() {
    TopologyDriver driver(between("good.echo", ""), {},
                          with(weir::places::inBuild("fixtures/fixture_good.so").toStdString()));
    driver.send("in", "{\"n\":1}\n{\"n\":-1}\n{\"n\":2}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":2}"}));
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
    QVERIFY(!driver.takeLog().empty());
    driver.crash();
    QCOMPARE(driver.takeLog().back(), std::string("info: node: recovered 2"));
  }

  void aProcessorWithoutStoresKeepsItsRecoveryBlob() {
    TopologyDriver driver(between("hostile.keeper", ""), {},
                          with(weir::places::inBuild("fixtures/fixture_hostile.so").toStdString()));
    QCOMPARE(driver.takeLog(), Lines{"info: node: recovered 0"});
    driver.send("in", "{\"n\":1}\n{\"n\":2}");
    driver.run();
    driver.crash();
    QCOMPARE(driver.takeLog(), Lines{"info: node: recovered 2"});
    driver.send("in", "{\"n\":3}");
    driver.run();
    driver.restart();
    QCOMPARE(driver.takeLog(), Lines{"info: node: recovered 3"});
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":2}", "{\"n\":3}"}));
  }

  void aNodeThatSaysTooMuchIsCutShortAndHowMuchIsSaid() {
    DriverOptions options = with(weir::places::inBuild("fixtures/fixture_good.so").toStdString());
    options.batchRows = 1;
    TopologyDriver driver(between("good.echo", ""), {}, options);
    Lines rows;
    for (int i = 0; i < 25; ++i) rows.push_back("{\"n\":" + std::to_string(i) + "}");
    driver.send("in", joined(rows));
    driver.run();
    const Lines log = driver.takeLog();
    QCOMPARE(std::count(log.begin(), log.end(), "debug: node: a batch"), 10);
    driver.advanceClock(999ms);
    QCOMPARE(driver.takeLog(), Lines());
    driver.advanceClock(1ms);
    QCOMPARE(driver.takeLog(), Lines{"warning: node: 15 more lines were dropped: it may write 10 of a kind a second."});
  }

  void whatAThreadOfAnOperatorDoesIsWaitedFor() {
    TopologyDriver driver(between("waiting.pass", ""), {},
                          with(weir::places::inBuild("fixtures/testkit_waiting.so").toStdString()));
    driver.send("in", "{\"n\":1}");
    driver.send("in", "{\"n\":2}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":2}"}));
  }

  void anOperatorThatWaitsForItsTimerWaitsForTheClock() {
    TopologyDriver driver(between("waiting.pass", R"("timer": "5s")"), {},
                          with(weir::places::inBuild("fixtures/testkit_waiting.so").toStdString()));
    driver.send("in", "{\"n\":1}");
    driver.run();
    driver.advanceClock(4s);
    QCOMPARE(driver.rows("out"), Lines());
    driver.advanceClock(1s);
    QCOMPARE(driver.rows("out"), Lines{"{\"n\":1}"});
  }

  // As the runner does: it stops when what is in flight is done.
  void stoppingLetsTimePassForWhatIsInFlight() {
    TopologyDriver driver(between("waiting.pass", R"("timer": "5s")"), {},
                          with(weir::places::inBuild("fixtures/testkit_waiting.so").toStdString()));
    driver.send("in", "{\"n\":1}");
    driver.send("in", "{\"n\":2}");
    driver.run();
    driver.end();
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":2}"}));
    QVERIFY(driver.now() >= 10'000'000);
  }

  void sourcesAndSinksWorkForReal() {
    const QTemporaryDir folder;
    const std::string input = folder.filePath("in.ndjson").toStdString();
    const std::string output = folder.filePath("out.ndjson").toStdString();
    const std::string text = R"({
      "weir": 1,
      "name": "files",
      "params": [{ "name": "input", "type": "text" }, { "name": "output", "type": "text" }],
      "nodes": [
        { "id": "in", "use": "file.source", "params": { "path": "${param:input}", "format": "json.json",
          "schema": [{ "name": "n", "type": "int64", "nullable": false }] } },
        { "id": "out", "use": "file.sink", "params": { "path": "${param:output}", "format": "json.json" } }
      ],
      "edges": [{ "from": "in.out", "to": "out.in" }]
    })";
    std::ofstream(input) << "{\"n\":1}\n{\"n\":2}\nnonsense\n";
    TopologyDriver driver(text, {{"input", input}, {"output", output}});
    driver.end();
    QCOMPARE(driver.counter("out", "rows_in"), 2);
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
    std::stringstream written;
    written << std::ifstream(output).rdbuf();
    QCOMPARE(written.str(), std::string("{\"n\":1}\n{\"n\":2}\n"));
  }

  void theCFunctionsWorkFromC() { QVERIFY(driverWorksInC(ordersPerMinute().c_str())); }
};

WEIR_TEST(TopologyDriverTest)
#include "topology_driver_test.moc"
