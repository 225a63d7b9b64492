// Groups hold what is in them.
#include "core/base/json_parser.hpp"
#include "core/topology/file/format_topology.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class GroupsTest : public QObject {
  Q_OBJECT

  // orders and large in a group, print and archive beside it.
  const topology::Topology topology_ = group(sample::topology(), {"orders", "large"}, "Both").after;

  static bool hasPlace(const topology::Topology& topology, std::string_view id) {
    return drawing::LayoutIndex(topology.layout).entry(id) != nullptr;
  }

 private Q_SLOTS:
  void removingAGroupTakesItsMembersTheirWiresAndTheirPlaces() {
    const topology::Topology after =
        removeParts(setCollapsed(topology_, "group", true).after, {"group"}, Heal::No).after;
    QCOMPARE(after.nodes.size(), std::size_t{1});
    QVERIFY(after.groups.empty() && after.edges.empty());
    for (const char* const id : {"orders", "large", "group"}) QVERIFY(!hasPlace(after, id));
  }
  void ungroupingKeepsTheMembers() {
    const Edit edit = ungroup(setCollapsed(topology_, "group", true).after, {"group"});
    QCOMPARE(edit.after.nodes.size(), std::size_t{3});
    QVERIFY(edit.after.groups.empty());
    QVERIFY(!hasPlace(edit.after, "group"));
    QCOMPARE(*edit.selection, (Selection{"group", "large", "orders"}));
  }
  void ungroupingAMemberTakesItOut() {
    QCOMPARE(sample::members(ungroup(topology_, {"large"}).after, "group"), std::string("orders"));
    QVERIFY(ungroup(topology_, {"large", "orders"}).after.groups.empty());
  }
  void aGroupThatLosesItsLastMemberIsGoneWithItsPlace() {
    const topology::Topology collapsed = setCollapsed(topology_, "group", true).after;
    const topology::Topology after = removeParts(collapsed, {"orders", "large"}, Heal::No).after;
    QVERIFY(after.groups.empty());
    QVERIFY(!hasPlace(after, "group"));
    QVERIFY(!hasPlace(group(collapsed, {"orders", "large"}, "Other").after, "group"));
  }
  void groupingWithAGroupAddsToIt() {
    const Edit edit = group(topology_, {"group", "print"}, "New");
    QCOMPARE(edit.after.groups.size(), std::size_t{1});
    QCOMPARE(sample::members(edit.after, "group"), std::string("orders large print"));
  }
  void movingBetweenGroupsLeavesOneAndJoinsAnother() {
    topology::Topology after = group(topology_, {"print"}, "Third").after;
    moveToGroups(after, {{"large", "group_2"}});
    QCOMPARE(sample::members(after, "group"), std::string("orders"));
    QCOMPARE(sample::members(after, "group_2"), std::string("print large"));
    QCOMPARE(groupOf(after, "large"), std::string("group_2"));
    moveToGroups(after, {{"large", ""}, {"archive", "group"}});
    QCOMPARE(sample::members(after, "group"), std::string("orders archive"));
    QCOMPARE(groupOf(after, "large"), std::string());
  }
  void aNodeThatIsPutBetweenTwoMembersJoins() {
    const Edit added = addNode(topology_, "shop.drop", {0, 0});
    QCOMPARE(sample::members(spliceIn(added.after, "orders.out -> large.in", "drop", "in", "out").after, "group"),
             std::string("orders large drop"));
    QCOMPARE(sample::members(spliceIn(added.after, "large.out -> print.in", "drop", "in", "out").after, "group"),
             std::string("orders large"));
  }
  void membersOfTheLayoutThatNobodyKnowsStay() {
    topology::Topology coloured = topology_;
    coloured.layout.emplace_back(topology::LayoutEntry{"group", *json::parseText(R"({"colour":"red"})")});
    coloured.layout.emplace_back(topology::LayoutEntry{"viewport", *json::parseText(R"({"zoom":2})")});
    topology::Topology after = setCollapsed(coloured, "group", true).after;
    after = movedTo(after, {{"group", {8, 8}}}, "Move").after;
    after = changeId(setPinned(after, {"group"}, true).after, after, "group", "other")->after;
    after = sample::topology(topology::formatTopology(after, sample::catalog()));
    const drawing::LayoutIndex index(after.layout);
    QCOMPARE(json::write(*index.entry("other")->value.find("colour")), std::string("\"red\""));
    QCOMPARE(json::write(index.entry("viewport")->value), std::string(R"({"zoom":2})"));
  }
  // "group" (orders, large) and print in "group_2"; archive beside it.
  topology::Topology nested() const {
    topology::Topology after = group(topology_, {"print"}, "Outer").after;
    moveToGroups(after, {{"group", "group_2"}});
    return after;
  }
  void groupsComeIntoGroups() {
    const topology::Topology after = nested();
    QCOMPARE(sample::members(after, "group_2"), std::string("print group"));
    QCOMPARE(sample::members(after, "group"), std::string("orders large"));
    QCOMPARE(groupOf(after, "group"), std::string("group_2"));
    QCOMPARE(commonGroup(after, {"orders", "large"}), std::string("group"));
    QCOMPARE(commonGroup(after, {"orders", "print"}), std::string("group_2"));
    QCOMPARE(commonGroup(after, {"orders", "archive"}), std::string());
  }
  void noGroupComesIntoItself() {
    topology::Topology after = nested();
    moveToGroups(after, {{"group_2", "group"}});
    QCOMPARE(after, nested());
    moveToGroups(after, {{"group_2", "group_2"}});
    QCOMPARE(after, nested());
  }
  void groupingGroupsPutsAGroupAroundThem() {
    const topology::Topology two = group(topology_, {"print"}, "Second").after;
    const Edit both = group(two, {"group", "group_2", "large", "archive"}, "Both");
    QCOMPARE(sample::members(both.after, "group_3"), std::string("archive group group_2"));
    QCOMPARE(sample::members(both.after, "group"), std::string("orders large"));
    const Edit one = group(topology_, {"group"}, "Around");
    QCOMPARE(sample::members(one.after, "group_2"), std::string("group"));
  }
  void aNewGroupStaysInTheGroupOfItsMembers() {
    const Edit inner = group(topology_, {"large"}, "Inner");
    QCOMPARE(sample::members(inner.after, "group"), std::string("orders group_2"));
    // One that would hold nothing else gives way to it.
    QCOMPARE(sample::members(group(nested(), {"orders", "large"}, "New").after, "group_2"),
             std::string("print group_3"));
  }
  void ungroupingLiftsWhatIsInTheGroup() {
    const Edit edit = ungroup(setCollapsed(nested(), "group", true).after, {"group"});
    QCOMPARE(sample::members(edit.after, "group_2"), std::string("print orders large"));
    QVERIFY(!hasPlace(edit.after, "group"));
    QVERIFY(ungroup(nested(), {"group", "group_2"}).after.groups.empty());
    QCOMPARE(sample::members(ungroup(nested(), {"group_2"}).after, "group"), std::string("orders large"));
    QCOMPARE(sample::members(ungroup(nested(), {"large"}).after, "group_2"), std::string("print group large"));
  }
  void removingTheOuterGroupTakesAllOfIt() {
    const topology::Topology after =
        removeParts(setCollapsed(nested(), "group", true).after, {"group_2"}, Heal::No).after;
    QVERIFY(after.nodes.empty() && after.groups.empty() && after.edges.empty());
    QVERIFY(!hasPlace(after, "group") && !hasPlace(after, "group_2") && !hasPlace(after, "large"));
    QCOMPARE(after.topics.size(), std::size_t{1});
  }
  void aGroupThatLosesItsLastGroupIsGoneToo() {
    const topology::Topology outer = group(topology_, {"group"}, "Around").after;
    QVERIFY(removeParts(outer, {"orders", "large"}, Heal::No).after.groups.empty());
  }
  void aNewIdOfAGroupIsThatOfTheMemberToo() {
    const topology::Topology after = changeId(nested(), nested(), "group", "inner")->after;
    QCOMPARE(sample::members(after, "group_2"), std::string("print inner"));
  }
  void aNodeInAWireComesIntoTheGroupThatBothEndsAreIn() {
    const Edit added = addNode(nested(), "shop.drop", {0, 0});
    QCOMPARE(sample::members(spliceIn(added.after, "large.out -> print.in", "drop", "in", "out").after, "group_2"),
             std::string("print group drop"));
  }
  void whatIsHiddenIsSelectedAsItsBox() {
    topology::Topology after = setCollapsed(nested(), "group", true).after;
    QCOMPARE(withBoxes(after, {"orders", "print", "orders.out -> large.in"}), (Selection{"group", "print"}));
    after = setCollapsed(after, "group_2", true).after;
    QCOMPARE(withBoxes(after, {"orders", "group", "large.out -> print.in", "archive"}),
             (Selection{"archive", "group_2"}));
  }
  void aGroupIsCollapsedWhereItIsNow() {
    const topology::Topology once = setCollapsed(topology_, "group", true).after;
    topology::Topology moved = movedTo(once, {{"group", {800, 0}}}, "Move").after;
    moved = setCollapsed(moved, "group", false).after;
    QVERIFY(!positionOf(setCollapsed(moved, "group", true).after, "group"));
  }
};

WEIR_TEST(GroupsTest)
#include "groups_test.moc"
