// What docs/plugins.md shows does what it says. The plugins, and the code of the first test, are its blocks.
#include <QDir>
#include <array>

#include "core/adapters/host/check/plugin_check.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"
#include "weir/testkit/topology_driver.hpp"

using namespace std::literals;  // NOLINT: a test
using weir::testkit::OperatorHarness;
using weir::testkit::Setup;
using weir::testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

Setup market(const std::string& op, const std::string& params, const std::vector<std::string>& inputs) {
  Setup setup;
  setup.library = "market.so";
  setup.op = op;
  setup.params = params;
  setup.inputs = inputs;
  return setup;
}

// Rows with a number and the most that it may be, clamped; the spread of each minute.
const std::string kStats = R"json({"weir":1,"name":"stats","nodes":[
        {"id":"held","use":"std.extend","params":{"fields":[{"name":"held","expression":"stats.clamp(n, 0, most)"}]}},
        {"id":"minutes","use":"window.tumbling","params":{"group_by":["k"],"size":"1m","aggregates":[
          {"name":"spread","function":"stats.spread","field":"held"}]}}],
      "topics":[{"id":"in","schema":[{"name":"k","type":"string"},{"name":"n","type":"int64"},{"name":"most","type":"int64"},
                   {"name":"ts","type":"timestamp"}],"event_time":{"field":"ts","disorder":"0s"}},{"id":"out"}],
      "edges":[{"from":"in","to":"held.in"},{"from":"held.out","to":"minutes.in"},{"from":"minutes.out","to":"out"}]})json";

const std::string kStatsRows = R"json({"k":"a","n":-5,"most":9,"ts":1}
{"k":"a","n":7,"most":9,"ts":2}
{"k":"a","n":70,"most":9,"ts":3}
{"k":"a","n":7,"most":-1,"ts":4}
{"k":"b","n":null,"most":9,"ts":5})json";

}  // namespace

class PluginExamplesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { QVERIFY(QDir::setCurrent(qEnvironmentVariable("WEIR_EXAMPLES"))); }

  // The ledger among them, whose commits wait for its server.
  void pluginCheckPassesThem() {
    for (const char* const library : {"shop.so", "market.so", "stats.so"}) {
      std::string failed;
      weir::host::CheckListener listener;
      listener.begins = [](const std::string&) {};
      listener.ended = [&](const weir::host::CheckStep& step) {
        if (step.outcome == weir::host::CheckOutcome::Failed) failed += step.name + ": " + step.message + "\n";
      };
      weir::host::checkPlugin(library, {}, listener);
      QCOMPARE(failed, std::string());
    }
  }

  void theFirstPluginFilters() {
#include "shop/test.inc"
    QCOMPARE(rows, Lines{R"({"name":"pen","price":3})"});
  }

  void aFunctionAndAnAggregateAreUsedByOperatorsOfOtherPlugins() {
    weir::testkit::DriverOptions options;
    options.plugins = {"stats.so"};
    TopologyDriver driver(kStats, {}, options);
    driver.send("in", kStatsRows);
    driver.end();
    QCOMPARE(driver.rows("out"), (Lines{R"({"k":"a","window_start":0,"window_end":60000,"spread":9})",
                                        R"({"k":"b","window_start":0,"window_end":60000,"spread":null})"}));
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
  }

  void ranksComeBackAfterACrash() {
    OperatorHarness harness(market("ranks", R"({"seller":"seller","every":"1m"})", {"seller string"}));
    harness.push("{\"seller\":\"a\"}\n{\"seller\":\"b\"}\n{\"seller\":\"a\"}");
    harness.commit();
    harness.push("{\"seller\":\"a\"}");
    harness.crash();
    harness.push("{\"seller\":\"a\"}");
    QCOMPARE(harness.takeRows(), Lines{R"({"seller":"a","rank":3})"});
    harness.setClock(60'000'000);
    QVERIFY(harness.gauge("sellers") >= 1);
  }

  void numbersGoOnWhereTheyWere() {
    OperatorHarness harness(market("numbers", R"({"up_to":3})", {}));
    harness.read("all");
    harness.commit();
    harness.read("all");
    harness.crash();
    harness.read("all");
    QCOMPARE(harness.takeRows(), Lines{R"({"n":2})"});
  }

  void aLedgerCommitsWhenItsServerHasAnswered() {
    const std::string topology = R"({"weir":1,"name":"books","nodes":[
        {"id":"numbers","use":"market.numbers","params":{"up_to":3}},{"id":"ledger","use":"market.ledger"}],
      "edges":[{"from":"numbers.out","to":"ledger.in"}]})";
    weir::testkit::DriverOptions options;
    options.plugins = {"market.so"};
    TopologyDriver driver(topology, {}, options);
    driver.run();
    bool committed = false;
    for (const std::string& line : driver.takeLog()) {
      committed = committed || line.find("3 rows in " + std::string(32, '0') + "/ledger/0#") != std::string::npos;
    }
    QVERIFY(committed);
    driver.crash();
    const Lines log = driver.takeLog();
    QVERIFY(!log.empty() && log[0].find("finishes") != std::string::npos);
  }
};

WEIR_TEST(PluginExamplesTest)
#include "plugin_examples_test.moc"
