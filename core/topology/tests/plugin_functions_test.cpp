// Functions and aggregates of plugins in topologies: what is known of them without loading anything.

#include "core/topology/graph/plugin_functions.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

catalog::Catalog withCalc(int stateVersion = 1) {
  const std::string text = R"json({"manifest_version":1,"plugin":"calc","version":"1","operators":[
    {"id":"half","kind":"function","arguments":[{"name":"number","types":["float64"]}],
     "result":{"type":"float64"},"deterministic":true},
    {"id":"even","kind":"function","arguments":[{"name":"number","types":["int64"]}],
     "result":{"type":"bool","nullable":false},"deterministic":true},
    {"id":"median","kind":"aggregate","arguments":[{"name":"value","types":["number"]}],
     "result":{"type":"type_of(value)"},"deterministic":true,"state_version":)json" +
                           std::to_string(stateVersion) + "}]}";
  Result<catalog::Manifest> manifest = catalog::parseManifest(text);
  if (!manifest) qFatal("%s", manifest.error().message.c_str());
  catalog::Catalog catalog = testCatalog();
  if (!catalog.add({std::move(*manifest), "/nowhere/calc.so"})) qFatal("calc is there twice");
  return catalog;
}

catalog::Catalog withRefused(const std::string& path) {
  catalog::Catalog catalog = testCatalog();
  catalog.refuse({path, "Others may write to it."});
  return catalog;
}

CheckOutcome checked(const std::string& text) {
  return check(topologyOf(text), withCalc(), testDeriver());
}

std::string aggregated(const std::string& function) {
  return around(node("m", "window.tumbling",
                     R"("group_by":["region"],"size":"1m","aggregates":[{"name":"it","function":")" + function +
                         R"(","field":"amount"}])"));
}

}  // namespace

class PluginFunctionsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aFunctionIsCheckedByItsManifest() {
    QCOMPARE(briefly(checked(filter("calc.half(amount) > 1 and calc.even(order_id)")).problems), std::string());
    const CheckOutcome added = checked(around(node("m", "std.add", "\"value\":\"calc.half(amount)\"")));
    QCOMPARE(briefly(added.problems), std::string());
    for (const PortSchema& port : added.schemas) {
      if (port.node != "m" || !port.output) continue;
      QCOMPARE(port.schema->fields.back(), (Field{"added", TypeId::Float64, true}));
    }
  }

  void anUnknownFunctionIsNamedWithTheNearestOne() {
    const std::string text = filter("calc.hal(amount) > 1");
    const Problems problems = checked(text).problems;
    QCOMPARE(briefly(problems), "WEIR1303@" + at(text, "calc.hal") + " m where");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("calc.half(amount) > 1"));
  }

  void argumentsAreToldWithTheirPlace() {
    const std::string few = filter("true and calc.half() > 1");
    QCOMPARE(briefly(checked(few).problems), "WEIR1303@" + at(few, "calc.half") + " m where");
    const std::string type = filter("calc.half(region) > 1");
    const Problems problems = checked(type).problems;
    QCOMPARE(briefly(problems), "WEIR1303@" + at(type, "region)") + " m where");
    QVERIFY(problems[0].message.find("must be a float64, but `region` is a string") != std::string::npos);
  }

  void withoutItsPluginAFunctionIsNotKnown() {
    const Problems problems = problemsOf(filter("calc.half(amount) > 1"));
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems[0].message, std::string("There is no function 'calc.half'."));
  }

  void aRefusedPluginIsSaidToBeRefusedWhereItsFunctionIsCalled() {
    const Problems problems =
        check(topologyOf(filter("calc.half(amount) > 1")), withRefused("/p/calc.so"), testDeriver()).problems;
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems[0].message,
             std::string("There is no function 'calc.half'. /p/calc.so was refused: Others may write to it."));
    const Problems aggregate =
        check(topologyOf(aggregated("calc.median")), withRefused("/p/calc.so"), testDeriver()).problems;
    QCOMPARE(aggregate.at(0).help, std::string("/p/calc.so was refused: Others may write to it."));
  }

  void anAggregateIsNoFunction_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("aggregate");
    QTest::newRow("of a plugin") << "calc.median(amount) > 1"
                                 << "calc.median";
    QTest::newRow("without its plugin's name") << "median(amount) > 1"
                                               << "calc.median";
    QTest::newRow("a window's own") << "sum(amount) > 1"
                                    << "sum";
    QTest::newRow("as SQL counts") << "count(*) > 1"
                                   << "count";
  }
  void anAggregateIsNoFunction() {
    QFETCH(QString, where);
    QFETCH(QString, aggregate);
    const std::string text = filter(where.toStdString());
    const Problems problems = checked(text).problems;
    const std::string called = where.left(where.indexOf('(')).toStdString();
    QCOMPARE(briefly(problems), "WEIR1303@" + at(text, called + "(") + " m where");
    QCOMPARE(problems[0].message, "'" + aggregate.toStdString() +
                                      "' is an aggregate, over many rows, and no function. Name it as the "
                                      "\"function\" of an aggregate, in a window.");
  }

  void aFunctionIsNoNode() {
    const std::string text = around(node("m", "calc.half", ""));
    const Problems problems = checked(text).problems;
    QVERIFY(briefly(problems).find("@" + at(text, "\"calc.half\"") + " m") != std::string::npos);
    QCOMPARE(problems[0].message, std::string("\"calc.half\" is a function, not a node."));
    QVERIFY(problems[0].help.find("calc.half(...)") != std::string::npos);
  }

  void anAggregateOfAPluginMayStandWhereAWindowNamesItsFunction() {
    QCOMPARE(briefly(checked(aggregated("calc.median")).problems), std::string());
    const std::string text = aggregated("calc.medain");
    const Problems problems = checked(text).problems;
    QCOMPARE(briefly(problems), "WEIR1206@" + at(text, "\"calc.medain\"") + " m aggregates.0.function");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("calc.median"));
    QVERIFY(problems[0].help.find("count, sum, calc.median") != std::string::npos);
    QVERIFY(!checked(aggregated("calc.half")).problems.empty());
  }

  void theTypesOfAnAggregateComeFromItsManifest() {
    const catalog::Catalog catalog = withCalc();
    const catalog::OperatorSpec& median = *catalog.find("calc.median");
    const auto of = [&](std::vector<Field> fields) { return pureResult(median, "calc.median", {std::move(fields)}); };
    QCOMPARE(of({{"n", TypeId::Int32, false}})->type, DataType(TypeId::Int32));
    QVERIFY(of({{"n", TypeId::Int32, false}})->nullable);
    const auto wrong = of({{"region", TypeId::String, false}});
    QVERIFY(wrong.error().message.find("The column 'region' is of type string; the aggregate 'calc.median' takes as "
                                       "its value: number.") != std::string::npos);
    QVERIFY(of({}).error().message.find("takes 1 (value), not 0") != std::string::npos);
  }

  void stampsFollowTheStatesOfAggregates() {
    const auto stamp = [](const std::string& function, int version) -> std::string {
      const Result<Plan> plan = makePlan(topologyOf(aggregated(function)), withCalc(version), testDeriver(), {});
      if (!plan) return plan.error().message;
      for (const SubTopology& part : plan->subTopologies) {
        for (const PlannedNode& planned : part.nodes) {
          if (planned.id == "m") return planned.stateStamp;
        }
      }
      return "no such node";
    };
    QCOMPARE(stamp("calc.median", 1).size(), std::size_t{32});
    QVERIFY(stamp("calc.median", 1) != stamp("calc.median", 2));
    QCOMPARE(stamp("sum", 1), stamp("sum", 2));
  }
};

WEIR_TEST(PluginFunctionsTest)
#include "plugin_functions_test.moc"
