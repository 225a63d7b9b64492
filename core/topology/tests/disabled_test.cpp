// Nodes that are disabled: what runs, what is checked, and what is said.
#include "core/topology/file/format_topology.hpp"
#include "core/topology/model/idle_parts.hpp"
#include "core/topology/plan/diff.hpp"
#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

std::string disabled(const std::string& node, const std::string& how) {
  const std::size_t params = node.find(",\"params\"");
  return std::string(node).insert(params, ",\"disabled\":\"" + how + "\"");
}

std::string idle(const std::string& text) {
  std::string out;
  for (const std::string& id : idleParts(topologyOf(text))) out += (out.empty() ? "" : " ") + id;
  return out;
}

std::string filterNode(const std::string& id) {
  return node(id, "std.filter", "\"where\":\"amount > 1\"");
}

// Nodes of the plan, in its order.
std::string running(const std::string& text) {
  const PlanOutcome planned = planTopology(topologyOf(text), testCatalog(), testDeriver(), {});
  if (!planned.plan) return problemsText(planned.problems, "f");
  std::string out;
  for (const SubTopology& subTopology : planned.plan->subTopologies) {
    for (const PlannedNode& node : subTopology.nodes) {
      out += (out.empty() ? "" : " ") + node.id;
      for (const PlannedEdge& edge : node.edges) out += ">" + subTopology.nodes[edge.toNode].id;
    }
  }
  return out;
}

// a -> m -> z, and beside it a -> y.
std::string branched(const std::string& middle) {
  return file(source("a") + "," + middle + "," + sink("z") + "," + sink("y"),
              edge("a.out", "m.in") + "," + edge("m.out", "z.in") + "," + edge("a.out", "y.in"));
}

}  // namespace

class DisabledTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatOnlyItFeedsAndWhatOnlyFeedsItStopsWithIt() {
    QCOMPARE(idle(around(disabled(filterNode("m"), "stop"))), std::string("a m z"));
    QCOMPARE(idle(branched(disabled(filterNode("m"), "stop"))), std::string("m z"));
    QCOMPARE(running(branched(disabled(filterNode("m"), "stop"))), std::string("a>y y"));
  }

  void aSourceThatFeedsAnotherBranchRuns() {
    const std::string two = file(disabled(source("a"), "stop") + "," + source("b") + "," + sink("z"),
                                 edge("a.out", "z.in") + "," + edge("b.out", "z.in"));
    QCOMPARE(idle(two), std::string("a"));
    QCOMPARE(running(two), std::string("b>z z"));
  }

  void aTopicKeepsRowsForAReaderThatIsDisabled() {
    const std::string text =
        file(source("a") + "," + disabled(filterNode("m"), "stop") + "," + sink("z"),
             edge("a.out", "t") + "," + edge("t", "m.in") + "," + edge("m.out", "z.in"), R"({"id":"t"})");
    QCOMPARE(idle(text), std::string("m z"));
    QCOMPARE(running(text), std::string("a>t t"));
    const PlanOutcome planned = planTopology(topologyOf(text), testCatalog(), testDeriver(), {});
    for (const char* const id : {"t", "m", "z", "m.in.repartition", "m__inner"}) QVERIFY2(planned.plan->waits(id), id);
    QVERIFY(!planned.plan->waits("a"));
  }

  void aTopicThatOnlyStoppedNodesWriteStopsToo() {
    const std::string text = file(disabled(source("a"), "stop") + "," + sink("z"),
                                  edge("a.out", "t") + "," + edge("t", "z.in"), R"({"id":"t"})");
    QCOMPARE(idle(text), std::string("a t z"));
  }

  void rowsGoPastANodeThatPasses() {
    QCOMPARE(idle(around(disabled(filterNode("m"), "pass"))), std::string());
    QCOMPARE(running(around(disabled(filterNode("m"), "pass"))), std::string("a>z z"));
    const std::string chain = file(source("a") + "," + disabled(filterNode("m"), "pass") + "," +
                                       disabled(filterNode("n"), "pass") + "," + sink("z"),
                                   edge("n.out", "z.in") + "," + edge("m.out", "n.in") + "," + edge("a.out", "m.in"));
    QCOMPARE(running(chain), std::string("a>z z"));
  }

  void columnsBehindANodeThatPassesAreThoseOfItsInput() {
    const std::string text = file(source("a") + "," + disabled(window("m", "region"), "pass") + "," +
                                      node("f", "std.filter", "\"where\":\"n > 1\"") + "," + sink("z"),
                                  edge("a.out", "m.in") + "," + edge("m.out", "f.in") + "," + edge("f.out", "z.in"));
    QVERIFY2(found(text).find("f where") != std::string::npos, found(text).c_str());
    const CheckOutcome checked =
        check(topologyOf(around(disabled(filterNode("m"), "pass"))), testCatalog(), testDeriver());
    for (const PortSchema& port : checked.schemas) {
      if (port.node == "m") QCOMPARE(port.schema->fields.size(), std::size_t{4});
    }
  }

  void aNodeThatIsNoSingleStreamCannotBePassed() {
    for (const std::string& text : {file(disabled(source("a"), "pass") + "," + sink("z"), edge("a.out", "z.in")),
                                    file(source("a") + "," + disabled(sink("z"), "pass"), edge("a.out", "z.in"))}) {
      const Problems problems = problemsOf(text);
      QVERIFY(hasErrors(problems));
      QCOMPARE(std::string(problems[0].code), std::string("WEIR1119"));
      QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("stop"));
    }
  }

  void settingsOfADisabledNodeMayBeUnfinished() {
    for (const char* const how : {"stop", "pass"}) {
      const std::string text = branched(disabled(node("m", "std.filter", "\"whre\":1"), how));
      QCOMPARE(found(text), std::string());
    }
    QCOMPARE(found(branched(disabled(node("m", "gone.operator", ""), "stop"))), std::string());
    const std::string wrongEdge = file(source("a") + "," + sink("y") + "," + disabled(filterNode("m"), "stop"),
                                       edge("a.out", "y.in") + "," + edge("a.out", "m.inn"));
    QVERIFY(found(wrongEdge).starts_with("WEIR1104"));
  }

  void whatDoesNotRunIsNotJudged() {
    const std::string samePaths =
        file(source("a") + "," + disabled(filterNode("m"), "stop") + "," + node("z", "file.sink", "\"path\":\"p\"") +
                 "," + node("y", "file.sink", "\"path\":\"p\""),
             edge("a.out", "m.in") + "," + edge("m.out", "z.in") + "," + edge("a.out", "y.in"));
    QCOMPARE(found(samePaths), std::string());
  }

  void itIsToldWhatIsDisabled() {
    const std::string text = branched(disabled(filterNode("m"), "stop"));
    QCOMPARE(briefly(problemsOf(text), true), "WEIR1118@" + at(text, "\"stop\"") + " m");
    const std::string wrong = branched(disabled(filterNode("m"), "off"));
    QCOMPARE(found(wrong), "WEIR1206@" + at(wrong, "\"off\"") + " m");
  }

  void nothingRunsWhereAllIsDisabled() {
    QVERIFY(running(around(disabled(filterNode("m"), "stop"))).find("WEIR1115") != std::string::npos);
  }

  void itIsPartOfTheLogic() {
    const std::string text = branched(filterNode("m"));
    const Topology before = topologyOf(text);
    const Topology after = topologyOf(branched(disabled(filterNode("m"), "pass")));
    QVERIFY(topologyHash(before) != topologyHash(after));
    QCOMPARE(changesText(diff(before, after)), std::string("~ node m: disabled nothing -> \"pass\"\n"));
    QVERIFY(formatTopology(after, testCatalog()).find("\"disabled\": \"pass\",\n      \"params\"") !=
            std::string::npos);
  }
};

WEIR_TEST(DisabledTest)
#include "disabled_test.moc"
