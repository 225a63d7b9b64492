// Wires that are links: tags at their ends.
#include "designer/model/edits/bends.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

const char* const kWire = "from.out -> far.in";

topology::Topology linked() {
  return testing::topologyOf(R"json({"weir": 1, "name": "linked", "nodes": [
    {"id": "from", "use": "file.source"}, {"id": "near", "use": "std.filter"}, {"id": "far", "use": "file.sink"},
    {"id": "other", "use": "std.filter"}],
    "edges": [{"from": "from.out", "to": "near.in"}, {"from": "from.out", "to": "far.in"}],
    "layout": {"from": {"x": 0, "y": 0}, "near": {"x": 480, "y": 0}, "far": {"x": 4000, "y": 0}, "other": {"x": 480, "y": 400},
               "from.out -> far.in": {"link": true}}})json");
}

QPoint tagAt(const Canvas& canvas, bool output) {
  const PlacedPicture& placed = canvas.view.placed();
  return canvas.view.mapFromScene(toQt(linkTag(placed, *placed.wire(kWire), output)->bounds).center());
}

}  // namespace

class LinksTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }

  void aLinkHasTagsInsteadOfALine() {
    Canvas canvas(linked());
    const PlacedPicture& placed = canvas.view.placed();
    QVERIFY(placed.wire(kWire)->route.empty());
    QCOMPARE(placed.picture().links.size(), std::size_t(2));
    QCOMPARE(linkTag(placed, *placed.wire(kWire), true)->text, std::string("→ Far"));
    QCOMPARE(linkTag(placed, *placed.wire(kWire), false)->text, std::string("From →"));
  }

  void tagsOfOnePortAndItsWiresDoNotCoverEachOther() {
    Canvas canvas(linked());
    canvas.document.apply(setLinks(canvas.document.topology(), {"from.out -> near.in"}, true));
    const std::vector<drawing::LinkTag>& links = canvas.view.placed().picture().links;
    QCOMPARE(links.size(), std::size_t(4));
    for (std::size_t one = 0; one < links.size(); ++one) {
      for (std::size_t other = 0; other < one; ++other) QVERIFY(!links[one].bounds.intersects(links[other].bounds));
    }
    canvas.document.undo();
    const PlacedPicture& placed = canvas.view.placed();
    const QRectF tag = toQt(linkTag(placed, *placed.wire(kWire), true)->bounds);
    QVERIFY(!tag.contains(tag.center().x(), placed.wire("from.out -> near.in")->route.front().y()));
  }

  void aClickOnATagGoesToTheOtherOne() {
    Canvas canvas(linked());
    canvas.view.camera().setZoom(1);
    canvas.view.camera().lookAt({100, 40});
    QVERIFY(!canvas.view.rect().contains(tagAt(canvas, false)));
    canvas.click(tagAt(canvas, true));
    QVERIFY(canvas.view.rect().contains(tagAt(canvas, false)));
    QCOMPARE(canvas.document.selection(), Selection{kWire});
    canvas.key(Qt::Key_Return);
    QVERIFY(canvas.view.rect().contains(tagAt(canvas, true)));
    QVERIFY(canvas.document.undoLabel().isEmpty());
  }

  void theWholeWireIsShownWhileTheMouseIsOnATag() {
    Canvas canvas(linked());
    canvas.moveTo(tagAt(canvas, true));
    QCOMPARE(canvas.view.canvasScene().look().hovered, std::string(kWire));
    const Route whole = canvas.view.placed().wholeRoute(*canvas.view.placed().wire(kWire));
    QVERIFY(whole.size() >= 2);
  }

  void theEndOfALinkIsMovedByItsTag() {
    Canvas canvas(linked());
    canvas.view.zoomToFit();
    canvas.drag(tagAt(canvas, false), canvas.portOf("other", "in", false));
    QVERIFY(canvas.connected("from.out -> other.in"));
    QVERIFY(layoutOfWire(canvas.document.topology(), "from.out -> other.in").link);
  }

  void aCommandTurnsWiresIntoLinksAndBack() {
    Canvas canvas(linked());
    canvas.document.select({kWire, "from.out -> near.in"});
    canvas.view.commands().toggleLinks();
    QVERIFY(layoutOfWire(canvas.document.topology(), "from.out -> near.in").link);
    canvas.view.commands().toggleLinks();
    QVERIFY(canvas.view.placed().picture().links.empty());
    QVERIFY(!canvas.view.placed().wire(kWire)->route.empty());
  }

  void keysReachALink() {
    Canvas canvas(linked());
    canvas.document.select({"far"});
    canvas.key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(canvas.document.selection(), Selection{kWire});
  }
};

WEIR_TEST(LinksTest)
#include "links_test.moc"
