#include "designer/model/edits/fragment.hpp"

#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class FragmentTest : public QObject {
  Q_OBJECT

  const topology::Topology topology_ = sample::topology();
  const catalog::Catalog catalog_ = sample::catalog();

  static topology::Parameter parameter(const std::string& name, const std::string& value) {
    return {{name, {}}, {"integer", {}}, json::Value::numberText(value), true, {}, {}};
  }

 private Q_SLOTS:
  void copiedTextIsATopologyFileOfWhatWasSelected() {
    const QString text = copiedText(topology_, {"orders", "large"}, catalog_);
    const topology::Topology copied = sample::topology(text.toStdString());
    QCOMPARE(copied.nodes.size(), std::size_t{2});
    QCOMPARE(sample::wires(copied), std::string("orders.out -> large.in"));
  }
  void pastedPartsGetFreeIdsAndKeepTheirWires() {
    const QString text = copiedText(topology_, {"large", "print"}, catalog_);
    const std::optional<Edit> edit = sample::pasted(topology_, text, {1000, 500});
    QVERIFY(edit.has_value());
    QCOMPARE(*edit->selection, (Selection{"large_2", "print_2"}));
    QVERIFY(isThere(edit->after, "large_2.out -> print_2.in"));
    QCOMPARE(*positionOf(edit->after, "large_2"), (Point{1000, 500}));
    QCOMPARE(*positionOf(edit->after, "print_2"), (Point{1320, 500}));
  }
  void pastingIntoAnotherTopologyKeepsTheIds() {
    const std::optional<Edit> edit = sample::pasted({}, copiedText(topology_, {"large"}, catalog_), {0, 0});
    QCOMPARE(edit->after.node("large")->params, topology_.node("large")->params);
  }
  void aCopyIsNotWhatTheOtherWasAndWhatIsCutOutGoesOn() {
    const topology::Topology renamed = changeId(topology_, topology_, "large", "big")->after;
    QCOMPARE(sample::was(sample::duplicated(renamed, {"big"}).after, "big_2"), std::string());
    const QString cut = copiedText(renamed, {"big"}, catalog_);
    const std::optional<Edit> pasted = sample::pasted(removeParts(renamed, {"big"}, Heal::No).after, cut, {0, 0});
    QCOMPARE(sample::was(pasted->after, "big"), std::string("large"));
  }
  void nothingIsPastedOnWhatIsThere() {
    const QString text = copiedText(topology_, {"large"}, catalog_);
    topology::Topology now = topology_;
    for (int i = 0; i < 5; ++i) now = sample::pasted(now, text, {300, 8})->after;
    const drawing::Picture picture = sample::Shown(now).around().shown;
    for (const auto& one : picture.nodes) {
      for (const auto& other : picture.nodes) QVERIFY(one == other || !one->rect().intersects(other->rect()));
    }
  }
  void aCopyStandsBelowWhatItIsOf() {
    const Edit twice = sample::duplicated(topology_, {"orders", "large"});
    QCOMPARE(positionOf(twice.after, "orders_2")->x, positionOf(twice.after, "orders")->x);
    QVERIFY(positionOf(twice.after, "orders_2")->y > positionOf(twice.after, "orders")->y);
    QCOMPARE(positionOf(twice.after, "large_2")->y, positionOf(twice.after, "orders_2")->y);
  }
  void aGroupThatIsCutAndPastedIsAsItWas() {
    topology::Topology before = setCollapsed(group(topology_, {"orders", "large"}, "Both").after, "group", true).after;
    const QString text = copiedText(before, {"group"}, catalog_);
    const topology::Topology cut = removeParts(before, {"group"}, Heal::No).after;
    QVERIFY(cut.node("large") == nullptr && cut.groups.empty());
    const topology::Topology after = sample::pasted(cut, text, {0, 1000})->after;
    QCOMPARE(sample::members(after, "group"), std::string("orders large"));
    QVERIFY(drawing::LayoutIndex(after.layout).place("group").collapsed);
    QVERIFY(isThere(after, "orders.out -> large.in"));
    QCOMPARE(positionOf(after, "large")->x - positionOf(after, "orders")->x, 320.0);
    QVERIFY(positionOf(after, "orders")->y >= 1000);
  }
  void membersThatNobodyHasChosenStayInTheGroup() {
    const Edit grouped = group(topology_, {"orders", "large"}, "Both");
    QCOMPARE(sample::members(sample::duplicated(grouped.after, {"large"}).after, "group"),
             std::string("orders large large_2"));
  }
  void whatIsPastedIntoAFrameBelongsToIt() {
    const Edit grouped = group(topology_, {"orders", "large"}, "Both");
    const QString text = copiedText(topology_, {"print"}, catalog_);
    QCOMPARE(sample::members(sample::pasted(grouped.after, text, {240, 20})->after, "group"),
             std::string("orders large print_2"));
    QCOMPARE(sample::members(sample::pasted(grouped.after, text, {240, 600})->after, "group"),
             std::string("orders large"));
  }
  void parametersComeAlong() {
    topology::Topology from = topology_;
    from.params.emplace_back(parameter("limit", "10"));
    from.params.emplace_back(parameter("other", "1"));
    from = setValue(from, "large", "params.limit", json::Value::text("${param:limit}"))->after;
    const QString text = copiedText(from, {"large"}, catalog_);
    const topology::Topology into = sample::pasted({}, text, {0, 0})->after;
    QCOMPARE(into.params.size(), std::size_t{1});
    QCOMPARE(into.params[0]->name.value, std::string("limit"));
    // Of the same value there is one.
    QCOMPARE(sample::pasted(into, text, {0, 0})->after.params.size(), std::size_t{1});
  }
  void aParameterOfAnotherValueGetsAnotherName() {
    topology::Topology from = topology_;
    from.params.emplace_back(parameter("limit", "10"));
    from = setValue(from, "large", "params.where", json::Value::text("a > ${param:limit} and $${param:limit}"))->after;
    topology::Topology into;
    into.params.emplace_back(parameter("limit", "99"));
    const topology::Topology after = sample::pasted(into, copiedText(from, {"large"}, catalog_), {0, 0})->after;
    QCOMPARE(after.params.size(), std::size_t{2});
    QCOMPARE(after.params[1]->name.value, std::string("limit_2"));
    QCOMPARE(after.params[1]->defaultValue.asText(), std::string("10"));
    QCOMPARE(valueAt(after, "large", "params.where").asText(), std::string("a > ${param:limit_2} and $${param:limit}"));
  }
  void membersOfTheLayoutThatNobodyKnowsAreCopied() {
    topology::Topology from = topology_;
    for (auto& entry : from.layout) {
      topology::LayoutEntry coloured = *entry;
      coloured.value.set("colour", json::Value::text("red"));
      entry = std::move(coloured);
    }
    from = addComment(from, "Why", {0, 0}).after;
    topology::LayoutEntry comment = *from.layout.back();
    comment.value.set("size", json::Value::number(2));
    from.layout.back() = std::move(comment);
    const topology::Topology after = sample::duplicated(from, {"large", "#1"}).after;
    const drawing::LayoutIndex index(after.layout);
    QCOMPARE(index.entry("large_2")->value.find("colour")->asText(), std::string("red"));
    QCOMPARE(index.entry("#2")->value.find("size")->asText(), std::string("2"));
  }
  void aGroupIsCopiedWithItsMembers() {
    const Edit grouped = group(topology_, {"orders", "large"}, "Both");
    const Edit twice = sample::duplicated(grouped.after, {"group"});
    QCOMPARE(twice.after.groups.size(), std::size_t{2});
    QCOMPARE(twice.after.groups[1]->nodes[0].value, std::string("orders_2"));
    QVERIFY(isThere(twice.after, "orders_2.out -> large_2.in"));
  }
  // "group" (orders, large) in "group_2" with print.
  topology::Topology nested() const {
    topology::Topology out = group(topology_, {"orders", "large"}, "Inner").after;
    out = group(out, {"print"}, "Outer").after;
    moveToGroups(out, {{"group", "group_2"}});
    return out;
  }
  void groupsInGroupsAreCopiedWithThem() {
    const Edit twice = sample::duplicated(nested(), {"group_2"});
    QCOMPARE(twice.after.groups.size(), std::size_t{4});
    QCOMPARE(sample::members(twice.after, "group_2_2"), std::string("print_2 group_3"));
    QCOMPARE(sample::members(twice.after, "group_3"), std::string("orders_2 large_2"));
    QCOMPARE(sample::members(twice.after, "group_2"), std::string("print group"));
  }
  void theCopyOfAnInnerGroupIsInTheOuterOne() {
    QCOMPARE(sample::members(sample::duplicated(nested(), {"group"}).after, "group_2"),
             std::string("print group group_3"));
  }
  void aGroupThatIsPastedIntoAFrameComesIntoThatGroup() {
    const QString text = copiedText(group(topology_, {"large"}, "One").after, {"group"}, catalog_);
    const topology::Topology after = sample::pasted(nested(), text, {8, 8})->after;
    QCOMPARE(sample::members(after, "group"), std::string("orders large group_3"));
    QCOMPARE(sample::members(after, "group_3"), std::string("large_2"));
  }
  void theCopyOfACollapsedGroupIsSelectedAsItsBox() {
    const topology::Topology collapsed = setCollapsed(nested(), "group", true).after;
    QCOMPARE(*sample::duplicated(collapsed, {"group"}).selection, Selection{"group_3"});
  }
  void commentsAreCopiedToo() {
    const Edit commented = addComment(topology_, "Why", {0, 0});
    const Edit twice = sample::duplicated(commented.after, *commented.selection);
    QCOMPARE(drawing::LayoutIndex(twice.after.layout).comments().size(), std::size_t{2});
  }
  void anyOtherTextIsNotPasted() {
    QVERIFY(!sample::pasted(topology_, "hello", {0, 0}).has_value());
    QVERIFY(!sample::pasted(topology_, "{\"weir\":1,\"nodes\":7}", {0, 0}).has_value());
  }
};

WEIR_TEST(FragmentTest)
#include "fragment_test.moc"
