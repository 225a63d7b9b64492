// What is added finds room, and a wire asks what helps where columns do not fit.
#include <QApplication>
#include <QClipboard>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

// Two sources of other columns, a filter for those of the first, and a sink behind the first.
topology::Topology sources() {
  return testing::topologyOf(R"json({"weir": 1, "name": "sources", "nodes": [
    {"id": "left", "use": "file.source", "params": {"path": "a", "format": "json.json",
      "schema": [{"name": "id", "type": "int64"}, {"name": "amount", "type": "float64"}]}},
    {"id": "right", "use": "file.source", "params": {"path": "b", "format": "json.json",
      "schema": [{"name": "id", "type": "string"}, {"name": "amounts", "type": "float64"}]}},
    {"id": "third", "use": "file.source", "params": {"path": "c", "format": "json.json",
      "schema": [{"name": "id", "type": "string"}, {"name": "amount", "type": "float64"}]}},
    {"id": "large", "use": "std.filter", "params": {"where": "amount > 1"}},
    {"id": "to", "use": "file.sink", "params": {"path": "d", "format": "json.json"}}],
    "edges": [{"from": "left.out", "to": "to.in"}],
    "layout": {"left": {"x": 0, "y": 0}, "right": {"x": 0, "y": 160}, "third": {"x": 0, "y": 320},
               "large": {"x": 400, "y": 240}, "to": {"x": 320, "y": 0}}})json");
}

bool overlaps(const Canvas& canvas) {
  const auto& nodes = canvas.view.placed().picture().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (nodes[i]->rect().intersects(nodes[j]->rect())) return true;
    }
  }
  return false;
}

void choose(Canvas& canvas, const QString& typed) {
  QTest::keyClicks(&canvas.view.popup()->line(), typed);
  QTest::keyClick(&canvas.view.popup()->line(), Qt::Key_Return);
}

}  // namespace

class InsertionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void nothingThatIsAddedCoversANode_data();
  void nothingThatIsAddedCoversANode();
  void aNodeInAShortWireGetsRoomInTheSameStep();
  void aDroppedNodeMakesRoomInAShortWireToo();
  void whatIsAddedBehindANodeIsConnected();
  void aSourceIsAddedBehindNothing();
  void clausesAreTakenWithoutASelectionToo();
  void connectingFindsOutputsToo();
  void columnsCountWhileWiring();
  void whatMendsTheColumnsIsOfferedWithTheDrop();
  void aConversionIsPutBetween();
  void aRowOfTheConnectListMayAskWhatHelps();
  void whatIsOfferedGoesWithTheTopologyThatItWasMadeFor();
};

void InsertionTest::nothingThatIsAddedCoversANode_data() {
  QTest::addColumn<QString>("way");
  for (const char* const way : {"palette", "drop", "add", "offer", "paste", "duplicate", "comment"}) QTest::newRow(way);
}

void InsertionTest::nothingThatIsAddedCoversANode() {
  const QString way = QString::fromLatin1(QTest::currentDataTag());
  Canvas canvas(sources());
  canvas.view.camera().lookAt({104, 36});  // the middle of a node
  const QPoint middle = canvas.middleOf("left");
  const std::size_t before = canvas.document.topology().nodes.size();
  for (int i = 0; i < 3; ++i) {
    pointer::moveTo(*canvas.view.viewport(), middle);
    if (way == "palette") canvas.view.nodes().add("std.filter");
    if (way == "drop") canvas.dragFromPalette("std.filter", middle);
    if (way == "add") {
      canvas.document.select({});
      canvas.view.operators().openToAdd();
      choose(canvas, "filter");
    }
    if (way == "offer") {
      canvas.view.operators().openToConnect({"right", "out", true}, {8, 36}, {});
      choose(canvas, "filter");
    }
    if (way == "paste" || way == "duplicate") canvas.document.select({"left"});
    if (way == "paste") {
      canvas.view.commands().copy();
      canvas.view.commands().paste();
    }
    if (way == "duplicate") canvas.view.commands().duplicateSelected();
    if (way == "comment") {
      canvas.view.commands().addComment();
      canvas.key(Qt::Key_Escape);
      const QRectF comment = *canvas.view.placed().rectOf(*canvas.document.selection().begin());
      QVERIFY(canvas.view.placed().nodesIn(comment).empty());
    }
    QVERIFY(!overlaps(canvas));
    canvas.view.camera().lookAt({104, 36});
  }
  QCOMPARE(canvas.document.topology().nodes.size(), before + (way == "comment" ? 0 : 3));
}

