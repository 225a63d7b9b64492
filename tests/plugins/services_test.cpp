// Services of the host through the SDK, by a fixture plugin.
#include <QTemporaryFile>
#include <QtTest/QtTest>

#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"
#include "weir/testkit/topology_driver.hpp"

using namespace weir;  // NOLINT: a test
using testkit::DriverError;
using testkit::HarnessError;
using testkit::OperatorHarness;
using testkit::Setup;
using testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

Setup setupOf(const std::string& op, const std::string& params, const std::vector<std::string>& inputs) {
  Setup setup;
  setup.library = fixture("services");
  setup.op = op;
  setup.params = params;
  setup.inputs = inputs;
  return setup;
}

// Rows {"n": 1}, ... of topic `in` to topic `out`, through one operator.
std::string through(const std::string& use, const std::string& params, const std::string& schema) {
  return R"({"weir":1,"name":"services","nodes":[{"id":"node","use":")" + use + R"(","params":)" + params +
         R"(}],"topics":[{"id":"in","schema":[)" + schema + R"(]},{"id":"out"}],"edges":[)" +
         R"({"from":"in","to":"node.in"},{"from":"node.out","to":"out"}]})";
}

testkit::DriverOptions options() {
  testkit::DriverOptions with;
  with.plugins = {fixture("services")};
  return with;
}

}  // namespace

class ServicesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void gaugesSayWhatIsAndHistogramsHowMuchThereWas() {
    OperatorHarness harness(setupOf("measure", "{}", {"n int64"}));
    std::string rows;
    for (int i = 1; i <= 100; ++i) rows += "{\"n\":" + std::to_string(i * 1000) + "}\n";
    harness.push(rows + "{\"n\":7}");
    QCOMPARE(harness.counter("rows"), 101);
    QCOMPARE(harness.gauge("last"), 7);
    QCOMPARE(harness.counter("values"), 101);
    const std::int64_t median = harness.quantile("values", 0.5);
    QVERIFY2(median >= 50'000 && median <= 57'000, std::to_string(median).c_str());
    QVERIFY(harness.quantile("values", 1) >= 100'000);
  }

  void figuresOfATopologyAreThoseOfItsTasks() {
    TopologyDriver driver(through("services.measure", "{}", R"({"name":"n","type":"int64"})"), {}, options());
    driver.send("in", "{\"n\":3}\n{\"n\":5}");
    driver.run();
    QCOMPARE(driver.gauge("node", "last"), 5);
    QCOMPARE(driver.quantile("node", "values", 1), 5);
    QVERIFY(contains(refusal([&] { driver.gauge("node", "values"); }), "has no gauge 'values'"));
  }

  void aMetricOfAnotherKindIsABreach() {
    OperatorHarness harness(setupOf("measure", R"({"wrong":true})", {"n int64"}));
    const std::string text = refusal([&] { harness.push("{\"n\":1}"); });
    QVERIFY(contains(text, "it called metric_add on a metric of another kind"));
  }

