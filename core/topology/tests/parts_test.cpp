// Parts: topologies that are used as nodes, checked and planned as if they were drawn in place.
#include <map>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/file/topology.pb.h"
#include "core/topology/file/topology_message.hpp"
#include "core/topology/parts/expand.hpp"
#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

using Files = std::map<std::string, std::string>;

Surroundings with(const Files& files) {
  Surroundings around;
  around.file = "main/t.weir";
  around.parts = [files](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return configError(path + " is not there.");
    return found->second;
  };
  return around;
}

// A part with one node "f" between "in" and "out", which keeps what is above a limit.
std::string above(const std::string& params = R"({"name":"limit","type":"integer"})",
                  const std::string& where = "amount > ${param:limit}") {
  return R"({"weir":1,"name":"above","params":[)" + params +
         R"(],"ports":[{"name":"in","to":"f.in"},{"name":"out","from":"f.out"}],"nodes":[)" + "\n" +
         node("f", "std.filter", R"("where":")" + where + "\"") + "]}";
}

std::string user(const std::string& params, const std::string& use = "file:above.weir", const std::string& id = "m") {
  return around(node(id, use, params), id);
}

CheckOutcome checked(const std::string& text, const Files& files) {
  return check(topologyOf(text), testCatalog(), testDeriver(), nullptr, with(files));
}

PlanOutcome planned(const std::string& text, const Files& files, std::map<std::string, std::string> parameters = {}) {
  PlanOptions options;
  options.around = with(files);
  options.parameters = std::move(parameters);
  return planTopology(topologyOf(text), testCatalog(), testDeriver(), options);
}

const PlannedNode* nodeIn(const PlanOutcome& outcome, const std::string& id) {
  if (!outcome.plan) qWarning("%s", problemsText(outcome.problems, "f").c_str());
  if (!outcome.plan) return nullptr;
  for (const SubTopology& subTopology : outcome.plan->subTopologies) {
    for (const PlannedNode& node : subTopology.nodes) {
      if (node.id == id) return &node;
    }
  }
  return nullptr;
}

}  // namespace

class PartsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPartIsPlannedAsIfItWereDrawnInPlace() {
    const PlanOutcome outcome = planned(user("\"limit\":5"), {{"main/above.weir", above()}});
    const PlannedNode* const inside = nodeIn(outcome, "m__f");
    QVERIFY(inside != nullptr);
    QCOMPARE(inside->params, std::string(R"({"where":"amount > 5"})"));
    QCOMPARE(outcome.plan->subTopologies.size(), std::size_t{1});
    const PlannedNode* const source = nodeIn(outcome, "a");
    QCOMPARE(outcome.plan->subTopologies[0].nodes[source->edges.at(0).toNode].id, std::string("m__f"));
    QCOMPARE(outcome.plan->subTopologies[0].nodes[inside->edges.at(0).toNode].id, std::string("z"));
  }

  void valuesOfParametersMayReferToThoseOutside() {
    const std::string text =
        R"({"weir":1,"name":"t","params":[{"name":"least","type":"integer","default":7}],"nodes":[)" + source("a") +
        "," + node("m", "file:above.weir", "\"limit\":\"${param:least}\"") + "," + sink("z") + R"(],"edges":[)" +
        edge("a.out", "m.in") + "," + edge("m.out", "z.in") + "]}";
    const Files files = {{"main/above.weir", above()}};
    QCOMPARE(nodeIn(planned(text, files), "m__f")->params, std::string(R"({"where":"amount > 7"})"));
    QCOMPARE(nodeIn(planned(text, files, {{"least", "9"}}), "m__f")->params, std::string(R"({"where":"amount > 9"})"));
    QVERIFY(!planned(text, files, {{"m__limit", "9"}}).plan);
  }

  void aParameterWithoutAValueHasItsDefault() {
    const Files files = {{"main/above.weir", above(R"({"name":"limit","type":"integer","default":3})")}};
    QCOMPARE(nodeIn(planned(user(""), files), "m__f")->params, std::string(R"({"where":"amount > 3"})"));
  }

  void parametersAreOfEveryType() {
    const std::string params =
        R"({"name":"t","type":"text","default":"r"},{"name":"i","type":"integer"},{"name":"n","type":"number"},)"
        R"({"name":"b","type":"boolean"},{"name":"d","type":"duration","default":"1m"})";
    const Files files = {{"main/above.weir", above(params,
                                                   "region = '${param:t}' and amount > ${param:i} and amount < "
                                                   "${param:n} and ${param:b} and '${param:d}' <> ''")}};
    QCOMPARE(nodeIn(planned(user(R"("i":1,"n":2.5,"b":true)"), files), "m__f")->params,
             std::string(R"({"where":"region = 'r' and amount > 1 and amount < 2.5 and true and '1m' <> ''"})"));
    const std::string wrong = user(R"("t":1,"i":"x","n":true,"b":"no","d":5)");
    const Problems problems = checked(wrong, files).problems;
    QCOMPARE(briefly(problems), "WEIR1203@" + at(wrong, "1,\"i\"") + " m t\nWEIR1203@" + at(wrong, "\"x\"", 2) +
                                    " m i\nWEIR1203@" + at(wrong, "true") + " m n\nWEIR1203@" + at(wrong, "\"no\"") +
                                    " m b\nWEIR1204@" + at(wrong, "5}") + " m d");
  }

  void aMissingParameterAndAnUnknownOneAreSaidAtTheNode() {
    const std::string text = user("\"limt\":5");
    const Problems problems = checked(text, {{"main/above.weir", above()}}).problems;
    QVERIFY2(briefly(problems).find("WEIR1201@" + at(text, "\"limt\"") + " m limt") != std::string::npos,
             briefly(problems).c_str());
    QVERIFY2(briefly(problems).find("WEIR1202") != std::string::npos, briefly(problems).c_str());
  }

  void edgesToPortsThatAreNotThereAreSaidAsTheyAreDrawn() {
    const std::string text = file(source("a") + "," + node("m", "file:above.weir", "\"limit\":1") + "," + sink("z"),
                                  edge("a.out", "m.inn") + "," + edge("m.out", "z.in"));
    const Problems problems = checked(text, {{"main/above.weir", above()}}).problems;
    QVERIFY2(briefly(problems).starts_with("WEIR1107"), briefly(problems).c_str());
    const auto wrong = std::find_if(problems.begin(), problems.end(),
                                    [](const Problem& problem) { return problem.code == "WEIR1104"; });
    QVERIFY(wrong != problems.end());
    QCOMPARE(wrong->edge, std::string("a.out -> m.inn"));
    QCOMPARE(wrong->fix->steps[0].value.asText(), std::string("m.in"));
  }

  void whatIsWrongInAPartIsSaidAtTheNodeWithItsPlace() {
    const std::string text = user("\"limit\":1");
    const Problems problems =
        checked(text, {{"main/above.weir", above(R"({"name":"limit","type":"integer"})", "amuont > ${param:limit}")}})
            .problems;
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(briefly(problems), "WEIR1303@" + at(text, "\"file:above.weir\"") + " m");
    QVERIFY2(problems[0].message.starts_with("In above.weir:2:"), problems[0].message.c_str());
    QVERIFY2(problems[0].message.find("\"f\" where: ") != std::string::npos, problems[0].message.c_str());
    QVERIFY(!problems[0].fix);
  }

  void columnsFlowThroughAPart() {
    for (const PortSchema& port : checked(user("\"limit\":1"), {{"main/above.weir", above()}}).schemas) {
      QVERIFY2(port.schema && port.schema->fields.size() == 4, (port.node + "." + port.port).c_str());
      QVERIFY(port.node.find("__") == std::string::npos);
    }
  }

  void partsMayUseParts() {
    const std::string outer =
        R"({"weir":1,"name":"twice","params":[{"name":"least","type":"integer","default":2}],"ports":[)"
        R"({"name":"in","to":"one.in"},{"name":"out","from":"two.out"}],"nodes":[)" +
        node("one", "file:above.weir", "\"limit\":\"${param:least}\"") + "," +
        node("two", "file:above.weir", "\"limit\":8") + R"(],"edges":[)" + edge("one.out", "two.in") + "]}";
    const Files files = {{"main/parts/twice.weir", outer}, {"main/parts/above.weir", above()}};
    const PlanOutcome outcome = planned(user("\"least\":4", "file:parts/twice.weir"), files);
    QCOMPARE(nodeIn(outcome, "m__one__f")->params, std::string(R"({"where":"amount > 4"})"));
    QCOMPARE(nodeIn(outcome, "m__two__f")->params, std::string(R"({"where":"amount > 8"})"));
  }

  void aCircleOfPartsIsRefusedWithItsWay() {
    const std::string self =
        R"({"weir":1,"name":"s","ports":[{"name":"in","to":"x.in"},{"name":"out","from":"x.out"}],"nodes":[)" +
        node("x", "file:above.weir", "") + "]}";
    const Problems problems = checked(user(""), {{"main/above.weir", self}}).problems;
    QVERIFY(hasErrors(problems));
    QVERIFY2(problems[0].message.find("main/above.weir -> main/above.weir") != std::string::npos,
             problems[0].message.c_str());
    QCOMPARE(problems[0].node, std::string("m"));
  }

  void partsThatCannotBeUsedAreRefused() {
    const auto code = [](const Files& files) { return std::string(checked(user(""), files).problems.at(0).code); };
    QCOMPARE(code({}), std::string("WEIR1120"));
    QCOMPARE(code({{"main/above.weir", "no"}}), std::string("WEIR1121"));
    QCOMPARE(code({{"main/above.weir", around(window("w", "region"), "w")}}), std::string("WEIR1121"));
    Files deep;
    for (int i = 0; i < 20; ++i) {
      const std::string next = i == 0 ? "above.weir" : "d" + std::to_string(i) + ".weir";
      deep["main/" + next] =
          R"({"weir":1,"name":"s","ports":[{"name":"in","to":"x.in"},{"name":"out","from":"x.out"}],"nodes":[)" +
          node("x", "file:d" + std::to_string(i + 1) + ".weir", "") + "]}";
    }
    QCOMPARE(code(deep), std::string("WEIR1122"));
  }

  void aPartIsCheckedByItselfAndNotStarted() {
    std::string known = above(R"({"name":"limit","type":"integer","default":3})");
    known.insert(known.find(R"("to":"f.in")"), R"("schema":[{"name":"amount","type":"int64"}],)");
    QCOMPARE(briefly(checked(above(), {}).problems), std::string());
    QCOMPARE(briefly(checked(known, {}).problems), std::string());
    std::string wrong = known;
    wrong.replace(wrong.find("amount >"), 6, "amuont");
    QVERIFY2(briefly(checked(wrong, {}).problems).starts_with("WEIR1303"),
             briefly(checked(wrong, {}).problems).c_str());
    const PlanOutcome outcome = planned(above(), {});
    QVERIFY(!outcome.plan);
    QCOMPARE(std::string(outcome.problems.at(0).code), std::string("WEIR1123"));
    std::string nowhere = above();
    nowhere.replace(nowhere.find("f.in"), 4, "g.in");
    QVERIFY2(briefly(checked(nowhere, {}).problems).find("WEIR1103") != std::string::npos, "an end that is not there");
    QVERIFY(hasErrors(checked(user("\"limit\":1"), {{"main/above.weir", nowhere}}).problems));
  }

  void whatANodeWasIsWhatIsInItsPartWas() {
    std::string text = user("\"limit\":1", "file:above.weir", "now");
    text.insert(text.find(R"("use":"file:above.weir")"), R"("was":["old"],)");
    const PlanOutcome outcome = planned(text, {{"main/above.weir", above()}});
    QVERIFY(outcome.plan);
    QVERIFY((outcome.plan->formerIds.at("now__f") == std::vector<std::string>{"old__f"}));
  }

  void idsThatAreTakenAreRefused() {
    const std::string text = file(source("a") + "," + node("m", "file:above.weir", "\"limit\":1") + "," + sink("m__f"),
                                  edge("a.out", "m.in") + "," + edge("m.out", "m__f.in"));
    const Problems problems = checked(text, {{"main/above.weir", above()}}).problems;
    QVERIFY2(briefly(problems).find("WEIR1008@" + at(text, "\"m\"") + " m") != std::string::npos,
             briefly(problems).c_str());
    const std::string longId(99, 'x');
    QVERIFY(briefly(checked(user("\"limit\":1", "file:above.weir", longId), {{"main/above.weir", above()}}).problems)
                .find("WEIR1007") != std::string::npos);
  }

  void aDisabledPartPassesOrStops() {
    std::string text = user("", "file:above.weir");
    text.insert(text.find(R"("use":"file:above.weir")"), R"("disabled":"pass",)");
    const PlanOutcome passed = planned(text, {{"main/above.weir", above()}});
    QVERIFY2(passed.plan, problemsText(passed.problems, "f").c_str());
    QVERIFY(nodeIn(passed, "m__f") == nullptr);
    QVERIFY(passed.plan->waits("m__f"));
  }

  void withoutAReaderPartsAreWhatTheCatalogSays() {
    catalog::Catalog catalog = testCatalog();
    const Topology drawn = topologyOf(user("\"limit\":1"));
    const Surroundings here = with({{"main/above.weir", above()}});
    catalog.setParts(partOperators(drawn, catalog, here.parts, here.file));
    QCOMPARE(catalog.find("file:above.weir")->inputs.at(0).name, std::string("in"));
    QCOMPARE(catalog.find("file:above.weir")->params.at(0).name, std::string("limit"));
    QCOMPARE(briefly(check(drawn, catalog, testDeriver()).problems), std::string());
  }

  void portsAreWrittenAsTheyWereRead() {
    const Topology part = topologyOf(above());
    const std::string text = formatTopology(part, testCatalog());
    QVERIFY(text.find("  \"ports\": [\n    { \"name\": \"in\", \"to\": \"f.in\" },\n") != std::string::npos);
    QVERIFY(topologyOf(text) == part);
    QVERIFY(*fromMessage(toMessage(part)) == part);
    QVERIFY(!hasErrors(readTopology(text).problems));
    const std::string both =
        R"({"weir":1,"name":"p","ports":[{"name":"x"},{"name":"y","to":"a"},{"name":"y","from":"a"}],"nodes":[]})";
    QCOMPARE(readTopology(both).problems.size(), std::size_t{2});
  }
};

WEIR_TEST(PartsTest)
#include "parts_test.moc"