void InsertionTest::aNodeInAShortWireGetsRoomInTheSameStep() {
  Canvas canvas(sources());
  const Snapshot before = canvas.document.now();
  canvas.dragFromPalette("std.filter", canvas.middleOf("left.out -> to.in"));
  QVERIFY(canvas.connected("filter.out -> to.in"));
  QVERIFY(canvas.at("left").x + 208 < canvas.at("filter").x && canvas.at("filter").x + 208 < canvas.at("to").x);
  QVERIFY(!overlaps(canvas));
  QVERIFY(canvas.document.undo());
  QVERIFY(*canvas.document.now() == *before);
}

void InsertionTest::aDroppedNodeMakesRoomInAShortWireToo() {
  Canvas canvas(sources());
  const Snapshot before = canvas.document.now();
  canvas.drag(canvas.middleOf("large"), canvas.middleOf("left.out -> to.in"));
  QVERIFY(canvas.connected("left.out -> large.in") && canvas.connected("large.out -> to.in"));
  QVERIFY(!overlaps(canvas));
  QVERIFY(canvas.document.undo());
  QVERIFY(*canvas.document.now() == *before);
}

void InsertionTest::whatIsAddedBehindANodeIsConnected() {
  Canvas canvas(sources());
  canvas.document.select({"right"});
  canvas.view.operators().openToAdd();
  choose(canvas, "where amounts > 100");
  QVERIFY(canvas.connected("right.out -> filter.in"));
  QCOMPARE(canvas.document.topology().node("filter")->params.find("where")->asText(), std::string("amounts > 100"));
  QVERIFY(canvas.at("filter").x > canvas.at("right").x + 208);
  QCOMPARE(canvas.document.selection(), Selection{"filter"});
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.document.topology().node("filter") == nullptr);
}

void InsertionTest::aSourceIsAddedBehindNothing() {
  Canvas canvas(sources());
  canvas.document.select({"right"});
  canvas.view.operators().openToAdd();
  choose(canvas, "file source");
  QCOMPARE(canvas.document.topology().nodes.back()->use.value, std::string("file.source"));
  QCOMPARE(canvas.document.topology().edges.size(), std::size_t{1});
}

void InsertionTest::clausesAreTakenWithoutASelectionToo() {
  Canvas canvas(sources());
  canvas.view.operators().openToAdd();
  choose(canvas, "count, sum amount as total by id every 5 minutes");
  QCOMPARE(json::write(canvas.document.topology().nodes.back()->params),
           std::string(R"({"group_by":["id"],"size":"5m","aggregates":[{"name":"count","function":"count"},)"
                       R"({"name":"total","function":"sum","field":"amount"}]})"));
}

void InsertionTest::connectingFindsOutputsToo() {
  Canvas canvas(sources());
  canvas.document.select({"to"});  // it has no output
  canvas.view.connections().open();
  QVERIFY(canvas.view.popup() != nullptr);
  choose(canvas, "third");
  QVERIFY(canvas.connected("third.out -> to.in"));
  canvas.document.select({"large"});
  canvas.view.connections().open();
  QStringList rows;
  for (int row = 0; row < canvas.view.popup()->list().count(); ++row) {
    rows += canvas.view.popup()->list().item(row)->text();
  }
  QVERIFY2(rows.contains(QStringLiteral("→ To")) && rows.contains(QStringLiteral("← Left")),
           qPrintable(rows.join('|')));
}

