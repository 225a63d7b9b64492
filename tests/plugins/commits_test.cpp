// What operators may do around a commit: make it wait, be committed in the midst of their output, hear of it.
#include <QtTest/QtTest>

#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"
#include "weir/testkit/topology_driver.hpp"

using namespace weir;           // NOLINT: a test
using namespace std::literals;  // NOLINT
using testkit::DriverError;
using testkit::OperatorHarness;
using testkit::Setup;
using testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

Setup setupOf(const std::string& op, const std::string& params = "{}") {
  Setup setup;
  setup.library = fixture("committing");
  setup.op = op;
  setup.params = params;
  setup.inputs = {"n int64"};
  return setup;
}

testkit::DriverOptions options() {
  testkit::DriverOptions with;
  with.plugins = {fixture("committing")};
  return with;
}

// Operators one after the other, from topic `in` to topic `out`: "id": "use" and its parameters.
std::string chain(const std::vector<std::array<std::string, 3>>& nodes) {
  std::string drawn;
  std::string edges = R"({ "from": "in", "to": ")" + nodes.front()[0] + R"(.in" })";
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    drawn += (i == 0 ? "" : ",") + (R"({"id":")" + nodes[i][0]) + R"(","use":")" + nodes[i][1] + R"(","params":)" +
             nodes[i][2] + "}";
    const std::string to = i + 1 < nodes.size() ? nodes[i + 1][0] + ".in" : "out";
    edges += R"(,{ "from": ")" + nodes[i][0] + R"(.out", "to": ")" + to + R"(" })";
  }
  return R"({"weir":1,"name":"commits","nodes":[)" + drawn +
         R"(],"topics":[{"id":"in","schema":[{"name":"n","type":"int64"}]},{"id":"out"}],"edges":[)" + edges + "]}";
}

bool contains(const Lines& lines, const std::string& part) {
  for (const std::string& line : lines) {
    if (line.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

class CommitsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aCommitWaitsUntilAnOperatorIsReady() {
    TopologyDriver driver(chain({{"a", "committing.slow", R"({"prepare":"5s"})"}}), {}, options());
    driver.send("in", R"({"n":1})");
    driver.run();
    QCOMPARE(driver.rows("out"), Lines());
    driver.advanceClock(4s);
    QCOMPARE(driver.rows("out"), Lines());
    driver.advanceClock(1s);
    QCOMPARE(driver.rows("out"), Lines{R"({"n":1})"});
  }

  void rowsGoOnWhileAnOperatorFinishesACommit() {
    TopologyDriver driver(chain({{"a", "committing.slow", R"({"finish":true})"}}), {}, options());
    driver.send("in", R"({"n":1})");
    driver.run();
    driver.send("in", R"({"n":2})");
    driver.run();
    QCOMPARE(driver.counter("a", "committed"), 2);
    driver.end();
    QCOMPARE(driver.rows("out"), (Lines{R"({"n":1})", R"({"n":2})"}));
  }

  void whatWasPreparedInVainIsAborted() {
    TopologyDriver driver(chain({{"a", "committing.slow", "{}"}, {"b", "committing.slow", R"({"fail":true})"}}), {},
                          options());
    driver.send("in", R"({"n":1})");
    QVERIFY_EXCEPTION_THROWN(driver.run(), DriverError);
    QVERIFY(contains(driver.takeLog(), "abort 1"));
  }

  void anOperatorIsCommittedInTheMidstOfItsOutputAndGoesOnThere() {
    Setup setup = setupOf("repeat", R"({"times":7})");
    setup.outputCapacity = 3;
    OperatorHarness harness(setup);
    harness.push(R"({"n":1})");
    QVERIFY(harness.more());
    QCOMPARE(harness.takeRows().size(), std::size_t{3});
    harness.commit();
    harness.resume();
    QCOMPARE(harness.takeRows().size(), std::size_t{3});
    harness.crash();  // the second three come again, and one more is left
    QCOMPARE(harness.takeRows().size(), std::size_t{3});
    harness.resume();
    QCOMPARE(harness.takeRows().size(), std::size_t{1});
    QVERIFY(!harness.more());
  }

  void longOutputIsCommittedPieceByPiece() {
    // 40 MiB, with commits of 8 MiB.
    TopologyDriver driver(chain({{"a", "committing.repeat", R"({"times":40,"bytes":1048576})"}}), {}, options());
    driver.send("in", R"({"n":1})");
    driver.run();
    QVERIFY(driver.counter("a", "committed") >= 5);
    driver.crash();
    driver.end();
    QCOMPARE(driver.rows("out").size(), std::size_t{40});
  }

  void aWakeReachesAnOperatorThatIsNotBlocked() {
    OperatorHarness harness(setupOf("woken"));
    harness.push(R"({"n":1})");
    QCOMPARE(harness.takeRows(), Lines());
    harness.wake();
    QCOMPARE(harness.takeRows(), Lines{R"({"n":1})"});

    TopologyDriver driver(chain({{"a", "committing.woken", "{}"}}), {}, options());
    driver.send("in", R"({"n":1})");
    driver.run();
    QCOMPARE(driver.rows("out"), Lines{R"({"n":1})"});
  }

  void nothingIsSentBeforeTheFirstRow() {
    std::string text;
    try {
      OperatorHarness harness(setupOf("woken", R"({"early":true})"));
    } catch (const testkit::HarnessError& error) {
      text = error.what();
    }
    QVERIFY2(text.find("it emitted in a call that sends nothing") != std::string::npos, text.c_str());
  }

  void anOperatorKnowsWhoItIs() {
    TopologyDriver driver(chain({{"me", "committing.who", "{}"}}), {}, options());
    QVERIFY(contains(driver.takeLog(), "me of commits, home of 32, start 1, epoch 0"));
    driver.send("in", R"({"n":1})");
    driver.run();
    driver.crash();
    QVERIFY(contains(driver.takeLog(), "me of commits, home of 32, start 2, epoch 1"));
    driver.send("in", R"({"n":2})");
    driver.run();
    driver.restart();
    QVERIFY(contains(driver.takeLog(), "start 3, epoch 2"));  // the commit of the stop held nothing of it
  }

  void aSourceHearsWhatIsDurable() {
    OperatorHarness harness(setupOf("acknowledging"));
    harness.read("queue");
    harness.read("queue");
    harness.prepare();
    harness.read("queue");
    QVERIFY(!contains(harness.takeLog(), "acknowledged"));
    harness.finishCommit();
    QCOMPARE(harness.takeLog(), Lines{"info: acknowledged 2"});
    harness.commit();
    QCOMPARE(harness.takeLog(), Lines{"info: acknowledged 3"});

    TopologyDriver driver(R"({"weir":1,"name":"acks","nodes":[{"id":"src","use":"committing.acknowledging"}],
      "topics":[{"id":"out"}],"edges":[{"from":"src.out","to":"out"}]})",
                          {}, options());
    driver.run();
    QCOMPARE(driver.rows("out").size(), std::size_t{3});
    QCOMPARE(driver.takeLog(), Lines{"info: src: acknowledged 3"});
  }
};

WEIR_TEST(CommitsTest)
#include "commits_test.moc"
