#include "core/topology/plan/diff.hpp"

#include "core/topology/tests/test_catalog.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

std::string base() {
  return file(source("a") + "," + window("w", "region"), edge("a.out", "w.in"), "", R"("layout":{"a":{"x":1,"y":2}},)");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "the test replaces nothing" : text.replace(at, from.size(), to);
}

std::string changed(std::string_view from, std::string_view to) {
  return changesText(diff(topologyOf(base()), topologyOf(replaced(base(), from, to))));
}

}  // namespace

class DiffTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalTopologiesHaveNoDifference() { QVERIFY(diff(topologyOf(base()), topologyOf("\n" + base())).empty()); }

  void aParameterIsNamedByItsPath() {
    QCOMPARE(changed("\"1m\"", "\"5m\""), std::string("~ node w: params.size \"1m\" -> \"5m\"\n"));
    QCOMPARE(changed("\"disorder\":\"5s\"", "\"disorder\":\"6s\""),
             std::string("~ node a: params.event_time.disorder \"5s\" -> \"6s\"\n"));
    QCOMPARE(changed("\"size\"", "\"grace\":\"1s\",\"size\""),
             std::string("~ node w: params.grace nothing -> \"1s\"\n"));
  }

  void whatComesAndGoesIsNamed() {
    QCOMPARE(changed("\"id\":\"w\"", "\"id\":\"v\""),
             std::string("- node w (window.tumbling)\n+ node v (window.tumbling)\n"));
    QCOMPARE(changed("\"w.in\"", "\"w.other\""), std::string("- edge a.out -> w.in\n+ edge a.out -> w.other\n"));
  }

  void aNodeThatSaysWhatItWasHasChangedItsId() {
    const std::string before = file(source("a") + "," + window("w", "region"), edge("a.out", "w.in"), "",
                                    R"("groups":[{"id":"g","nodes":["w","a"]}],"layout":{"w":{"x":1}},)");
    std::string after = before;
    for (const char* old : {"\"w\"", "\"w\"", "\"w\"", "\"w.in\""}) after.replace(after.find(old), 2, "\"v");
    const std::string renamed = replaced(after, R"("id":"v")", R"("id":"v","was":["w"])");
    QCOMPARE(changesText(diff(topologyOf(before), topologyOf(renamed))), std::string("~ node v: id \"w\" -> \"v\"\n"));
    QCOMPARE(changesText(diff(topologyOf(before), topologyOf(replaced(renamed, "\"1m\"", "\"5m\"")))),
             std::string("~ node v: id \"w\" -> \"v\"\n~ node v: params.size \"1m\" -> \"5m\"\n"));
    // Both say it: nothing is renamed between the two.
    QVERIFY(diff(topologyOf(renamed), topologyOf(renamed)).empty());
  }

  void movingABoxIsNoLogic() {
    const Topology moved = topologyOf(replaced(base(), "\"x\":1", "\"x\":100"));
    const std::vector<Change> changes = diff(topologyOf(base()), moved);
    QCOMPARE(changesText(changes), std::string("~ layout of a: x 1 -> 100\n"));
    QVERIFY(!changesLogic(changes));
    QCOMPARE(topologyHash(moved), topologyHash(topologyOf(base())));
  }

  void logicChangesTheHash() {
    const Topology other = topologyOf(replaced(base(), "\"1m\"", "\"5m\""));
    QVERIFY(changesLogic(diff(topologyOf(base()), other)));
    QVERIFY(topologyHash(other) != topologyHash(topologyOf(base())));
  }

  void theOrderInAFileIsNoDifference() {
    const Topology left = topologyOf(file(source("a") + "," + window("w", "region"), edge("a.out", "w.in")));
    const Topology right = topologyOf(file(window("w", "region") + "," + source("a"), edge("a.out", "w.in")));
    QVERIFY(diff(left, right).empty());
    QCOMPARE(topologyHash(left), topologyHash(right));
  }

  void versionsOfADocumentShareTheirParts() {
    const Topology before = topologyOf(base());
    Topology after = before;
    Node node = *after.nodes[1];
    node.params.set("size", json::Value::text("2m"));
    after.nodes[1] = node;
    QVERIFY(after.nodes[0].same(before.nodes[0]));
    QCOMPARE(diff(before, after).size(), std::size_t(1));
  }
};

WEIR_TEST(DiffTest)
#include "diff_test.moc"