void InsertionTest::columnsCountWhileWiring() {
  Canvas canvas(sources());
  canvas.check();
  canvas.press(canvas.portOf("right", "out", true));
  canvas.moveTo(canvas.portOf("right", "out", true) + QPoint(30, 30));
  const CanvasLook& look = canvas.view.canvasScene().look();
  QVERIFY(!look.fits({"large", "in", false}));  // there is no amount
  canvas.key(Qt::Key_Escape);
  canvas.release(canvas.portOf("right", "out", true) + QPoint(30, 30));
  canvas.press(canvas.portOf("left", "out", true));
  canvas.moveTo(canvas.portOf("left", "out", true) + QPoint(30, 30));
  QVERIFY(look.fits({"large", "in", false}));
  canvas.key(Qt::Key_Escape);
  canvas.release(canvas.portOf("left", "out", true) + QPoint(30, 30));
}

void InsertionTest::whatMendsTheColumnsIsOfferedWithTheDrop() {
  Canvas canvas(sources());
  canvas.check();
  const Snapshot before = canvas.document.now();
  canvas.drag(canvas.portOf("right", "out", true), canvas.portOf("large", "in", false));
  QVERIFY(canvas.view.popup() != nullptr);
  QVERIFY(canvas.document.now() == before);
  QListWidget& list = canvas.view.popup()->list();
  QVERIFY(list.count() >= 2);
  pointer::click(*list.viewport(), list.visualItemRect(list.item(0)).center());
  QVERIFY(canvas.connected("right.out -> large.in"));
  QCOMPARE(canvas.document.topology().node("large")->params.find("where")->asText(), std::string("amounts > 1"));
  QVERIFY(canvas.document.undo());
  QVERIFY(*canvas.document.now() == *before);
}

void InsertionTest::aConversionIsPutBetween() {
  Canvas canvas(sources());
  canvas.check();
  canvas.drag(canvas.portOf("third", "out", true), canvas.portOf("to", "in", false));
  QVERIFY(canvas.view.popup() != nullptr);
  QListWidget& list = canvas.view.popup()->list();
  QCOMPARE(list.count(), 2);
  pointer::click(*list.viewport(), list.visualItemRect(list.item(0)).center());
  QVERIFY(canvas.connected("third.out -> select.in") && canvas.connected("select.out -> to.in"));
  QCOMPARE(json::write(canvas.document.topology().node("select")->params),
           std::string(R"json({"fields":[{"name":"id","expression":"cast(id as int64)"},)json"
                       R"json({"name":"amount","expression":"amount"}]})json"));
  QVERIFY(!overlaps(canvas));
}

void InsertionTest::aRowOfTheConnectListMayAskWhatHelps() {
  Canvas canvas(sources());
  canvas.check();
  canvas.document.select({"right"});
  canvas.view.connections().open();
  QListWidget& list = canvas.view.popup()->list();
  int row = 0;
  while (row < list.count() && !list.item(row)->text().contains("Large")) ++row;
  QVERIFY(row < list.count());
  pointer::click(*list.viewport(), list.visualItemRect(list.item(row)).center());
  QVERIFY(canvas.view.popup() != nullptr);
  QVERIFY(canvas.view.popup()->isVisible() && canvas.view.popup()->list().count() >= 2);
}

void InsertionTest::whatIsOfferedGoesWithTheTopologyThatItWasMadeFor() {
  Canvas canvas(sources());
  canvas.view.operators().openToAdd();
  QVERIFY(canvas.view.popup() != nullptr);
  canvas.document.apply(renameNode(canvas.document.topology(), "large", "Another"));
  QVERIFY(canvas.view.popup() == nullptr);
}

WEIR_TEST(InsertionTest)
#include "insertion_test.moc"
