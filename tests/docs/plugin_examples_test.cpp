// What docs/plugins.md shows does what it says. The plugins, and the code of the first test, are its blocks.
#include <QDir>
#include <QtTest/QtTest>

#include <array>

#include "adapters/host/plugin_check.hpp"
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

}  // namespace

class PluginExamplesTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QVERIFY(QDir::setCurrent(qEnvironmentVariable("WEIR_EXAMPLES"))); }

  // The ledger among them, whose commits wait for its server.
  void pluginCheckPassesThem() {
    for (const char* const library : {"shop.so", "market.so"}) {
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

QTEST_APPLESS_MAIN(PluginExamplesTest)
#include "plugin_examples_test.moc"
