#include "designer/model/edits/edits.hpp"

#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/layout_block.hpp"
#include "designer/model/edits/arrange.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class EditsTest : public QObject {
  Q_OBJECT

  const topology::Topology topology_ = sample::topology();

 private Q_SLOTS:
  void aNewNodeGetsAFreeIdAndIsSelected() {
    const Edit first = addNode(topology_, "shop.filter", {8, 16});
    QCOMPARE(*first.selection, Selection{"filter"});
    const Edit second = addNode(first.after, "shop.filter", {8, 16});
    QCOMPARE(*second.selection, Selection{"filter_2"});
    QCOMPARE(second.after.node("filter_2")->use.value, std::string("shop.filter"));
    QCOMPARE(*positionOf(second.after, "filter_2"), (Point{8, 16}));
  }
  void aTopicIsANodeToo() {
    const Edit edit = addNode(topology_, kTopicUse, {0, 0});
    QVERIFY(edit.after.topic("topic") != nullptr);
  }
  void removingANodeTakesItsWiresAndItsPlace() {
    const Edit edit = removeParts(topology_, {"large"}, Heal::No);
    QVERIFY(edit.after.node("large") == nullptr);
    QCOMPARE(sample::wires(edit.after), std::string());
    QVERIFY(!positionOf(edit.after, "large"));
  }
  void healingConnectsTheNeighbours() {
    QCOMPARE(sample::wires(removeParts(topology_, {"large"}, Heal::Yes).after), std::string("orders.out -> print.in"));
  }
  void healingGoesThroughSeveralRemovedNodes() {
    Edit edit = addNode(topology_, "shop.drop", {0, 0});
    edit = spliceIn(edit.after, "large.out -> print.in", "drop", "in", "out");
    const Edit healed = removeParts(edit.after, {"large", "drop"}, Heal::Yes);
    QCOMPARE(sample::wires(healed.after), std::string("orders.out -> print.in"));
  }
  void removingAWireLeavesItsNodes() {
    const Edit edit = removeParts(topology_, {"orders.out -> large.in"}, Heal::No);
    QCOMPARE(sample::wires(edit.after), std::string("large.out -> print.in"));
    QCOMPARE(edit.after.nodes.size(), topology_.nodes.size());
  }
  void splicingPutsANodeIntoAWire() {
    const Edit added = addNode(topology_, "shop.drop", {0, 0});
    const Edit edit = spliceIn(added.after, "large.out -> print.in", "drop", "in", "out");
    QCOMPARE(sample::wires(edit.after),
             std::string("orders.out -> large.in, large.out -> drop.in, drop.out -> print.in"));
  }
  void pullingOutHealsAndKeepsTheNode() {
    const Edit edit = pullOut(topology_, "large", {0, 256});
    QCOMPARE(sample::wires(edit.after), std::string("orders.out -> print.in"));
    QCOMPARE(edit.after.node("large")->params, topology_.node("large")->params);
    QCOMPARE(positionOf(edit.after, "large")->y, 256.0);
  }
  void connectingTwiceIsOneWire() {
    const Edit once = connectPorts(topology_, "orders.out", "archive");
    QCOMPARE(connectPorts(once.after, "orders.out", "archive").after, once.after);
  }
  void aReconnectedWireStaysWhereItWasInTheFile() {
    const Edit edit = reconnect(topology_, "orders.out -> large.in", "orders.out", "print.in");
    QCOMPARE(sample::wires(edit.after), std::string("orders.out -> print.in, large.out -> print.in"));
    QCOMPARE(*edit.selection, Selection{"orders.out -> print.in"});
  }
  void reconnectingToWhereAWireIsAlreadyLeavesOne() {
    const Edit twice = connectPorts(topology_, "orders.out", "print.in");
    const Edit edit = reconnect(twice.after, "large.out -> print.in", "orders.out", "print.in");
    QCOMPARE(sample::wires(edit.after), std::string("orders.out -> large.in, orders.out -> print.in"));
    QCOMPARE(reconnect(topology_, "large.out -> print.in", "large.out", "print.in").after, topology_);
  }
  void changingAnIdChangesItEverywhere() {
    const Edit grouped = group(topology_, {"large"}, "Big ones");
    const Result<Edit> edit = changeId(grouped.after, {}, "large", "big");
    QVERIFY(edit.ok());
    QCOMPARE(sample::wires(edit->after), std::string("orders.out -> big.in, big.out -> print.in"));
    QCOMPARE(edit->after.groups[0]->nodes[0].value, std::string("big"));
    QVERIFY(positionOf(edit->after, "big").has_value());
  }
  void whatWasSavedSaysWhatItWas() {
    const Result<Edit> renamed = changeId(topology_, topology_, "large", "big");
    QCOMPARE(sample::was(renamed->after, "big"), std::string("large"));
    QCOMPARE(changeId(renamed->after, topology_, "big", "large")->after, topology_);
    // Of what nobody has saved no home can know.
    const Result<Edit> again = changeId(renamed->after, topology_, "big", "bigger");
    QCOMPARE(sample::was(again->after, "bigger"), std::string("large"));
    QCOMPARE(sample::was(changeId(again->after, again->after, "bigger", "best")->after, "best"),
             std::string("large bigger"));
  }
  void whatIsNotSavedYetWasNothing() {
    const Edit added = addNode(topology_, "shop.filter", {});
    const Result<Edit> renamed = changeId(added.after, topology_, *added.selection->begin(), "fresh");
    QCOMPARE(sample::was(renamed->after, "fresh"), std::string());
    // Nor is another operator what was saved under that id.
    topology::Topology other = topology_;
    QVERIFY(applyStep(other, {topology::FixStep::Kind::Set, "large", "use", json::Value::text("shop.drop")}).ok());
    QCOMPARE(sample::was(changeId(topology_, other, "large", "big")->after, "big"), std::string());
  }
  void aSavedTopicKeepsItsNameInTheLog() {
    const Result<Edit> renamed = changeId(topology_, topology_, "archive", "kept");
    QCOMPARE(json::write(renamed->after.topic("kept")->settings.find("topic") == nullptr
                             ? json::Value()
                             : *renamed->after.topic("kept")->settings.find("topic")),
             std::string("\"archive\""));
    QCOMPARE(formerIds(*renamed->after.topic("kept")), std::vector<std::string>{"archive"});
    QCOMPARE(changeId(renamed->after, topology_, "kept", "archive")->after, topology_);
  }
  void aFormerIdIsNobodyElses() {
    const Result<Edit> renamed = changeId(topology_, topology_, "large", "big");
    QCOMPARE(freshId(renamed->after, "large"), std::string("large_2"));
    QVERIFY(!changeId(renamed->after, topology_, "print", "large").ok());
  }
  void anIdThatIsTakenIsRefused() {
    QVERIFY(!changeId(topology_, topology_, "large", "print").ok());
    QVERIFY(!changeId(topology_, topology_, "large", "9 lives").ok());
  }
  void settingAValueReachesListsAndObjects() {
    topology::Topology topology = topology_;
    const auto set = [&](const char* path, json::Value value) {
      topology = setValue(topology, "orders", path, std::move(value))->after;
    };
    set("params.schema.1.type", json::Value::text("int64"));
    set("params.event_time.field", json::Value::text("ts"));
    QCOMPARE(json::write(valueAt(topology, "orders", "params.schema.1")),
             std::string(R"({"name":"amount","type":"int64"})"));
    QCOMPARE(valueAt(topology, "orders", "params.event_time.field").asText(), std::string("ts"));
    set("params.event_time", {});
    QVERIFY(valueAt(topology, "orders", "params.event_time").isNull());
  }
  void settingWhatIsNotThereSaysSo() {
    const Result<Edit> edit = setValue(topology_, "nobody", "params.size", json::Value::text("1m"));
    QVERIFY(!edit.ok());
    QVERIFY(edit.error().message.find("nobody") != std::string::npos);
  }
  void aFixWithSeveralStepsIsOneEdit() {
    using Kind = topology::FixStep::Kind;
    const topology::QuickFix fix{"Rename to \"where\"",
                                 {{Kind::Remove, "large", "params.where", {}},
                                  {Kind::Set, "large", "params.limit", json::Value::number(5)},
                                  {Kind::Set, "orders.out -> large.in", "to", json::Value::text("print.in")}}};
    const Result<Edit> edit = applyFix(topology_, fix);
    QVERIFY(edit.ok());
    QCOMPARE(json::write(edit->after.node("large")->params), std::string(R"({"limit":5})"));
    QCOMPARE(sample::wires(edit->after), std::string("orders.out -> print.in, large.out -> print.in"));
  }
  void aNodeIsInOneGroupAtMost() {
    const Edit first = group(topology_, {"orders", "large"}, "One");
    const Edit second = group(first.after, {"large", "archive"}, "Two");
    QCOMPARE(second.after.groups.size(), std::size_t{2});
    QCOMPARE(second.after.groups[0]->nodes.size(), std::size_t{1});
    const Edit removed = removeParts(second.after, {"orders"}, Heal::No);
    QCOMPARE(removed.after.groups.size(), std::size_t{1});
  }
  void commentsGoThroughTheirColoursTogether() {
    topology::Topology topology = addComment(topology_, "one", {0, 0}).after;
    topology = addComment(topology, "two", {0, 80}).after;
    topology = nextCommentColour(topology, {"#1"}).after;
    topology = nextCommentColour(topology, {"#1", "#2", "large"}).after;
    const auto comments = drawing::LayoutIndex(topology.layout).comments();
    QVERIFY(comments[0].colour == drawing::CommentColour::Blue);
    QVERIFY(comments[1].colour == drawing::CommentColour::Blue);
  }
  void aCommentIsNeverTooNarrowToRead() {
    const topology::Topology topology = addComment(topology_, "one", {0, 0}).after;
    const topology::Topology narrow = setCommentWidth(topology, "#1", -5).after;
    QCOMPARE(drawing::LayoutIndex(narrow.layout).comments()[0].width, drawing::kLeastCommentWidth);
    QCOMPARE(drawing::LayoutIndex(setCommentWidth(topology, "#1", 320).after.layout).comments()[0].width, 320.0);
  }
  void commentsAreLayoutOnly() {
    const Edit edit = addComment(topology_, "Look here", {8, 8});
    const std::string id = *edit.selection->begin();
    const Edit changed = setComment(edit.after, id, "Look there");
    const auto comments = drawing::LayoutIndex(changed.after.layout).comments();
    QCOMPARE(comments.size(), std::size_t{1});
    QCOMPARE(comments[0].text, std::string("Look there"));
    QCOMPARE(topology::topologyHash(changed.after), topology::topologyHash(topology_));
    QCOMPARE(removeParts(changed.after, {id}, Heal::No).after, topology_);
  }
  void pinningAndCollapsingAreKeptWithThePlace() {
    const Edit pinned = setPinned(topology_, {"large"}, true);
    const drawing::Place place = drawing::LayoutIndex(pinned.after.layout).place("large");
    QVERIFY(place.pinned);
    QCOMPARE(place.at->x, 320.0);
    QCOMPARE(setPinned(pinned.after, {"large"}, false).after, topology_);
  }
  void aligningMovesToTheOutermostEdge() {
    const std::vector<Box> boxes{{"a", {0, 0, 208, 72}}, {"b", {40, 100, 256, 96}}};
    QCOMPARE(aligned(boxes, Align::Left).at("b").x, 0.0);
    QCOMPARE(aligned(boxes, Align::Right).at("a").x, 88.0);
    QCOMPARE(aligned(boxes, Align::Bottom).at("a").y, 124.0);
    QVERIFY(aligned({boxes[0]}, Align::Left).empty());
  }
  void distributingMakesEqualGaps() {
    const std::vector<Box> boxes{{"a", {0, 0, 80, 72}}, {"b", {400, 0, 80, 72}}, {"c", {96, 0, 80, 72}}};
    QCOMPARE(distributed(boxes, Axis::Horizontal).at("c").x, 200.0);
    QCOMPARE(distributed(boxes, Axis::Horizontal).at("b").x, 400.0);
  }
};

WEIR_TEST(EditsTest)
#include "edits_test.moc"
