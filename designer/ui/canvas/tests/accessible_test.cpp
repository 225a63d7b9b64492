// What a screen reader is told about the canvas.
#include <QAccessible>

#include "designer/ui/canvas/picture/reading_order.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

constexpr const char* kOrders = "orders_per_minute_by_region.weir";

QStringList names(QAccessibleInterface& canvas) {
  QStringList out;
  for (int i = 0; i < canvas.childCount(); ++i) {
    QAccessibleInterface* const child = canvas.child(i);
    if (child->object() == nullptr) out += child->text(QAccessible::Name);
  }
  return out;
}

}  // namespace

class AccessibleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void everyPartHasANameInTheOrderOfTheFlow();
  void aProblemIsPartOfTheName();
  void groupsStandBeforeTheirNodes();
  void groupsInGroupsSayWhereTheyAre();
  void rectanglesAreOnTheScreen();
  void pressSelects();
  void partsThatAreGoneAreGone();
  void whoeverAsksWhileAChangeIsToldSeesItAfterwards();
};

void AccessibleTest::everyPartHasANameInTheOrderOfTheFlow() {
  Canvas canvas(testing::shippedTopology(kOrders));
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  QVERIFY(tree != nullptr);
  const QStringList expected{"Orders, source",
                             "Wire from Orders to Per minute",
                             "Per minute, window",
                             "Wire from Per minute to Keyed",
                             "Keyed, operator",
                             "Wire from Keyed to orders-per-minute-by-region",
                             "orders-per-minute-by-region, topic"};
  QCOMPARE(names(*tree), expected);
  QCOMPARE(tree->child(0)->role(), QAccessible::ListItem);
  QVERIFY(tree->child(2)->text(QAccessible::Description).contains(QStringLiteral("every 1m")));
  QVERIFY(tree->child(0)->parent() == tree);
  QCOMPARE(tree->indexOfChild(tree->child(4)), 4);
}

void AccessibleTest::aProblemIsPartOfTheName() {
  const topology::Topology orders = testing::shippedTopology(kOrders);
  Result<Edit> edit = setValue(orders, "per_minute", "params.group_by", json::Value::list());
  QVERIFY(edit);
  Canvas canvas(std::move(edit->after));
  canvas.check();
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  const QString name = tree->child(2)->text(QAccessible::Name);
  QVERIFY2(name.startsWith("Per minute, window, ") && name.contains(": "), qPrintable(name));
}

void AccessibleTest::groupsStandBeforeTheirNodes() {
  const topology::Topology orders = testing::shippedTopology(kOrders);
  Canvas canvas(group(orders, {"per_minute", "keyed"}, "Counting").after);
  const std::vector<ReadPart> order = readingOrder(canvas.view.placed().picture());
  QVERIFY(order[2].kind == ReadPart::Kind::Group);
  QCOMPARE(order[3].id, std::string("per_minute"));
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  QCOMPARE(tree->child(2)->text(QAccessible::Name), QStringLiteral("Group Counting, 2 node(s)"));
  QCOMPARE(tree->child(2)->role(), QAccessible::Grouping);
  QVERIFY(tree->child(2)->state().expanded);
}

void AccessibleTest::groupsInGroupsSayWhereTheyAre() {
  topology::Topology nested = group(testing::shippedTopology(kOrders), {"per_minute", "keyed"}, "Counting").after;
  nested = group(nested, {"keyed"}, "Keys").after;
  Canvas canvas(nested);
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  QVERIFY(names(*tree).contains("Group Counting, 2 node(s)"));
  const qsizetype inner = names(*tree).indexOf("Group Keys, 1 node(s), in Counting");
  QVERIFY(inner > names(*tree).indexOf("Group Counting, 2 node(s)"));
  // In a box it is not read.
  canvas.document.apply(setCollapsed(canvas.document.topology(), "group", true));
  QVERIFY(names(*tree).filter("Keys").isEmpty());
}

void AccessibleTest::rectanglesAreOnTheScreen() {
  Canvas canvas(testing::shippedTopology(kOrders));
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  const QPoint middle = canvas.view.viewport()->mapToGlobal(canvas.middleOf("keyed"));
  QVERIFY(tree->child(4)->rect().contains(middle));
  QVERIFY(tree->childAt(middle.x(), middle.y()) == tree->child(4));
  QVERIFY(!tree->child(4)->state().offscreen);
  canvas.view.camera().lookAt({100000, 0});
  QVERIFY(tree->child(4)->state().offscreen);
}

void AccessibleTest::pressSelects() {
  Canvas canvas(testing::shippedTopology(kOrders));
  QAccessibleInterface* const node = QAccessible::queryAccessibleInterface(&canvas.view)->child(2);
  QVERIFY(!node->state().selected);
  node->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  QCOMPARE(canvas.document.selection(), Selection{"per_minute"});
  QVERIFY(node->state().selected);
  QVERIFY(QAccessible::queryAccessibleInterface(&canvas.view)->focusChild() == node);
}

void AccessibleTest::partsThatAreGoneAreGone() {
  Canvas canvas(testing::shippedTopology(kOrders));
  QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(&canvas.view);
  QVERIFY(tree->child(0)->isValid());
  canvas.document.select({"orders"});
  canvas.view.commands().deleteSelected();
  QCOMPARE(names(*tree).first(), QStringLiteral("Per minute, window"));
}

void AccessibleTest::whoeverAsksWhileAChangeIsToldSeesItAfterwards() {
  Document document(testing::shippedTopology(kOrders));
  CanvasView* asked = nullptr;
  // Before the canvas, so that its picture is still the one before.
  connect(&document, &Document::edited, this, [&] { names(*QAccessible::queryAccessibleInterface(asked)); });
  CanvasView view(document);
  view.setCatalog(testing::shippedCatalog());
  asked = &view;
  document.apply(group(document.topology(), {"per_minute", "keyed"}, "Counting"));
  QVERIFY(names(*QAccessible::queryAccessibleInterface(&view)).contains("Group Counting, 2 node(s)"));
}

WEIR_TEST(AccessibleTest)
#include "accessible_test.moc"
