
#include "core/base/json_parser.hpp"
#include "core/topology/plan/make_plan.hpp"
#include "core/topology/tests/test_catalog.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

Result<Plan> planOf(const std::string& text, const PlanOptions& options = {}) {
  return makePlan(topologyOf(text), testCatalog(), testDeriver(), options);
}

std::string roleName(const PlannedNode& node, const Plan& plan) {
  switch (node.role) {
    case NodeRole::Source: return "source";
    case NodeRole::Processor:
      return node.stage == WEIR_STAGE_PARTIAL ? "partial" : node.stage == WEIR_STAGE_FINAL ? "final" : "processor";
    case NodeRole::Sink: return "sink";
    case NodeRole::TopicRead: return "read " + plan.topics[node.topic].name;
    case NodeRole::TopicWrite: return "write " + plan.topics[node.topic].name;
  }
  return "";
}

// A plan in words:
//   part orders x1 exactly_once
//     orders source -> 0:per_minute.0
//   topic result x1 by key (string)
std::string words(const Result<Plan>& plan) {
  if (!plan) return plan.error().message;
  std::string out;
  for (const SubTopology& subTopology : plan->subTopologies) {
    out += "part " + subTopology.id + " x" + std::to_string(subTopology.tasks) +
           (subTopology.guarantee == Guarantee::ExactlyOnce ? "" : " at_least_once") + "\n";
    for (const PlannedNode& node : subTopology.nodes) {
      out += "  " + node.id + ": " + roleName(node, *plan);
      for (const PlannedEdge& edge : node.edges) {
        out += " " + std::to_string(edge.fromPort) + ">" + subTopology.nodes.at(edge.toNode).id + "." +
               std::to_string(edge.toPort);
      }
      out += "\n";
    }
  }
  for (const PlannedTopic& topic : plan->topics) {
    out += "topic " + topic.name + " x" + std::to_string(topic.partitions);
    for (const std::string& field : topic.keyFields) out += " " + field;
    if (!topic.keyFormat.empty()) out += " (" + topic.keyFormat + ")";
    out += topic.repartition ? " repartition\n" : "\n";
  }
  return out;
}

const PlannedNode* nodeOf(const Plan& plan, std::string_view id, NodeRole role = NodeRole::Processor) {
  for (const SubTopology& subTopology : plan.subTopologies) {
    for (const PlannedNode& node : subTopology.nodes) {
      if (node.id == id && node.role == role) return &node;
    }
  }
  return nullptr;
}

std::string sink(const std::string& id) {
  return node(id, "file.sink", "\"path\":\"to_" + id + "-{task}\"");
}

}  // namespace

class PlanTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneTaskNeedsNoRepartition() {
    const std::string text =
        contentsOf(weir::places::inRepository("topologies/orders_per_minute_by_region.weir").toStdString());
    QCOMPARE(words(planOf(text)), std::string("part orders x1\n"
                                              "  orders: source 0>per_minute.0\n"
                                              "  per_minute: processor 0>keyed.0\n"
                                              "  keyed: processor 0>result.0\n"
                                              "  result: write orders-per-minute-by-region\n"
                                              "topic orders-per-minute-by-region x1 key (string)\n"));
  }

  void parametersAreReadyToUse() {
    const std::string text =
        contentsOf(weir::places::inRepository("topologies/orders_per_minute_by_region.weir").toStdString());
    PlanOptions options;
    options.parameters["orders"] = "/data/x.ndjson";
    const Result<Plan> plan = planOf(text, options);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    const PlannedNode& orders = *nodeOf(*plan, "orders", NodeRole::Source);
    QCOMPARE(json::parseText(orders.params)->find("path")->asText(), std::string("/data/x.ndjson"));
    QCOMPARE(orders.format, std::string("json.json"));
    QCOMPARE(orders.eventTime->field, std::string("ts"));
    QCOMPARE(orders.eventTime->disorder, 5 * kSecond);
    QCOMPARE(orders.idleAfter, Duration(-1));
    const json::Value params = *json::parseText(nodeOf(*plan, "per_minute")->params);
    QCOMPARE(params.find("size")->asInteger(), std::optional<std::int64_t>(60'000'000));
    QCOMPARE(params.find("grace")->asInteger(), std::optional<std::int64_t>(0));
    QCOMPARE(nodeOf(*plan, "per_minute")->inputs[0].fields.size(), std::size_t(4));
    QCOMPARE(nodeOf(*plan, "per_minute")->outputs[0].fields.back().name, std::string("orders"));
    QCOMPARE(plan->name, std::string("orders_per_minute_by_region"));
  }

  void formatsHaveTheirParametersWithDefaults() {
    const std::string csv = R"({"use":"csv.csv","separator":";"})";
    const std::string text =
        file(node("a", "file.source", R"("path":"x","schema":[{"name":"n","type":"int64"}],"format":)" + csv) + "," +
                 node("z", "file.sink", R"("path":"y","format":)" + csv),
             edge("a.out", "t") + "," + edge("t", "z.in"), R"({"id":"t","value_format":)" + csv + "}");
    const Result<Plan> plan = planOf(text);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    const std::string params = R"({"separator":";","pause":1000000})";
    QCOMPARE(nodeOf(*plan, "a", NodeRole::Source)->format, std::string("csv.csv"));
    QCOMPARE(nodeOf(*plan, "a", NodeRole::Source)->formatParams, params);
    QCOMPARE(plan->topics[0].valueFormat, std::string("csv.csv"));
    QCOMPARE(plan->topics[0].valueFormatParams, params);
    // A home does not learn secrets, and without a format there are no records.
    PlanOptions options;
    options.environment = [](const std::string&) { return std::optional<std::string>("sesame"); };
    const Result<Plan> secret = planOf(
        file(source("a"), edge("a.out", "t") + "," + edge("a.out", "u"),
             R"({"id":"t","value_format":{"use":"csv.csv","separator":";","password":"${env:PASSWORD}"}},{"id":"u"})"),
        options);
    QVERIFY2(secret.ok(), secret ? "" : secret.error().message.c_str());
    QVERIFY(secret->topics[0].valueFormatParams.find("sesame") != std::string::npos);
    QCOMPARE(secret->topics[0].valueFormatShown, params);
    QCOMPARE(secret->topics[1].valueFormat, std::string());
    // An operator hands on one text, whatever stands in it.
    const json::Value sink = *json::parseText(nodeOf(*plan, "z", NodeRole::Sink)->params);
    QCOMPARE(sink.find("format")->asText(), std::string(R"({"use":"csv.csv","separator":";","pause":1000000})"));
  }

  void aKeyedNodeBehindSeveralTasksIsCombinedAndMoved() {
    const std::string text = file(source("a", ",\"tasks\":4") + "," + window("w", "region") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("w.out", "z.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x4\n"
                                              "  a: source 0>w.partial.0\n"
                                              "  w.partial: partial 0>w.in.repartition.0\n"
                                              "  w.in.repartition: write repartition.w.in\n"
                                              "part w.in.repartition x4\n"
                                              "  w.in.repartition: read repartition.w.in 0>w.0\n"
                                              "  w: final 0>z.0\n"
                                              "  z: sink\n"
                                              "topic repartition.w.in x4 region (string) repartition\n"));
    const Result<Plan> plan = planOf(text);
    QCOMPARE(plan->topics[0].schema.fields.back().name, std::string("rows"));
    QCOMPARE(nodeOf(*plan, "w")->inputs[0], plan->topics[0].schema);
    QVERIFY(nodeOf(*plan, "w")->outputs[0].find("n").has_value());
    QVERIFY(nodeOf(*plan, "w")->stateStamp != nodeOf(*plan, "w.partial")->stateStamp);
  }

  void rowsWhoseLateOnesLeaveAsTheyCameMoveOneByOne() {
    // Late is what comes when its window has closed, which happens behind the repartition.
    const std::string text =
        file(source("a", ",\"tasks\":4") + "," + window("w", "region") + "," + sink("z") + "," + sink("l"),
             edge("a.out", "w.in") + "," + edge("w.out", "z.in") + "," + edge("w.late", "l.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x4\n"
                                              "  a: source 0>w.in.repartition.0\n"
                                              "  w.in.repartition: write repartition.w.in\n"
                                              "part w.in.repartition x4\n"
                                              "  w.in.repartition: read repartition.w.in 0>w.0\n"
                                              "  w: processor 0>z.0 1>l.0\n"
                                              "  z: sink\n"
                                              "  l: sink\n"
                                              "topic repartition.w.in x4 region (string) repartition\n"));
  }

  void whatCannotBeCombinedMovesRowByRow() {
    const std::string text =
        file(source("a", ",\"tasks\":4") + "," + window("w", "order_id", R"(,"emit":"on_update","partitions":3)") +
                 "," + sink("z"),
             edge("a.out", "w.in") + "," + edge("w.out", "z.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x4\n"
                                              "  a: source 0>w.in.repartition.0\n"
                                              "  w.in.repartition: write repartition.w.in\n"
                                              "part w.in.repartition x3\n"
                                              "  w.in.repartition: read repartition.w.in 0>w.0\n"
                                              "  w: processor 0>z.0\n"
                                              "  z: sink\n"
                                              "topic repartition.w.in x3 order_id (int64) repartition\n"));
  }

  void oneTaskSpreadsWhenPartitionsAreAskedFor() {
    const std::string text = file(source("a") + "," + window("w", "region", R"(,"partitions":2)") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("w.out", "z.in"));
    const Result<Plan> plan = planOf(text);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    QCOMPARE(plan->subTopologies.size(), std::size_t(2));
    QCOMPARE(plan->subTopologies[1].tasks, 2);
  }

  void rowsPlacedByTheKeyStay() {
    const std::string text = file(source("a") + "," + window("w", "region") + "," + sink("z"),
                                  edge("a.out", "t") + "," + edge("t", "w.in") + "," + edge("w.out", "z.in"),
                                  R"({"id":"t","topic":"by-region","partitions":4,"key":"region"})");
    QCOMPARE(words(planOf(text)), std::string("part a x1\n"
                                              "  a: source 0>t.0\n"
                                              "  t: write by-region\n"
                                              "part t x4\n"
                                              "  t: read by-region 0>w.0\n"
                                              "  w: processor 0>z.0\n"
                                              "  z: sink\n"
                                              "topic by-region x4 region (string)\n"));
  }

  void aFilterKeepsTheKeyAndASelectLosesIt() {
    const auto subTopologies = [](const std::string& middle) {
      const Result<Plan> plan = planOf(
          file(source("a") + "," + middle + "," + window("w", "region") + "," + sink("z"),
               edge("a.out", "t") + "," + edge("t", "m.in") + "," + edge("m.out", "w.in") + "," + edge("w.out", "z.in"),
               R"({"id":"t","partitions":4,"key":"region"})"));
      return plan ? plan->subTopologies.size() : 0;
    };
    QCOMPARE(subTopologies(node("m", "std.filter", "\"where\":\"amount > 1\"")), std::size_t(2));
    QCOMPARE(subTopologies(node(
                 "m", "std.select",
                 R"x("fields":[{"name":"region","expression":"lower(region)"},{"name":"ts","expression":"ts"}])x")),
             std::size_t(3));
  }

  void twoWindowsByOneKeyMoveOnce() {
    const std::string text = file(source("a", ",\"tasks\":2") + "," + window("v", "region") + "," +
                                      node("w", "window.tumbling",
                                           R"("group_by":["region"],"size":"1h",)"
                                           R"("aggregates":[{"name":"m","function":"sum","field":"n"}])") +
                                      "," + sink("z"),
                                  edge("a.out", "v.in") + "," + edge("v.out", "w.in") + "," + edge("w.out", "z.in"));
    const Result<Plan> plan = planOf(text);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    QCOMPARE(plan->subTopologies.size(), std::size_t(2));
    QCOMPARE(plan->topics.size(), std::size_t(1));
  }

  void sourcesOfOneTaskShareAPart() {
    const std::string text = file(source("a") + "," + source("b") + "," + window("w", "region") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("b.out", "w.in") + "," + edge("w.out", "z.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x1\n"
                                              "  a: source 0>w.0\n"
                                              "  b: source 0>w.0\n"
                                              "  w: processor 0>z.0\n"
                                              "  z: sink\n"));
  }

  void sourcesOfSeveralTasksMeetBehindARepartition() {
    const std::string text = file(
        source("a", ",\"tasks\":2") + "," + source("b", ",\"tasks\":3") + "," + window("w", "region") + "," + sink("z"),
        edge("a.out", "w.in") + "," + edge("b.out", "w.in") + "," + edge("w.out", "z.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x2\n"
                                              "  a: source 0>w.in.repartition.0\n"
                                              "  w.in.repartition: write repartition.w.in\n"
                                              "part b x3\n"
                                              "  b: source 0>w.in.repartition.0\n"
                                              "  w.in.repartition: write repartition.w.in\n"
                                              "part w.in.repartition x3\n"
                                              "  w.in.repartition: read repartition.w.in 0>w.0\n"
                                              "  w: processor 0>z.0\n"
                                              "  z: sink\n"
                                              "topic repartition.w.in x3 region (string) repartition\n"));
  }

  void eachPortMayHaveAKeyOfItsOwn() {
    const std::string other = node("b", "file.source",
                                   R"("path":"y","format":"json.json","schema":[{"name":"area","type":"string"},)"
                                   R"({"name":"size","type":"int64"}])");
    const std::string edges = edge("a.out", "j.left") + "," + edge("b.out", "j.right") + "," + edge("j.out", "z.in");
    const auto planned = [&](const std::string& rightKey) {
      return words(planOf(file(
          source("a", ",\"tasks\":2") + "," + other + "," +
              node("j", "odd.lookup", "\"left_key\":\"region\",\"right_key\":\"" + rightKey + "\"") + "," + sink("z"),
          edges)));
    };
    const std::string plan = planned("area");
    QVERIFY2(plan.find("topic repartition.j.left x2 region (string) repartition\n") != std::string::npos, plan.c_str());
    QVERIFY2(plan.find("topic repartition.j.right x2 area (string) repartition\n") != std::string::npos, plan.c_str());
    const std::string refused = planned("size");
    QVERIFY2(refused.find("(string and int64), so equal ones would not meet") != std::string::npos, refused.c_str());
  }

  void aBroadcastPortGetsEveryRowInEveryTask() {
    const std::string nodes = source("a", ",\"tasks\":2") + "," + source("b") + "," + source("c") + "," +
                              node("j", "odd.lookup", "\"left_key\":\"region\",\"right_key\":\"region\"") + "," +
                              sink("z");
    const Result<Plan> plan = planOf(file(nodes, edge("a.out", "j.left") + "," + edge("b.out", "j.right") + "," +
                                                     edge("c.out", "j.small") + "," + edge("j.out", "z.in")));
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    const auto topic = std::find_if(plan->topics.begin(), plan->topics.end(),
                                    [](const PlannedTopic& planned) { return planned.name == "repartition.j.small"; });
    QVERIFY(topic != plan->topics.end());
    QVERIFY(topic->broadcast);
    QCOMPARE(topic->partitions, 2);
  }

  void aJoinMovesBothSides() {
    const std::string text =
        file(source("a", ",\"tasks\":2") + "," + source("b") + "," + node("j", "odd.join", "\"on\":[\"region\"]") +
                 "," + sink("z"),
             edge("a.out", "j.left") + "," + edge("b.out", "j.right") + "," + edge("j.out", "z.in"));
    QCOMPARE(words(planOf(text)), std::string("part a x2\n"
                                              "  a: source 0>j.left.repartition.0\n"
                                              "  j.left.repartition: write repartition.j.left\n"
                                              "part b x1\n"
                                              "  b: source 0>j.right.repartition.0\n"
                                              "  j.right.repartition: write repartition.j.right\n"
                                              "part j.left.repartition x2\n"
                                              "  j.left.repartition: read repartition.j.left 0>j.0\n"
                                              "  j.right.repartition: read repartition.j.right 0>j.1\n"
                                              "  j: processor 0>z.0\n"
                                              "  z: sink\n"
                                              "topic repartition.j.left x2 region (string) repartition\n"
                                              "topic repartition.j.right x2 region (string) repartition\n"));
  }

  void aJoinOfTopicsWithOneKeyMovesNothing() {
    const std::string text =
        file(source("a") + "," + source("b") + "," + node("j", "odd.join", "\"on\":[\"region\"]") + "," + sink("z"),
             edge("a.out", "s") + "," + edge("b.out", "t") + "," + edge("s", "j.left") + "," + edge("t", "j.right") +
                 "," + edge("j.out", "z.in"),
             R"({"id":"s","partitions":2,"key":"region"},{"id":"t","partitions":2,"key":"region"})");
    const Result<Plan> plan = planOf(text);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    QCOMPARE(plan->subTopologies.size(), std::size_t(3));
    QCOMPARE(plan->topics.size(), std::size_t(2));
  }

  void lateRowsMayMeetTheResult() {
    // Late rows and raw rows meet in one sink; the raw rows come from behind the window's own input.
    const std::string text =
        file(source("a", ",\"tasks\":2") + "," + window("w", "region") + "," +
                 node("d", "std.drop", "\"fields\":[\"window_start\",\"window_end\"]") + "," +
                 node("e", "std.drop", "\"fields\":[\"order_id\",\"amount\",\"ts\"]") + "," +
                 node("g", "std.add", "\"value\":\"cast(1 as int64)\"") + "," +
                 node("h", "std.select", R"("fields":[{"name":"region","expression":"region"}])") + "," +
                 node("i", "std.select", R"("fields":[{"name":"region","expression":"region"}])") + "," + sink("z"),
             edge("a.out", "w.in") + "," + edge("w.out", "h.in") + "," + edge("w.late", "i.in") + "," +
                 edge("h.out", "z.in") + "," + edge("i.out", "z.in") + "," + edge("w.out", "d.in") + "," +
                 edge("w.late", "e.in") + "," + edge("a.out", "g.in"));
    const Result<Plan> plan = planOf(text);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    QVERIFY(nodeOf(*plan, "w.partial") == nullptr);
    QCOMPARE(nodeOf(*plan, "w")->stage, WEIR_STAGE_WHOLE);
  }

  void tiersFollowTheirNodes() {
    std::string text =
        file(source("a") + "," + sink("z") + "," + sink("y"),
             edge("a.out", "z.in") + "," + edge("a.out", "t") + "," + edge("t", "y.in"), "{\"id\":\"t\"}");
    text.replace(text.rfind("\"use\":\"file.sink\""), 0, "\"guarantee\":\"at_least_once\",");
    QCOMPARE(words(planOf(text)), std::string("part a x1\n"
                                              "  a: source 0>z.0 0>t.0\n"
                                              "  z: sink\n"
                                              "  t: write t\n"
                                              "part t x1 at_least_once\n"
                                              "  t: read t 0>y.0\n"
                                              "  y: sink\n"
                                              "topic t x1\n"));
  }

  void aTaskWritesATopicOnce() {
    const std::string text =
        file(source("a") + "," + node("m", "std.filter", "\"where\":\"amount > 1\""),
             edge("a.out", "m.in") + "," + edge("m.out", "t") + "," + edge("a.out", "t"), "{\"id\":\"t\"}");
    QCOMPARE(words(planOf(text)), std::string("part a x1\n"
                                              "  a: source 0>m.0 0>t.0\n"
                                              "  m: processor 0>t.0\n"
                                              "  t: write t\n"
                                              "topic t x1\n"));
  }

  void anExistingTopicKeepsItsPartitions() {
    PlanOptions options;
    options.partitionsOf["log-name"] = 8;
    const std::string text = file(source("a") + "," + sink("z"), edge("a.out", "t") + "," + edge("t", "z.in"),
                                  R"({"id":"t","topic":"log-name"})");
    const Result<Plan> plan = planOf(text, options);
    QCOMPARE(plan->topics[0].partitions, 8);
    QCOMPARE(plan->subTopologies[1].tasks, 8);
  }

  void stampsFollowTheMeaningOfState() {
    const auto stamp = [](const std::string& more, const std::string& id = "w") {
      const Result<Plan> plan = planOf(file(source("a") + "," + window(id, "region", more) + "," + sink("z"),
                                            edge("a.out", id + ".in") + "," + edge(id + ".out", "z.in")));
      return plan ? nodeOf(*plan, id)->stateStamp : plan.error().message;
    };
    QCOMPARE(stamp("").size(), std::size_t(32));
    QCOMPARE(stamp(",\"grace\":\"0s\""), stamp(""));
    QCOMPARE(stamp(",\"grace\":\"60s\""), stamp(",\"grace\":\"1m\""));
    QVERIFY(stamp(",\"grace\":\"1m\"") != stamp(""));
    QCOMPARE(stamp("", "other"), stamp(""));
  }

  void secretsAreNotInTheStamp() {
    const auto stamp = [](const std::string& secret) {
      PlanOptions options;
      options.environment = [&](const std::string&) { return std::optional<std::string>(secret); };
      const Result<Plan> plan = planOf(
          file(source("a") + "," + node("m", "odd.forever", R"("ttl":"1h","token":"${env:T}")") + "," + sink("z"),
               edge("a.out", "m.in") + "," + edge("m.out", "z.in")),
          options);
      return plan ? nodeOf(*plan, "m")->stateStamp : plan.error().message;
    };
    QCOMPARE(stamp("one").size(), std::size_t(32));
    QCOMPARE(stamp("one"), stamp("two"));
  }

  void valuesComeFromTheStart() {
    const std::string text =
        file(source("a", ",\"password\":\"${file:pw}\"") + "," + node("z", "file.sink", "\"path\":\"${env:OUT}/y\""),
             edge("a.out", "z.in"));
    PlanOptions options;
    options.environment = [](const std::string& name) { return std::optional<std::string>("<" + name + ">"); };
    options.file = [](const std::string& name) { return std::optional<std::string>("of " + name); };
    const Result<Plan> plan = planOf(text, options);
    QVERIFY2(plan.ok(), plan ? "" : plan.error().message.c_str());
    QCOMPARE(json::parseText(nodeOf(*plan, "z", NodeRole::Sink)->params)->find("path")->asText(),
             std::string("<OUT>/y"));
    QCOMPARE(json::parseText(nodeOf(*plan, "a", NodeRole::Source)->params)->find("password")->asText(),
             std::string("of pw"));
    const Result<Plan> unset = planOf(text);
    QVERIFY(!unset.ok());
    QVERIFY(unset.error().message.find("WEIR1210") != std::string::npos);
  }

  void parametersKeepTheirType() {
    const std::string text = file(source("a", ",\"tasks\":\"${param:n}\"") + "," + sink("z"), edge("a.out", "z.in"), "",
                                  R"("params":[{"name":"n","type":"integer","default":3}],)");
    QCOMPARE(planOf(text)->subTopologies[0].tasks, 3);
    PlanOptions options;
    options.parameters["n"] = "5";
    QCOMPARE(planOf(text, options)->subTopologies[0].tasks, 5);
    options.parameters["n"] = "five";
    QVERIFY(planOf(text, options).error().message.find("not of type integer") != std::string::npos);
    options.parameters = {{"m", "5"}};
    QVERIFY(planOf(text, options).error().message.find("no parameter \"m\"") != std::string::npos);
  }

  void errorsRefuseThePlan() {
    const std::string text = file(source("a") + "," + window("w", "nothing") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("w.out", "z.in"));
    QVERIFY(planOf(text).error().message.find("WEIR1301") != std::string::npos);
    const std::string good = file(source("a") + "," + window("w", "region") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("w.out", "z.in"));
    QVERIFY(makePlan(topologyOf(good), testCatalog(), {}, {}).error().message.find("WEIR1307") != std::string::npos);
  }
};

WEIR_TEST(PlanTest)
#include "plan_test.moc"
