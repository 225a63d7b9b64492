// Groups become files, and nodes are disabled: what the edits make.
#include "designer/model/edits/part_edits.hpp"

#include "core/topology/file/format_topology.hpp"
#include "core/topology/parts/expand.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

namespace {

// orders -> large -> print, where "large" refers to a parameter, and is in a group.
topology::Topology grouped() {
  topology::Topology topology = sample::topology();
  topology::Parameter least;
  least.name.value = "least";
  least.type.value = "integer";
  least.defaultValue = json::Value::number(100);
  least.hasDefault = true;
  topology.params.emplace_back(least);
  topology = setValue(topology, "large", "params.where", json::Value::text("amount > ${param:least}"))->after;
  return group(topology, {"large"}, "Above").after;
}

}  // namespace

class PartEditsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wiresThatCrossTheFrameBecomePorts() {
    const GroupAsPart made = groupAsPart(grouped(), "group", "file:parts/above.weir");
    QCOMPARE(made.part.name.value, std::string("above"));
    QCOMPARE(made.part.nodes.size(), std::size_t{1});
    QCOMPARE(made.part.ports.size(), std::size_t{2});
    QCOMPARE(made.part.ports[0]->name.value + " " + made.part.ports[0]->to.value, std::string("in large.in"));
    QCOMPARE(made.part.ports[1]->name.value + " " + made.part.ports[1]->from.value, std::string("out large.out"));
    QCOMPARE(sample::wires(made.edit.after), std::string("orders.out -> group.in, group.out -> print.in"));
  }

  void oneNodeStandsForTheGroupAndSaysWhatItWas() {
    const topology::Topology after = groupAsPart(grouped(), "group", "file:parts/above.weir").edit.after;
    const topology::Node* const node = after.node("group");
    QVERIFY(node != nullptr);
    QVERIFY(after.groups.empty());
    QCOMPARE(node->use.value, std::string("file:parts/above.weir"));
    QCOMPARE(node->name.value, std::string("Above"));
    QCOMPARE(sample::was(after, "group"), std::string("large"));
    QCOMPARE(positionOf(after, "group")->x, 320.0);
    QVERIFY(drawing::LayoutIndex(after.layout).entry("large") == nullptr);
  }

  void parametersComeAlongAndArePassedThrough() {
    const GroupAsPart made = groupAsPart(grouped(), "group", "file:above.weir");
    QCOMPARE(made.part.params.size(), std::size_t{1});
    QCOMPARE(made.edit.after.node("group")->params.find("least")->asText(), std::string("${param:least}"));
    QCOMPARE(made.edit.after.params.size(), std::size_t{1});
  }

  void whatIsExpandedAgainIsWhatWasThere() {
    const GroupAsPart made = groupAsPart(grouped(), "group", "file:above.weir");
    const topology::Topology& after = made.edit.after;
    const topology::PartReader reader = [&](const std::string&) -> Result<std::string> {
      return topology::formatTopology(made.part, sample::catalog());
    };
    const topology::Expanded again =
        topology::expanded(after, sample::catalog(), topology::References(after), reader, "shop.weir");
    QVERIFY(again.problems.empty());
    QCOMPARE(sample::wires(again.topology), std::string("orders.out -> group__large.in, group__large.out -> print.in"));
    QCOMPARE(sample::was(again.topology, "group__large"), std::string("large__large large"));
  }

  void aPartIsCalledAsItsFile() {
    const Edit edit = addNode(sample::topology(), "file:parts/above.weir", {0, 0});
    QCOMPARE(*edit.selection->begin(), std::string("above"));
  }

  void disablingIsOneStepForNodesAndForWhatIsInGroups() {
    const topology::Topology topology = grouped();
    const topology::Topology off = setDisabled(topology, {"group", "print"}, true).after;
    QCOMPARE(off.node("large")->disabled.value, std::string("stop"));
    QCOMPARE(off.node("print")->disabled.value, std::string("stop"));
    QVERIFY(off.node("orders")->disabled.empty());
    QVERIFY(setDisabled(off, {"group", "print"}, false).after == topology);
    const topology::Topology passed = setValue(topology, "large", "disabled", json::Value::text("pass"))->after;
    QCOMPARE(setDisabled(passed, {"large"}, true).after.node("large")->disabled.value, std::string("pass"));
  }
};

WEIR_TEST(PartEditsTest)
#include "part_edits_test.moc"
