// Functions of plugins in expressions of other plugins, through the whole host.
#include <QtTest/QtTest>

#include <dlfcn.h>

#include "core/adapters/host/check/plugin_check.hpp"
#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/abi/plugin.h"
#include "weir/testkit/topology_driver.hpp"

using namespace weir;  // NOLINT: a test
using testkit::DriverError;
using testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

testkit::DriverOptions options() {
  testkit::DriverOptions with;
  with.plugins = {fixture("pure")};
  return with;
}

// Rows {"n": 1}, ... of topic `in` to topic `out`, through one operator of std.
std::string through(const std::string& op, const std::string& params) {
  return R"({"weir":1,"name":"functions","nodes":[{"id":"node","use":"std.)" + op + R"(","params":)" + params +
         R"(}],"topics":[{"id":"in","schema":[{"name":"n","type":"int64"}]},{"id":"out"}],"edges":[)" +
         R"({"from":"in","to":"node.in"},{"from":"node.out","to":"out"}]})";
}

std::string extended(const std::string& expression) {
  return through("extend", R"({"fields":[{"name":"it","expression":")" + expression + "\"}]}");
}

std::string refused(const std::string& expression, const std::string& rows) {
  return refusal([&] {
    TopologyDriver driver(extended(expression), {}, options());
    driver.send("in", rows);
    driver.run();
  });
}

}  // namespace

class PluginFunctionsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anExpressionCallsAFunctionOfAnotherPlugin() {
    TopologyDriver driver(extended("pure.half(n) + 1"), {}, options());
    driver.send("in", "{\"n\":2}\n{\"n\":null}\n{\"n\":8}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{R"({"n":2,"it":2})", R"({"n":null,"it":null})", R"({"n":8,"it":5})"}));
    QVERIFY(driver.deadLetters().empty());
  }

  void aConditionCallsItToo() {
    TopologyDriver driver(through("filter", R"({"where":"pure.half(n) > 1"})"), {}, options());
    driver.send("in", "{\"n\":2}\n{\"n\":4}\n{\"n\":5}\n{\"n\":6}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{"{\"n\":4}", "{\"n\":6}"}));
    QCOMPARE(driver.deadLetters().size(), std::size_t{1});
  }

  void aRowThatFailsIsADeadLetterAndTheOthersGoOn() {
    TopologyDriver driver(extended("pure.half(n)"), {}, options());
    driver.send("in", "{\"n\":2}\n{\"n\":3}\n{\"n\":4}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{R"({"n":2,"it":1})", R"({"n":4,"it":2})"}));
    const Lines dead = driver.deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QVERIFY(contains(dead[0], "3 is odd in `pure.half(n)`"));
  }

  void rowsThatNeedNoValueAreNotAskedAbout() {
    TopologyDriver driver(extended("if(n % 2 = 0, pure.half(n), 0)"), {}, options());
    driver.send("in", "{\"n\":2}\n{\"n\":3}");
    driver.run();
    QCOMPARE(driver.rows("out"), (Lines{R"({"n":2,"it":1})", R"({"n":3,"it":0})"}));
  }

  void aTopologyThatMisusesAFunctionIsRefused() {
    QVERIFY(contains(refused("pure.hal(n)", "{}"), "There is no function 'pure.hal'"));
    QVERIFY(contains(refused("pure.half('x')", "{}"), "must be an int64"));
  }

  void aFunctionThatBreaksItsContractIsNamed_data() {
    QTest::addColumn<int>("how");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, int how, const char* message) { QTest::newRow(name) << how << message; };
    row("too short", 1, "its result has 1 rows where 2 are promised");
    row("another type", 2, "its result has 3 buffers; int64 has 2");
    row("null", 3, "its result is declared not null, but row 0 is null");
    row("nothing", 4, "it made no column");
    row("other rows", 5, "it says that row 9 has failed, for which it was not asked");
    row("too many errors", 6, "it names 1000 failed rows of 2");
    row("the time", 7, "it asked for the time");
    row("another answer", 8, "answered 2 to evaluate, which is no answer to that");
    row("an exception", 9, "let an exception out of evaluate");
  }
  void aFunctionThatBreaksItsContractIsNamed() {
    QFETCH(int, how);
    QFETCH(QString, message);
    const std::string rows = "{\"n\":" + std::to_string(how) + "}\n{\"n\":0}";
    const std::string text = refused("pure.lie(n)", rows);
    QVERIFY(contains(text, message.toStdString()));
    QVERIFY(contains(text, "node 'node' (pure.lie)"));
  }

  void aPluginWithAFunctionNeedsTheSecondMinor() {
    void* library = ::dlopen(fixture("pure").c_str(), RTLD_NOW | RTLD_LOCAL);
    QVERIFY2(library != nullptr, ::dlerror());
    const auto* info = static_cast<const weir_plugin_info*>(::dlsym(library, WEIR_PLUGIN_SYMBOL));
    QCOMPARE(int(info->abi_minor), 2);
  }

  void pluginCheckTriesFunctionsAndAggregates() {
    Lines failed;
    Lines steps;
    host::CheckListener listener;
    listener.begins = [](const std::string&) {};
    listener.ended = [&](const host::CheckStep& step) {
      steps.push_back(step.name);
      if (step.outcome == host::CheckOutcome::Failed) failed.push_back(step.name);
    };
    host::checkPlugin(fixture("pure"), {}, listener);
    const auto has = [](const Lines& lines, const std::string& name) {
      return std::find(lines.begin(), lines.end(), name) != lines.end();
    };
    QVERIFY(has(steps, "half: evaluate the same twice"));
    QVERIFY(has(steps, "longest: merge gives what one state gives"));
    QVERIFY(has(steps, "mean: running values"));
    for (const std::string& name : failed)
      QVERIFY2(name.starts_with("lie: ") || name.starts_with("liar: "), name.c_str());
    QVERIFY(has(failed, "liar: finish"));
  }
};

WEIR_TEST(PluginFunctionsTest)
#include "functions_test.moc"
