// What becomes of bends and links when something else changes.
#include "designer/model/edits/bends.hpp"
#include "core/topology/plan/diff.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

namespace {

constexpr const char* kFirst = "orders.out -> large.in";
constexpr const char* kSecond = "large.out -> print.in";

using Bends = std::vector<Point>;

// The sample with a bend in its first wire, which its second one has as a link.
topology::Topology bent() {
  const topology::Topology bent = setBends(sample::topology(), kFirst, {{264, 80}}).after;
  return setLinks(bent, {kSecond}, true).after;
}

Bends bendsOf(const topology::Topology& topology, const std::string& wire) {
  return layoutOfWire(topology, wire).bends;
}

bool hasEntry(const topology::Topology& topology, std::string_view id) {
  return drawing::LayoutIndex(topology.layout).entry(id) != nullptr;
}

Point placeOf(const topology::Topology& topology, std::string_view id) {
  return positionOf(topology, id).value_or(Point{});
}

}  // namespace

class BendsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void bendsAndLinksAreLayoutAlone() {
    QCOMPARE(topology::topologyHash(bent()), topology::topologyHash(sample::topology()));
    QVERIFY(!topology::changesLogic(topology::diff(sample::topology(), bent())));
  }

  void aWireThatIsStraightenedAndDrawnAgainHasNoEntry() {
    topology::Topology topology = straighten(bent(), {kFirst, kSecond}).after;
    QVERIFY(!hasEntry(topology, kFirst));
    QVERIFY(layoutOfWire(topology, kSecond).link);
    topology = setLinks(topology, {kSecond}, false).after;
    QVERIFY(!hasEntry(topology, kSecond));
  }

  void membersThatNobodyKnowsStay() {
    topology::Topology topology = bent();
    for (auto& entry : topology.layout) {
      if (entry->id != kFirst) continue;
      json::Value value = entry->value;
      value.set("glow", json::Value::boolean(true));
      entry = topology::LayoutEntry{kFirst, value};
    }
    QVERIFY(hasEntry(straighten(topology, {kFirst}).after, kFirst));
  }

  void bendsGoAlongWhereBothEndsMoveByTheSameWay() {
    const auto moved = [](Point orders, Point large) {
      return bendsOf(movedTo(bent(), {{"orders", orders}, {"large", large}}, {}).after, kFirst);
    };
    QCOMPARE(moved({40, 16}, {360, 16}), (Bends{{304, 96}}));
    QCOMPARE(moved({40, 16}, {360, 24}), (Bends{{264, 80}}));
    QCOMPARE(bendsOf(movedTo(bent(), {{"orders", {40, 16}}}, {}).after, kFirst), (Bends{{264, 80}}));
  }

  void layingOutDropsTheBendsOfWhatItMoves() {
    topology::Topology topology = bent();
    dropBends(topology, {{"print", {}}});
    QCOMPARE(bendsOf(topology, kFirst).size(), std::size_t(1));
    dropBends(topology, {{"orders", {}}});
    QVERIFY(!hasEntry(topology, kFirst));
    QVERIFY(layoutOfWire(topology, kSecond).link);
  }

  void whatIsDeletedTakesItsEntryAlong() {
    QVERIFY(!hasEntry(removeParts(bent(), {kFirst}, Heal::No).after, kFirst));
    const topology::Topology without = removeParts(bent(), {"large"}, Heal::Yes).after;
    QVERIFY(!hasEntry(without, kFirst) && !hasEntry(without, kSecond));
    QVERIFY(!hasEntry(pullOut(bent(), "large", {}).after, kSecond));
    QVERIFY(!hasEntry(spliceIn(bent(), kFirst, "archive", "", "").after, kFirst));
    topology::Topology fixed = bent();
    QVERIFY(applyFix(fixed, {"", {{topology::FixStep::Kind::Remove, kFirst, "", {}}}}));
    QVERIFY(!hasEntry(applyFix(fixed, {"", {{topology::FixStep::Kind::Remove, kFirst, "", {}}}})->after, kFirst));
  }

  void aWireThatIsCalledOtherwiseKeepsItsBends() {
    const topology::Topology renamed = changeId(bent(), bent(), "large", "big")->after;
    QCOMPARE(bendsOf(renamed, "orders.out -> big.in").size(), std::size_t(1));
    QVERIFY(layoutOfWire(renamed, "big.out -> print.in").link);
    QVERIFY(!hasEntry(renamed, kFirst));
    const topology::Topology moved = reconnect(bent(), kFirst, "orders.out", "print.in").after;
    QCOMPARE(bendsOf(moved, "orders.out -> print.in").size(), std::size_t(1));
    QVERIFY(!hasEntry(moved, kFirst));
    const topology::QuickFix fix{"", {{topology::FixStep::Kind::Set, kFirst, "to", json::Value::text("print.in")}}};
    QCOMPARE(bendsOf(applyFix(bent(), fix)->after, "orders.out -> print.in").size(), std::size_t(1));
  }

  void aRenamedNodeIsNoChangeOfItsWires() {
    const topology::Topology renamed = changeId(bent(), bent(), "large", "big")->after;
    for (const topology::Change& change : topology::diff(bent(), renamed)) {
      QVERIFY2(change.what == topology::Change::What::Node, change.id.c_str());
    }
  }

  void copiesAreBentAlike() {
    const topology::Topology before = bent();
    const Edit copy = sample::duplicated(before, {"orders", "large", "print"});
    const Point by = placeOf(copy.after, "orders_2") - placeOf(before, "orders");
    QVERIFY(by.y > 0);
    QCOMPARE(bendsOf(copy.after, "orders_2.out -> large_2.in"), (Bends{{264, 80 + by.y}}));
    QVERIFY(layoutOfWire(copy.after, "large_2.out -> print_2.in").link);
    const QString text = copiedText(before, {"orders", "large"}, sample::catalog());
    const topology::Topology pasted = sample::pasted({}, text, {1000, 0})->after;
    QCOMPARE(bendsOf(pasted, kFirst), (Bends{{1264, 80}}));
    QVERIFY(!hasEntry(pasted, kSecond));
  }
};

WEIR_TEST(BendsTest)
#include "bends_test.moc"
