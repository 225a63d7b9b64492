#include <random>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/model/group_nesting.hpp"
#include "designer/model/document/document.hpp"
#include "designer/model/edits/arrange.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

// Makes one random edit after another, of every kind that there is.
class RandomEdits {
 public:
  RandomEdits(Document& document, unsigned seed) : document_(document), random_(seed) {}

  void one() {
    const topology::Topology& now = document_.topology();
    switch (pick(19)) {
      case 0:
      case 1:
      case 2: document_.apply(addNode(now, pick(2) == 0 ? "shop.filter" : "shop.drop", somewhere())); break;
      case 3: document_.apply(addNode(now, kTopicUse, somewhere())); break;
      case 4: document_.apply(removeParts(now, {anyPart()}, pick(2) == 0 ? Heal::Yes : Heal::No)); break;
      case 5: document_.apply(connectPorts(now, anyNode() + ".out", anyNode() + ".in")); break;
      case 6: document_.apply(movedTo(now, {{anyNode(), somewhere()}}, "Move", static_cast<int>(pick(3)))); break;
      case 7: set(setValue(now, anyNode(), "params.limit", json::Value::number(pick(100)))); break;
      case 8: set(changeId(now, *document_.saved(), anyNode(), freshId(now, "renamed"))); break;
      case 9: document_.apply(group(now, {anyNode(), anyNode()}, "Group")); break;
      case 10: document_.apply(addComment(now, "Comment", somewhere())); break;
      case 11:
        if (!now.edges.empty()) document_.apply(spliceIn(now, anyWire(), anyNode(), "in", "out"));
        break;
      case 12: document_.apply(sample::duplicated(now, {anyNode()})); break;
      case 13: document_.apply(ungroup(now, {anyGroup()})); break;
      case 14: document_.apply(removeParts(now, {anyGroup()}, Heal::Yes)); break;
      case 15: document_.apply(setCollapsed(now, anyGroup(), pick(2) == 0)); break;
      case 16: document_.apply(group(now, {anyGroup(), anyGroup(), anyPart()}, "Group")); break;
      case 17: moveInto(anyGroup(), anyGroup()); break;
      default: document_.apply(pullOut(now, anyNode(), somewhere())); break;
    }
    // Not too large, so that many edits stay quick.
    if (document_.topology().nodes.size() > 60) {
      Selection half;
      for (std::size_t i = 0; i < 30; ++i) half.insert(anyNode());
      document_.apply(removeParts(document_.topology(), half, Heal::No));
    }
  }

  std::size_t pick(std::size_t below) { return random_() % below; }

 private:
  void set(Result<Edit> edit) {
    if (edit) document_.apply(std::move(*edit));
  }
  void moveInto(const std::string& part, const std::string& group) {
    Edit edit{"Move", document_.topology(), {}, {}};
    moveToGroups(edit.after, {{part, group}});
    document_.apply(std::move(edit));
  }
  Point somewhere() { return {static_cast<double>(8 * pick(100)), static_cast<double>(8 * pick(100))}; }
  std::string anyNode() {
    const auto& nodes = document_.topology().nodes;
    return nodes.empty() ? "none" : nodes[pick(nodes.size())]->id.value;
  }
  std::string anyWire() {
    const auto& edges = document_.topology().edges;
    return edges.empty() ? "none" : edgeId(*edges[pick(edges.size())]);
  }
  std::string anyGroup() {
    const auto& groups = document_.topology().groups;
    return groups.empty() ? "none" : groups[pick(groups.size())]->id.value;
  }
  std::string anyPart() { return pick(2) == 0 ? anyNode() : anyWire(); }

  Document& document_;
  std::mt19937 random_;
};

class RandomEditsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void undoingAllGivesTheOriginalAndRedoingAllTheLast_data() {
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : {1U, 2U, 3U}) QTest::addRow("seed %u", seed) << seed;
  }
  void undoingAllGivesTheOriginalAndRedoingAllTheLast() {
    QFETCH(unsigned, seed);
    Document document(sample::topology());
    RandomEdits edits(document, seed);
    for (int i = 0; i < 10'000; ++i) edits.one();
    const topology::Topology last = document.topology();
    int steps = 0;
    while (document.undo()) ++steps;
    QVERIFY(steps > 5'000);
    QCOMPARE(document.topology(), sample::topology());
    while (document.redo()) {
    }
    QCOMPARE(document.topology(), last);
  }
  void theFileLoadsAtAnyPoint() {
    const catalog::Catalog catalog = sample::catalog();
    Document document(sample::topology());
    RandomEdits edits(document, 4);
    for (int i = 0; i < 10'000; ++i) {
      edits.one();
      if (edits.pick(20) == 0) document.undo();
      if (edits.pick(40) != 0) continue;
      const std::string text = topology::formatTopology(document.topology(), catalog);
      const topology::ReadOutcome read = topology::readTopology(text);
      QVERIFY2(read.problems.empty(), topology::problemsText(read.problems, "random").c_str());
      QCOMPARE(topology::formatTopology(*read.topology, catalog), text);
      QCOMPARE(*read.topology, document.topology());
      QVERIFY(topology::GroupNesting(*read.topology).refused().empty());
    }
  }
};

WEIR_TEST(RandomEditsTest)
#include "random_edits_test.moc"
