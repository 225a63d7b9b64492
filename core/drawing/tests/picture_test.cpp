#include "core/drawing/picture/picture.hpp"

#include "core/base/json_parser.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/shipped.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/idle_parts.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

const InterMeasure kMeasure;

std::string node(const std::string& id, const std::string& use, const std::string& params = "") {
  return R"({"id":")" + id + R"(","use":")" + use + R"(","params":{)" + params + "}}";
}

std::string edge(const std::string& from, const std::string& to) {
  return R"({"from":")" + from + R"(","to":")" + to + R"("})";
}

const std::string kNodes = node("orders", "file.source") + "," + node("per_minute", "window.tumbling") + "," +
                           node("keyed", "std.select") + "," + node("late", "file.sink");
const std::string kEdges = edge("orders.out", "per_minute.in") + "," + edge("per_minute.out", "keyed.in") + "," +
                           edge("keyed.out", "result") + "," + edge("per_minute.late", "late.in");
const std::string kTopics =
    R"({"id":"result","topic":"orders-per-minute","partitions":4,"key":"key","retention":"7d"})";

const std::string kRemark = "#1";

topology::Topology example(const std::string& more = "") {
  return drawn(kNodes, kEdges, kTopics, more);
}

// orders and per_minute in the group "in", that and keyed in "out".
topology::Topology nested(const std::vector<std::string>& collapsed) {
  topology::Topology out =
      example(R"("groups":[{"id":"in","nodes":["orders","per_minute"]},{"id":"out","nodes":["keyed","in"]}],)"
              R"("layout":{"orders":{"x":0,"y":0},"per_minute":{"x":320,"y":0},"keyed":{"x":640,"y":0}},)");
  for (const std::string& id : collapsed) setPlace(out.layout, id, {Point{80, 8}, false, true});
  return out;
}

}  // namespace

class PictureTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = shippedCatalog();
  const PictureMaker maker_{catalog_, kMeasure};

  const NodePicture& nodeOf(const Picture& picture, std::string_view id) { return *picture.nodes[*picture.node(id)]; }

 private Q_SLOTS:
  void kindsComeFromTheManifest() {
    const Picture picture = maker_.make(example(), {});
    QCOMPARE(nodeOf(picture, "orders").kind, NodeKind::Source);
    QCOMPARE(nodeOf(picture, "per_minute").kind, NodeKind::Window);
    QCOMPARE(nodeOf(picture, "keyed").kind, NodeKind::Stateless);
    QCOMPARE(nodeOf(picture, "late").kind, NodeKind::Sink);
    QCOMPARE(nodeOf(picture, "result").kind, NodeKind::Topic);
    catalog::OperatorSpec stateful;
    stateful.stores.push_back({"rows", "", 1});
    stateful.category = "State";
    QCOMPARE(kindOf(stateful), NodeKind::Stateful);
  }

  void namesComeFromTheNameOrTheId() {
    const Picture picture = maker_.make(drawn(R"({"id":"a","use":"std.filter","name":"Large orders"},)" + kNodes), {});
    QCOMPARE(nodeOf(picture, "a").name, std::string("Large orders"));
    QCOMPARE(nodeOf(picture, "per_minute").name, std::string("Per minute"));
    QCOMPARE(nameFromId("_"), std::string("_"));
  }

  void topicsSayHowTheyAreKept() {
    const Picture picture = maker_.make(example(), {});
    const NodePicture& topic = nodeOf(picture, "result");
    QCOMPARE(topic.name, std::string("orders-per-minute"));
    QCOMPARE(topic.words[0], std::string("4 partitions, keyed by key"));
    QCOMPARE(topic.words[1], std::string("kept 7d"));
    QCOMPARE(topic.ports[0].mark, PortMark::Diamond);
  }

  void portsStandWhereTheSpecificationSays() {
    const Picture picture = maker_.make(example(), {});
    const NodePicture& window = nodeOf(picture, "per_minute");
    QCOMPARE(window.size, (Size{kNodeWidth, kNodeHeight}));
    QCOMPARE(window.port("in", false)->offset, 36.0);
    QCOMPARE(window.port("in", false)->mark, PortMark::Diamond);
    QCOMPARE(window.port("out", true)->offset, 24.0);
    QCOMPARE(window.port("late", true)->offset, 48.0);
    QCOMPARE(window.port("late", true)->mark, PortMark::Triangle);
    QVERIFY(window.port("in", false)->connected && window.port("late", true)->connected);
    QVERIFY(!nodeOf(picture, "result").port("", true)->connected);
  }

  void aThirdPortMakesANodeHigher() {
    const topology::Topology topology =
        drawn(node("a", "std.filter") + "," + node("b", "geo.locate"),
              edge("a.out", "b.one") + "," + edge("a.out", "b.two") + "," + edge("a.out", "b.three"));
    const Picture picture = maker_.make(topology, {});
    const NodePicture& unknown = nodeOf(picture, "b");
    QCOMPARE(unknown.size.height, kNodeHeight + kPortStep);
    QCOMPARE(unknown.port("three", false)->offset, 72.0);
    QVERIFY(unknown.missing && unknown.badge == Badge::Missing && unknown.port("three", false)->unknown);
  }

  void longNamesMakeANodeWideAndThenShort() {
    const std::string longest = "A name that is far too long for any node at all";
    const Picture picture = maker_.make(drawn(R"({"id":"a","use":"std.filter","name":")" + longest +
                                              R"("},{"id":"b","use":"std.filter","name":"Orders of large customers"})"),
                                        {});
    QCOMPARE(nodeOf(picture, "a").size.width, kWideNodeWidth);
    QCOMPARE(nodeOf(picture, "a").fullName, longest);
    QVERIFY(nodeOf(picture, "a").name.find("…") != std::string::npos);
    QCOMPARE(nodeOf(picture, "b").size.width, kWideNodeWidth);
    QCOMPARE(nodeOf(picture, "b").name, std::string("Orders of large customers"));
  }

  void problemsBecomeBadges() {
    const topology::Topology topology =
        drawn(node("a", "file.source", R"("path":"x")") + "," + node("b", "std.filter") + "," +
                  node("c", "std.filter", R"("where":"true","wher":1)") + "," + node("d", "no.thing"),
              edge("a.out", "b.in") + "," + edge("b.out", "c.in") + "," + edge("c.out", "d.in") + "," +
                  edge("a.out", "x.in"));
    const topology::CheckOutcome checked = topology::check(topology, catalog_, {});
    const Picture picture = maker_.make(topology, checked.problems);
    QCOMPARE(nodeOf(picture, "a").badge, Badge::Draft);
    QCOMPARE(nodeOf(picture, "b").badge, Badge::Draft);
    QCOMPARE(nodeOf(picture, "c").badge, Badge::Error);
    QCOMPARE(nodeOf(picture, "d").badge, Badge::Missing);
    QCOMPARE(picture.wires[3]->badge, Badge::Error);
    QVERIFY(picture.wires[3]->dangling);
    QVERIFY(!wireEnds(picture, *picture.wires[3]));
  }

  void wiresEndAtPorts() {
    const Picture picture = maker_.make(example(R"("layout":{"per_minute":{"x":320,"y":16}},)"), {});
    const std::optional<WireEnds> ends = wireEnds(picture, *picture.wires[3]);
    QVERIFY(ends.has_value());
    QCOMPARE(ends->from, (Point{320 + kNodeWidth, 16 + 48}));
    QCOMPARE(ends->to, (Point{0, 36}));
    QVERIFY(picture.wires[3]->aside && !picture.wires[0]->aside);
  }

  void groupsSurroundTheirNodes() {
    const topology::Topology topology =
        example(R"("groups":[{"id":"g","name":"Count","nodes":["orders","per_minute"]}],)"
                R"("layout":{"orders":{"x":0,"y":0},"per_minute":{"x":320,"y":0}},)");
    const Picture picture = maker_.make(topology, {});
    QCOMPARE(picture.groups[0].bounds, (Rect{-16, -40, 320 + 208 + 32, 72 + 40 + 32}));
    QCOMPARE(picture.groups[0].title, std::string("Count"));
  }

  void aCollapsedGroupHidesWhatIsInIt() {
    const topology::Topology topology = example(R"("groups":[{"id":"g","nodes":["orders","per_minute"]}],)"
                                                R"("layout":{"orders":{"x":0,"y":0},"per_minute":{"x":320,"y":0},)"
                                                R"("g":{"x":80,"y":8,"collapsed":true}},)");
    const Picture picture = maker_.make(topology, {});
    QCOMPARE(picture.groups[0].bounds, (Rect{80, 8, kNodeWidth, kNodeHeight}));
    QVERIFY(picture.hiding(*picture.node("orders")) != nullptr);
    QVERIFY(!wireEnds(picture, *picture.wires[0]));
  }

  void aCollapsedGroupShowsThePortsAtWhichWiresCrossItsBorder() {
    const topology::Topology topology = example(R"("groups":[{"id":"g","nodes":["per_minute","keyed"]}],)"
                                                R"("layout":{"per_minute":{"x":0,"y":0},"keyed":{"x":320,"y":100},)"
                                                R"("g":{"x":80,"y":8,"collapsed":true}},)");
    const Picture picture = maker_.make(topology, {});
    const GroupPicture& group = picture.groups[0];
    // From the top as the members stand; what leads from member to member is inside.
    std::vector<std::string> names;
    for (const BorderPort& port : group.ports) {
      names.push_back(picture.nodes[port.node]->id + "." + port.name + (port.output ? " out" : " in"));
    }
    QCOMPARE(names, (std::vector<std::string>{"per_minute.in in", "per_minute.late out", "keyed.out out"}));
    QCOMPARE(group.ports[1].mark, PortMark::Triangle);
    QCOMPARE(wireEnds(picture, *picture.wires[0])->to, (Point{80, 8 + kOnlyPort}));
    QCOMPARE(wireEnds(picture, *picture.wires[3])->from, (Point{80 + kNodeWidth, 8 + kFirstPort}));
    QCOMPARE(wireEnds(picture, *picture.wires[2])->from, (Point{80 + kNodeWidth, 8 + kFirstPort + kPortStep}));
  }

  void aCollapsedGroupIsAsHighAsItsPortsNeed() {
    std::string edges;
    std::string nodes = node("orders", "file.source");
    std::string members;
    for (int i = 0; i < 5; ++i) {
      const std::string id = "sink" + std::to_string(i);
      nodes += "," + node(id, "file.sink");
      edges += (i > 0 ? "," : "") + edge("orders.out", id + ".in");
      members += (i > 0 ? ",\"" : "\"") + id + "\"";
    }
    const topology::Topology topology = drawn(
        nodes, edges, "", R"("groups":[{"id":"g","nodes":[)" + members + R"(]}],"layout":{"g":{"collapsed":true}},)");
    QCOMPARE(maker_.make(topology, {}).groups[0].bounds.height, kNodeHeight + 3 * kPortStep);
  }

  void bendsBelongToWhatIsSeenAsAWhole() {
    topology::Topology topology = example();
    const std::string wire = topology::edgeId(*topology.edges[1]);
    setWireLayout(topology.layout, wire, {{{200, 4000}}, false});
    QVERIFY(maker_.make(topology, {}).bounds().contains({200, 4000}));
    setWireLayout(topology.layout, wire, {{{200, 4000}}, true});
    QVERIFY(!maker_.make(topology, {}).bounds().contains({200, 4000}));
  }

  void aFrameSurroundsTheFramesInIt() {
    const Picture picture = maker_.make(nested({}), {});
    QCOMPARE(picture.groups[0].id, std::string("out"));
    QCOMPARE(picture.groups[1].outer, std::size_t{0});
    QCOMPARE(picture.groups[0].nodes.size(), std::size_t{3});
    QCOMPARE(picture.groups[1].bounds, (Rect{-16, -40, 320 + 208 + 32, 72 + 40 + 32}));
    QCOMPARE(picture.groups[0].bounds, (Rect{-32, -80, 640 + 208 + 48, 72 + 80 + 64}));
    QVERIFY(picture.groupsOfNodes() == (std::vector<std::size_t>{1, 1, 0, kNoGroup, kNoGroup}));
  }

  void aFrameSurroundsTheBoxesInIt() {
    const Picture picture = maker_.make(nested({"in"}), {});
    QCOMPARE(picture.groups[1].bounds, (Rect{80, 8, kNodeWidth, kNodeHeight}));
    QCOMPARE(picture.groups[0].bounds, (Rect{80 - 16, -40, 640 + 208 - 80 + 32, 80 + 40 + 32}));
    QCOMPARE(picture.hiding(*picture.node("orders")), &picture.groups[1]);
    QCOMPARE(wireEnds(picture, *picture.wires[1])->from, (Point{80 + kNodeWidth, 8 + kFirstPort}));
  }

  void theOuterBoxStandsForAllThatIsInIt() {
    const Picture picture = maker_.make(nested({"in", "out"}), {});
    QVERIFY(picture.groups[1].hidden && picture.groups[1].bounds.empty() && picture.groups[1].ports.empty());
    QCOMPARE(picture.groups[1].box, (Point{80, 8}));
    for (const char* const id : {"orders", "per_minute", "keyed"}) {
      QCOMPARE(picture.hiding(*picture.node(id)), &picture.groups[0]);
    }
    QCOMPARE(picture.hidingGroup(1), &picture.groups[0]);
    QVERIFY(!wireEnds(picture, *picture.wires[0]) && !wireEnds(picture, *picture.wires[1]));
    QCOMPARE(wireEnds(picture, *picture.wires[2])->from.x, 80 + kNodeWidth);
  }

  void groupsInACircleAreDrawnWithoutIt() {
    const Picture picture =
        maker_.make(example(R"("groups":[{"id":"e","nodes":["f","orders"]},{"id":"f","nodes":["e","keyed"]}],)"), {});
    QCOMPARE(picture.groups[0].id, std::string("e"));
    QCOMPARE(picture.groups[0].outer, kNoGroup);
    QCOMPARE(picture.groups[1].outer, std::size_t{0});
  }

  void commentsAreWrapped() {
    const Picture picture =
        maker_.make(example(R"("layout":{")" + kRemark +
                            R"(":{"x":8,"y":16,"width":120,"text":"a remark that needs more than one line"}},)"),
                    {});
    QCOMPARE(picture.comments.size(), std::size_t(1));
    QVERIFY(picture.comments[0].lines.size() > 1);
    QCOMPARE(picture.comments[0].bounds,
             (Rect{8, 16, 120, kCommentLine * static_cast<double>(picture.comments[0].lines.size())}));
  }

  // Whatever changes, the picture made from the one before equals the one made from nothing, and what did not change
  // is the same part.
  void redoingAPartGivesTheSamePicture_data() {
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("fresh");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("a node moved") << 1 << 1;
    QTest::newRow("a parameter") << 2 << 1;
    QTest::newRow("an edge gone") << 3 << 2;
    QTest::newRow("a node in front") << 4 << 1;
    QTest::newRow("a node gone") << 5 << 0;
    QTest::newRow("a default of the topology") << 6 << 5;
    QTest::newRow("a problem") << 7 << 1;
    QTest::newRow("nodes in another order") << 8 << 0;
    QTest::newRow("a node that stops") << 9 << 5;
    QTest::newRow("a node that runs again") << 10 << 5;
    QTest::newRow("a node past which rows go") << 11 << 1;
    QTest::newRow("a wire bent") << 12 << 0;
    QTest::newRow("a wire as a link") << 13 << 0;
  }

  void redoingAPartGivesTheSamePicture() {
    QFETCH(int, what);
    QFETCH(int, fresh);
    const topology::Topology before = example(R"("params":[{"name":"p","type":"text","default":"a"}],)"
                                              R"("groups":[{"id":"g","nodes":["keyed","late"]}],)"
                                              R"("layout":{"g":{"collapsed":true}},)");
    topology::Topology after = before;
    topology::Topology from = before;
    topology::Problems problems;
    topology::Node disabled = *before.nodes[1];
    disabled.disabled.value = what == 11 ? topology::kPass : topology::kStop;
    if (what == 9 || what == 11) after.nodes[1] = disabled;
    if (what == 10) from.nodes[1] = disabled;
    topology::Node changed = *before.nodes[2];
    if (what == 1) setPlace(after.layout, "keyed", {Point{8, 8}, false, false});
    if (what == 2) changed.name.value = "Other";
    if (what == 2) after.nodes[2] = changed;
    if (what == 3) after.edges.erase(after.edges.begin() + 1);
    changed.id.value = "fresh";
    if (what == 4) after.nodes.insert(after.nodes.begin(), changed);
    if (what == 5) after.nodes.erase(after.nodes.begin() + 1);
    if (what == 6) after.params.clear();
    if (what == 7) problems.push_back({"WEIR1301", topology::Severity::Warning, {}, "keyed", "", "", "", "", {}});
    if (what == 8) std::swap(after.nodes[0], after.nodes[3]);
    const std::string wire = topology::edgeId(*before.edges[1]);
    if (what == 12) setWireLayout(after.layout, wire, {{{8, 8}}, false});
    if (what == 13) setWireLayout(after.layout, wire, {{}, true});
    const Picture old = maker_.make(from, {});
    const Picture redone = maker_.make(after, problems, old);
    const Picture made = maker_.make(after, problems);
    QVERIFY(redone.nodes == made.nodes);
    QVERIFY(redone.wires == made.wires);
    QVERIFY(redone.groups == made.groups && redone.comments == made.comments && redone.links == made.links);
    QCOMPARE(made.links.size(), std::size_t(what == 13 ? 2 : 0));
    Picture spent = old;
    const Picture moved = maker_.makeOutOf(spent, std::make_shared<const topology::Topology>(after), problems);
    QVERIFY(moved.nodes == made.nodes && moved.wires == made.wires && moved.links == made.links);
    QVERIFY(moved.node("late") == made.node("late"));
    int differing = 0;
    for (const auto& node : redone.nodes) {
      const auto was = old.node(node->id);
      differing += was && old.nodes[*was].same(node) ? 0 : 1;
    }
    QCOMPARE(differing, fresh);
  }

  void whatDoesNotRunIsIdleAndItsWiresToo() {
    topology::Topology topology = example();
    topology::Node stopped = *topology.nodes[2];
    stopped.disabled.value = topology::kStop;
    topology.nodes[2] = stopped;  // keyed, which alone feeds the result; the window has late rows beside it
    const Picture picture = maker_.make(topology, {});
    QCOMPARE(nodeOf(picture, "keyed").badge, Badge::Stopped);
    QVERIFY(nodeOf(picture, "keyed").idle && nodeOf(picture, "result").idle);
    QVERIFY(!nodeOf(picture, "orders").idle && !nodeOf(picture, "per_minute").idle && !nodeOf(picture, "late").idle);
    QVERIFY(!picture.wires[0]->idle && picture.wires[1]->idle && picture.wires[2]->idle && !picture.wires[3]->idle);
  }

  void positionsAreWrittenAndRead() {
    Layout layout =
        topology::layoutEntries(*json::parseText(R"({"a":{"x":1.5,"y":2,"colour":"red"},"b":{"x":0,"y":0}})"));
    setPositions(layout, {{"a", {8, 16}}, {"c", {-8.25, 0}}});
    setPlace(layout, "b", {});
    setComment(layout, {freshCommentId(layout), "text", {1, 2}, 200});
    topology::Topology holder;
    holder.layout = layout;
    QCOMPARE(json::write(topology::layoutValue(holder)),
             std::string(R"({"a":{"x":8,"y":16,"colour":"red"},"c":{"x":-8.25,"y":0},)"
                         R"(")" +
                         kRemark + R"(":{"x":1,"y":2,"width":200,"text":"text"}})"));
    const LayoutIndex index(layout);
    QCOMPARE(*index.place("c").at, (Point{-8.25, 0}));
    QVERIFY(!index.place("b").at);
    QCOMPARE(index.comments()[0], (Comment{"#1", "text", {1, 2}, 200}));
  }

  void aCommentHasItsColour() {
    Layout layout;
    Comment comment{freshCommentId(layout), "text", {1, 2}, 200, CommentColour::Sky};
    setComment(layout, comment);
    QCOMPARE(json::write(layout[0]->value), std::string(R"({"x":1,"y":2,"width":200,"text":"text","color":"sky"})"));
    QCOMPARE(LayoutIndex(layout).comments()[0], comment);
    comment.colour = CommentColour::Grey;
    setComment(layout, comment);
    QVERIFY(layout[0]->value.find("color") == nullptr);
  }

  void aColourThatIsNotKnownStays() {
    Layout layout = topology::layoutEntries(
        *json::parseText(R"({")" + kRemark + R"(":{"x":1,"y":2,"width":200,"text":"text","color":"gold"}})"));
    Comment comment = LayoutIndex(layout).comments()[0];
    QVERIFY(comment.colour == CommentColour::Grey);
    comment.text = "another";
    setComment(layout, comment);
    QCOMPARE(layout[0]->value.find("color")->asText(), std::string("gold"));
  }

  void brokenEntriesOfTheLayoutAreNoPlaces() {
    const Layout layout = topology::layoutEntries(
        *json::parseText(R"({"a":1,"b":{"x":"1","y":2},"c":{"x":1e999,"y":0},")" + kRemark + R"(":[]})"));
    const LayoutIndex index(layout);
    for (const char* const id : {"a", "b", "c", "d"}) QVERIFY(!index.place(id).at);
    QVERIFY(index.comments().empty());
  }
};

WEIR_TEST(PictureTest)
#include "picture_test.moc"
