// Aggregates of plugins in the windows of another plugin, through the whole host.
#include <QtTest/QtTest>

#include <algorithm>

#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/topology_driver.hpp"

using namespace weir;  // NOLINT: a test
using testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

testkit::DriverOptions options(std::int64_t batchRows = 4096) {
  testkit::DriverOptions with;
  with.plugins = {fixture("pure")};
  with.batchRows = batchRows;
  return with;
}

// Rows of topic `in` (k, t, n, w, ts) into windows of a minute; the topic has as many partitions as the windows have
// tasks are asked for, and no key, so that rows have to move, and are combined before that.
std::string windows(const std::string& aggregates, int partitions = 1, const std::string& more = "") {
  return R"json({"weir":1,"name":"aggregates","nodes":[{"id":"node","use":"window.tumbling","params":{"group_by":["k"],"size":"1m",
      "aggregates":[)json" +
         aggregates + "]" + more + (partitions == 1 ? "" : R"json(,"partitions":2)json") +
         R"json(}}],"topics":[{"id":"in","partitions":)json" + std::to_string(partitions) +
         R"json(,"schema":[{"name":"k","type":"string"},{"name":"t","type":"string"},
        {"name":"n","type":"int64"},{"name":"w","type":"int64"},{"name":"ts","type":"timestamp"}],
      "event_time":{"field":"ts","disorder":"10s"}},{"id":"out"}],
    "edges":[{"from":"in","to":"node.in"},{"from":"node.out","to":"out"}]})json";
}

const std::string kBoth =
    R"json({"name":"rows","function":"count"},{"name":"longest","function":"pure.longest","field":"t"},
    {"name":"mean","function":"pure.mean","fields":["n","w"]})json";

std::string row(const std::string& key, const std::string& text, int number, int weight, int time) {
  return "{\"k\":\"" + key + "\",\"t\":\"" + text + "\",\"n\":" + std::to_string(number) +
         ",\"w\":" + std::to_string(weight) + ",\"ts\":" + std::to_string(time) + "}\n";
}

// Rows of eight keys over five minutes, in the same order each time.
std::vector<std::string> pieces() {
  std::vector<std::string> all;
  for (int i = 0; i < 300; ++i) {
    if (i % 30 == 0) all.emplace_back();
    const std::string text(static_cast<std::size_t>(1 + i * 7 % 11), static_cast<char>('a' + i % 26));
    all.back() += row("k" + std::to_string(i % 8), text, i % 17, 1 + i % 3, i * 1000);
  }
  return all;
}

Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

// What one task gives that was never stopped.
Lines wanted() {
  TopologyDriver driver(windows(kBoth), {}, options());
  for (const std::string& piece : pieces()) driver.send("in", piece);
  driver.end();
  return sorted(driver.rows("out"));
}

}  // namespace

class PluginAggregatesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aWindowUsesAggregatesOfAnotherPlugin() {
    TopologyDriver driver(windows(kBoth), {}, options());
    driver.send("in", row("a", "one", 10, 1, 1) + row("a", "three", 4, 3, 2) + row("b", "", 7, 0, 3));
    driver.end();
    QCOMPARE(driver.rows("out"),
             (Lines{R"({"k":"a","window_start":0,"window_end":60000,"rows":2,"longest":"three","mean":5.5})",
                    R"({"k":"b","window_start":0,"window_end":60000,"rows":1,"longest":"","mean":null})"}));
  }

  void combinedOrNotTheResultsAreTheSame() {
    QCOMPARE(wanted().size(), std::size_t{40});
    for (const std::int64_t batchRows : {1, 7, 4096}) {
      TopologyDriver driver(windows(kBoth, 2), {}, options(batchRows));
      for (const std::string& piece : pieces()) driver.send("in", piece);
      driver.end();
      QCOMPARE(sorted(driver.rows("out")), wanted());
    }
  }

  void restartsAndCrashesChangeNothing() {
    for (const int partitions : {1, 2}) {
      TopologyDriver driver(windows(kBoth, partitions), {}, options());
      int next = 0;
      for (const std::string& piece : pieces()) {
        driver.send("in", piece);
        driver.run();
        ++next % 2 == 0 ? driver.crash() : driver.restart();
      }
      driver.end();
      QCOMPARE(sorted(driver.rows("out")), wanted());
    }
  }

  void eachUpdateHasTheValueAfterItsRow() {
    TopologyDriver driver(windows(kBoth, 1, R"json(,"emit":"on_update")json"), {}, options());
    driver.send("in",
                row("a", "aa", 2, 1, 1) + row("b", "b", 2, 1, 2) + row("a", "a", 4, 1, 3) + row("a", "aaa", 6, 1, 4));
    driver.run();
    Lines seen;
    for (const std::string& line : driver.rows("out")) seen.push_back(line.substr(line.find("\"rows\"")));
    QCOMPARE(seen, (Lines{R"("rows":1,"longest":"aa","mean":2})", R"("rows":1,"longest":"b","mean":2})",
                          R"("rows":2,"longest":"aa","mean":3})", R"("rows":3,"longest":"aaa","mean":4})"}));
  }

  void aGroupThatHasNoValueIsADeadLetter() {
    TopologyDriver driver(windows(kBoth), {}, options());
    driver.send("in", row("a", "bad", 1, 1, 1) + row("b", "good", 1, 1, 2));
    driver.end();
    QCOMPARE(driver.rows("out").size(), std::size_t{1});
    const Lines dead = driver.deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QVERIFY(contains(dead[0], "is no good"));
  }

  // Of two that fail in one batch, what a plugin refuses is found out last and stands first.
  void groupsThatFailInDifferentWaysAreDeadLettersOnce() {
    TopologyDriver driver(windows(kBoth + R"json(,{"name":"sum","function":"sum","field":"n"})json"), {}, options());
    std::string rows = row("a", "bad", 1, 1, 1) + row("c", "good", 1, 1, 2);
    for (int i = 0; i < 2; ++i) {
      rows += R"({"k":"b","t":"good","n":9223372036854775807,"w":1,"ts":3})"
              "\n";
    }
    driver.send("in", rows);
    driver.end();
    QCOMPARE(driver.rows("out").size(), std::size_t{1});
    QVERIFY(contains(driver.rows("out")[0], R"("k":"c")"));
    QCOMPARE(driver.deadLetters().size(), std::size_t{2});
  }

  void anAggregateThatBreaksItsContractIsNamed() {
    const std::string text = refusal([&] {
      TopologyDriver driver(windows(R"json({"name":"it","function":"pure.liar","field":"t"})json"), {}, options());
      driver.send("in", row("a", "x", 1, 1, 1));
      driver.end();
    });
    QVERIFY(contains(text, "node 'node' (pure.liar) breaks the plugin contract in finish"));
    QVERIFY(contains(text, "its result has 2 buffers; string has 3"));
  }

  void theTopologyIsRefusedWhereTheColumnsDoNotFit() {
    const auto refused = [](const std::string& aggregate) {
      return refusal([&] { const TopologyDriver driver(windows(aggregate), {}, options()); });
    };
    QVERIFY(contains(refused(R"json({"name":"it","function":"pure.longest","field":"n"})json"),
                     "The column 'n' is of type int64; the aggregate 'pure.longest' takes as its text: string."));
    QVERIFY(contains(refused(R"json({"name":"it","function":"pure.mean","field":"n"})json"),
                     "takes 2 (value, weight), not 1"));
    QVERIFY(contains(refused(R"json({"name":"it","function":"pure.longst","field":"t"})json"), "pure.longest"));
  }
};

WEIR_TEST(PluginAggregatesTest)
#include "aggregates_test.moc"