  void anExpressionReadsSeveralInputs() {
    OperatorHarness harness(setupOf("pair", R"({"where":"left.amount > right.\"limit\" and right.name = 'a'"})",
                                    {"amount int64", "limit int64, name string"}));
    harness.push("{\"amount\":5}", 0);  // nothing on the right: not true
    harness.push("{\"limit\":3,\"name\":\"a\"}", 1);
    harness.push("{\"amount\":2}\n{\"amount\":4}\n{\"amount\":null}", 0);
    harness.push("{\"limit\":3,\"name\":\"b\"}", 1);
    harness.push("{\"amount\":9}", 0);
    QCOMPARE(harness.takeRows(), Lines{"{\"amount\":4}"});
  }

  void anExpressionOverInputsIsCheckedInTheTopology() {
    const std::string text = refusal([&] {
      OperatorHarness harness(
          setupOf("pair", R"({"where":"left.amount > right.bound"})", {"amount int64", "limit int64"}));
    });
    QVERIFY(contains(text, "bound"));
  }

  void portsAreMergedByEventTime() {
    Setup setup = setupOf("merge", "{}", {"n int64", "n int64"});
    OperatorHarness harness(setup);
    harness.push("{\"n\":10,\"@time\":10}\n{\"n\":30,\"@time\":30}\n{\"@watermark\":35}", 0);
    QCOMPARE(harness.takeRows(), Lines());  // the right has said nothing
    harness.commit();
    harness.crash();
    harness.push("{\"n\":20,\"@time\":20}\n{\"n\":10,\"@time\":10}\n{\"@watermark\":29}", 1);
    harness.push("{\"@watermark\":35}", 0);  // told again after the crash
    QCOMPARE(harness.takeRows(), (Lines{R"({"from":0,"n":10})", R"({"from":1,"n":10})", R"({"from":1,"n":20})"}));
    QCOMPARE(harness.stateSize("waiting"), 2);  // as of the last commit
    harness.push("{\"@watermark\":31}", 1);
    QCOMPARE(harness.takeRows(), Lines{R"({"from":0,"n":30})"});
    harness.commit();
    QCOMPARE(harness.stateSize("waiting"), 0);
  }

  // A topology with two topics into the two ports; rows arrive in both orders.
  void whatComesOutOfAMergeDoesNotDependOnTheOrderOfArrival() {
    const std::string topology = R"({"weir":1,"name":"merge","nodes":[{"id":"node","use":"services.merge"}],
      "topics":[{"id":"l","schema":[{"name":"n","type":"int64"},{"name":"ts","type":"timestamp"}],"event_time":{"field":"ts","disorder":"0s"}},
                {"id":"r","schema":[{"name":"n","type":"int64"},{"name":"ts","type":"timestamp"}],"event_time":{"field":"ts","disorder":"0s"}},
                {"id":"out"}],
      "edges":[{"from":"l","to":"node.left"},{"from":"r","to":"node.right"},{"from":"node.out","to":"out"}]})";
    const std::vector<std::pair<std::string, std::string>> rows = {{"l", R"({"n":1,"ts":1000})"},
                                                                   {"r", R"({"n":2,"ts":2000})"},
                                                                   {"l", R"({"n":3,"ts":3000})"},
                                                                   {"r", R"({"n":4,"ts":4000})"},
                                                                   {"l", R"({"n":5,"ts":5000})"}};
    Lines first;
    for (const char* leading : {"l", "r"}) {
      TopologyDriver driver(topology, {}, options());
      for (const auto& [topic, row] : rows) {
        if (topic == leading) driver.send(topic, row);
      }
      driver.run();
      driver.crash();
      for (const auto& [topic, row] : rows) {
        if (topic != leading) driver.send(topic, row);
      }
      driver.run();
      driver.end();
      const Lines out = driver.rows("out");
      if (first.empty()) first = out;
      QCOMPARE(out, first);
    }
    QCOMPARE(first, (Lines{R"({"from":0,"n":1})", R"({"from":1,"n":2})", R"({"from":0,"n":3})", R"({"from":1,"n":4})",
                           R"({"from":0,"n":5})"}));
  }

  void aBroadcastPortReachesEveryTask() {
    TopologyDriver driver(
        R"({"weir":1,"name":"spread","nodes":[{"id":"node","use":"services.spread","params":{"key":"n"}}],
      "topics":[{"id":"l","partitions":3,"key":["n"],"schema":[{"name":"n","type":"int64"}]},
                {"id":"r","partitions":1,"schema":[{"name":"m","type":"int64"}]},{"id":"out"}],
      "edges":[{"from":"l","to":"node.in"},{"from":"r","to":"node.small"},{"from":"node.out","to":"out"}]})",
        {}, options());
    driver.send("l", "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}");
    driver.send("r", "{\"m\":1}\n{\"m\":2}");
    driver.run();
    driver.end();
    QCOMPARE(driver.counter("node", "in"), 4);
    QCOMPARE(driver.counter("node", "small"), 6);  // in each of three tasks
  }

  void anOperatorDecodesAndEncodes() {
    OperatorHarness harness(setupOf("parse", R"({"text":"t"})", {"t string"}));
    harness.push("{\"t\":\"{\\\"n\\\":1}\"}\n{\"t\":\"rubbish\"}\n{\"t\":\"{\\\"n\\\":3}\"}");
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":1}", "{\"n\":3}"}));
    const Lines log = harness.takeLog();
    QCOMPARE(log.size(), std::size_t{2});
    QVERIFY(log[0].starts_with("warning: "));
    QCOMPARE(log[1], "info: again {\"n\":1}");
  }

  void aFormatInsideOfAnOperatorHasItsDefaultsAndWhatItRequires() {
    const auto parse = [](const std::string& params) {
      return setupOf("parse", R"({"text":"t","format":"services.shifted","format_params":")" + params + R"("})",
                     {"t string"});
    };
    const auto refused = [&](const std::string& params) {
      return refusal([&] { OperatorHarness harness(parse(params)); });
    };
    QVERIFY(contains(refused(""), "format 'services.shifted': The parameter 'by' is missing."));
    QVERIFY(contains(refused(R"({\"by\":1,\"buy\":1})"), "There is no parameter 'buy'."));
    QVERIFY(contains(refused(R"({\"by\":\"much\"})"), "by"));
    OperatorHarness harness(parse(R"({\"by\":100})"));
    harness.push("{\"t\":\"1\"}\n{\"t\":\"2\"}");
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":101}", "{\"n\":102}"}));
    QCOMPARE(harness.takeLog(), Lines{"info: again 1!"});
  }

  void anOperatorWaitsForAFormatThatHasToFetchSomething() {
    const std::string params = R"({"text":"t","format":"services.slow"})";
    OperatorHarness harness(setupOf("parse", params, {"t string"}));
    harness.push("{\"t\":\"1\"}\n{\"t\":\"x\"}\n{\"t\":\"3\"}");
    QCOMPARE(harness.takeRows(), Lines());
    harness.wake();
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":1}", "{\"n\":3}"}));
    // In a task the format's wake is enough.
    TopologyDriver driver(through("services.parse", params, R"({"name":"t","type":"string"})"), {}, options());
    driver.send("in", "{\"t\":\"1\"}\n{\"t\":\"3\"}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":3}"}));
  }

  void anOperatorIsToldTheTimeOfEachPortAndThatOfBoth() {
    const std::string topology = R"({"weir":1,"name":"times","nodes":[{"id":"node","use":"services.times"}],
      "topics":[{"id":"l","schema":[{"name":"ts","type":"timestamp"}],"event_time":{"field":"ts","disorder":"0s"}},
                {"id":"r","schema":[{"name":"ts","type":"timestamp"}],"event_time":{"field":"ts","disorder":"0s"}},
                {"id":"out"}],
      "edges":[{"from":"l","to":"node.left"},{"from":"r","to":"node.right"},{"from":"node.out","to":"out"}]})";
    TopologyDriver driver(topology, {}, options());
    driver.send("l", R"({"ts":5000})");
    driver.run();
    driver.send("r", R"({"ts":3000})");
    driver.run();
    driver.send("l", R"({"ts":9000})");
    driver.run();
    QCOMPARE(driver.takeLog(),
             (Lines{"info: node: port 0 at 4999, both at -", "info: node: port 1 at 2999, both at 2999",
                    "info: node: port 0 at 8999, both at 2999"}));
    driver.end();
    const Lines log = driver.takeLog();
    QVERIFY(!log.empty());
    QCOMPARE(log.back().substr(log.back().find(", ")), std::string(", both at end"));
  }

  void aColumnOfAnotherTypeIsRefusedInTheTopology() {
    const std::string text = refusal([&] {
      const TopologyDriver driver(through("services.parse", R"({"text":"n"})", R"({"name":"n","type":"int64"})"), {},
                                  options());
    });
    QVERIFY(contains(text, "The column \"n\" is of type int64; needed here: string, bytes."));
  }

  void aColumnOfAnotherTypeIsRefusedByTheOperatorToo() {
    const std::string text = refusal([&] { OperatorHarness harness(setupOf("measure", "{}", {"n string"})); });
    QVERIFY(contains(text, "The column 'n' is of type string; int64 or timestamp is needed."));
  }

  void aSourceTellsKeysAndTimesOfRecordsAndAFormatMayTakeItsTime() {
    TopologyDriver driver(R"({"weir":1,"name":"tagged","nodes":[
        {"id":"src","use":"services.tagged","params":{"format":"services.slow","schema":[{"name":"n","type":"int64"}]}},
        {"id":"node","use":"services.ids"}],
      "topics":[{"id":"out"}],
      "edges":[{"from":"src.out","to":"node.in"},{"from":"node.out","to":"out"}]})",
                          {}, options());
    driver.run();
    QCOMPARE(driver.takeLog(), (Lines{"info: src: is not ready", "info: node: records@0 key a time 100",
                                      "info: node: records@1 key c h=20 h=21", "info: node: watermark 50 before 2"}));
    QCOMPARE(driver.counter("src", "decoded"), 2);
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":1}", "{\"n\":3}"}));
  }

  void rowsOfASourceHaveTheSameIdHoweverTheyAreCut() {
    Lines wanted;
    for (int n = 0; n < 7; ++n) wanted.push_back("numbers@" + std::to_string(n));
    for (const int size : {1, 2, 5, 100}) {
      for (const std::int64_t batchRows : {1, 3, 4096}) {
        testkit::DriverOptions with = options();
        with.batchRows = batchRows;
        TopologyDriver driver(
            R"({"weir":1,"name":"cut","nodes":[{"id":"src","use":"services.numbers","params":{"up_to":7,"batch":)" +
                std::to_string(size) + R"(}},{"id":"node","use":"services.ids"}],"topics":[{"id":"out"}],
            "edges":[{"from":"src.out","to":"node.in"},{"from":"node.out","to":"out"}]})",
            {}, with);
        driver.run();
        Lines ids;
        for (const std::string& line : driver.takeLog()) ids.push_back(line.substr(line.find("numbers@")));
        QCOMPARE(ids, wanted);
      }
    }
  }

  void rowsOfASourceHaveTheSameIdAfterARestart() {
    QTemporaryFile file;
    QVERIFY(file.open());
    const auto append = [&](const char* rows) {
      file.write(rows);
      file.flush();
    };
    append("{\"n\":1}\n{\"n\":2}\n");
    TopologyDriver driver(R"({"weir":1,"name":"again","nodes":[
        {"id":"src","use":"file.source","params":{"path":")" +
                              file.fileName().toStdString() +
                              R"(","follow":true,"format":"json.json","schema":[{"name":"n","type":"int64"}]}},
        {"id":"node","use":"services.ids"}],"topics":[{"id":"out"}],
        "edges":[{"from":"src.out","to":"node.in"},{"from":"node.out","to":"out"}]})",
                          {}, options());
    std::vector<std::pair<std::string, std::string>> ids;
    for (const char* more : {"{\"n\":3}\n", "{\"n\":4}\n{\"n\":5}\n", ""}) {
      driver.run();
      for (const std::string& line : driver.takeLog()) {
        ids.emplace_back(line.substr(0, line.find('@')), line.substr(line.find('@') + 1));
      }
      append(more);
      driver.crash();
    }
    QCOMPARE(ids.size(), std::size_t{5});
    for (std::size_t i = 0; i < ids.size(); ++i) {
      QCOMPARE(ids[i].first, ids[0].first);
      QCOMPARE(ids[i].second, std::to_string(i * 8));  // where its line begins
    }
  }

  void rowsSayWhereTheyComeFromInEveryRun() {
    TopologyDriver driver(through("services.ids", "{}", R"({"name":"n","type":"int64"})"), {}, options());
    driver.send("in", "{\"n\":1}\n{\"n\":2}");
    driver.run();
    driver.send("in", "{\"n\":3}");
    driver.run();
    driver.crash();
    driver.send("in", "{\"n\":4}");
    driver.run();
    Lines ids;
    for (const std::string& line : driver.takeLog()) ids.push_back(line.substr(line.find("in/")));
    QCOMPARE(ids, (Lines{"in/0@0", "in/0@1", "in/0@2", "in/0@3"}));
  }
};

WEIR_TEST(ServicesTest)
#include "services_test.moc"
