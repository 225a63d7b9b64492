#include "designer/model/edits/fragment.hpp"

#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class FragmentTest : public QObject {
  Q_OBJECT

  const topology::Topology topology_ = sample::topology();
  const catalog::Catalog catalog_ = sample::catalog();

 private Q_SLOTS:
  void copiedTextIsATopologyFileOfWhatWasSelected() {
    const QString text = copiedText(topology_, {"orders", "large"}, catalog_);
    const topology::Topology copied = sample::topology(text.toStdString());
    QCOMPARE(copied.nodes.size(), std::size_t{2});
    QCOMPARE(sample::wires(copied), std::string("orders.out -> large.in"));
  }
  void pastedPartsGetFreeIdsAndKeepTheirWires() {
    const QString text = copiedText(topology_, {"large", "print"}, catalog_);
    const std::optional<Edit> edit = paste(topology_, text, {1000, 500});
    QVERIFY(edit.has_value());
    QCOMPARE(*edit->selection, (Selection{"large_2", "print_2"}));
    QVERIFY(isThere(edit->after, "large_2.out -> print_2.in"));
    QCOMPARE(*positionOf(edit->after, "large_2"), (Point{1000, 500}));
    QCOMPARE(*positionOf(edit->after, "print_2"), (Point{1320, 500}));
  }
  void pastingIntoAnotherTopologyKeepsTheIds() {
    const std::optional<Edit> edit = paste({}, copiedText(topology_, {"large"}, catalog_), {0, 0});
    QCOMPARE(edit->after.node("large")->params, topology_.node("large")->params);
  }
  void aCopyIsNotWhatTheOtherWasAndWhatIsCutOutGoesOn() {
    const topology::Topology renamed = changeId(topology_, topology_, "large", "big")->after;
    QCOMPARE(sample::was(duplicate(renamed, {"big"}).after, "big_2"), std::string());
    const QString cut = copiedText(renamed, {"big"}, catalog_);
    const std::optional<Edit> pasted = paste(removeParts(renamed, {"big"}, Heal::No).after, cut, {0, 0});
    QCOMPARE(sample::was(pasted->after, "big"), std::string("large"));
  }
  void aGroupIsCopiedWithItsMembers() {
    const Edit grouped = group(topology_, {"orders", "large"}, "Both");
    const Edit twice = duplicate(grouped.after, {"group"});
    QCOMPARE(twice.after.groups.size(), std::size_t{2});
    QCOMPARE(twice.after.groups[1]->nodes[0].value, std::string("orders_2"));
    QVERIFY(isThere(twice.after, "orders_2.out -> large_2.in"));
  }
  void commentsAreCopiedToo() {
    const Edit commented = addComment(topology_, "Why", {0, 0});
    const Edit twice = duplicate(commented.after, *commented.selection);
    QCOMPARE(drawing::LayoutIndex(twice.after.layout).comments().size(), std::size_t{2});
  }
  void anyOtherTextIsNotPasted() {
    QVERIFY(!paste(topology_, "hello", {0, 0}).has_value());
    QVERIFY(!paste(topology_, "{\"weir\":1,\"nodes\":7}", {0, 0}).has_value());
  }
};

WEIR_TEST(FragmentTest)
#include "fragment_test.moc"
