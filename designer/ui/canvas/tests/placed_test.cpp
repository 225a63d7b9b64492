// Placing a picture: only what is another one is placed again, and everything is found where it is.
#include <random>

#include "core/drawing/routing/wire_routing.hpp"
#include "designer/ui/canvas/paint/pixmap_cache.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

class PlacedTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void oneEditPlacesOneNodeAgain();
  void editsInAnyOrderPlaceWhatAFreshCanvasPlaces();
  void theLeastUsedPixmapsGo();
};

void PlacedTest::oneEditPlacesOneNodeAgain() {
  Canvas canvas(testing::generated(2000, 1));
  const std::uint64_t before = canvas.view.placed().placed();
  canvas.document.apply(renameNode(canvas.document.topology(), "node_700", "Another name"));
  QCOMPARE(canvas.view.placed().placed(), before + 1);
  QCOMPARE(canvas.view.placed().node("node_700")->picture->name, std::string("Another name"));
}

// Numbers of nodes and wires are used again: whatever was done, all must stand as on a canvas that was just opened.
void PlacedTest::editsInAnyOrderPlaceWhatAFreshCanvasPlaces() {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  Canvas canvas(testing::generated(120, kSeed));
  for (int step = 0; step < 150; ++step) {
    const topology::Topology& now = canvas.document.topology();
    const std::string one = now.nodes[random() % now.nodes.size()]->id.value;
    const std::string other = now.nodes[random() % now.nodes.size()]->id.value;
    switch (random() % 6) {
      case 0: canvas.document.apply(removeParts(now, {one}, Heal::Yes)); break;
      case 1:
        canvas.document.apply(addNode(now, "std.filter", {double(random() % 2000), double(random() % 2000)}));
        break;
      case 2:
        canvas.document.apply(movedTo(now, {{one, {double(random() % 2000), double(random() % 2000)}}}, "m"));
        break;
      case 3: canvas.document.apply(connectPorts(now, one + ".out", other + ".in")); break;
      case 4: canvas.document.apply(group(now, {one, other}, "g")); break;
      default:
        if (!now.groups.empty()) {
          const std::string id = now.groups[random() % now.groups.size()]->id.value;
          canvas.document.apply(setCollapsed(now, id, random() % 2 == 0));
        } else {
          canvas.document.undo();
        }
    }
  }
  Canvas fresh(canvas.document.topology());
  const PlacedPicture& placed = canvas.view.placed();
  const PlacedPicture& expected = fresh.view.placed();
  QCOMPARE(placed.nodes().size(), expected.nodes().size());
  QCOMPARE(placed.wires().size(), expected.wires().size());
  for (const auto& node : expected.picture().nodes) {
    QVERIFY(placed.node(node->id) != nullptr);
    QCOMPARE(placed.node(node->id)->rect, expected.node(node->id)->rect);
    QCOMPARE(placed.node(node->id)->hidingBox, expected.node(node->id)->hidingBox);
    QCOMPARE(nodeAt(placed, placed.node(node->id)->rect.center()), [&] {
      const drawing::NodePicture* const at = nodeAt(expected, placed.node(node->id)->rect.center());
      return at == nullptr ? nullptr : placed.node(at->id)->picture;
    }());
  }
  for (const auto& wire : expected.picture().wires) {
    const Route& route = placed.wire(wire->id)->route;
    const Route& same = expected.wire(wire->id)->route;
    QCOMPARE(route.empty(), same.empty());
    if (!route.empty()) QVERIFY(route.front() == same.front() && route.back() == same.back());
  }
}

void PlacedTest::theLeastUsedPixmapsGo() {
  PixmapCache cache(4 * 100 * 100 * 4);
  for (std::uint64_t key = 0; key < 4; ++key) cache.insert({key, 1}, QPixmap(100, 100));
  QVERIFY(cache.find({0, 1}) != nullptr);
  cache.insert({9, 1}, QPixmap(100, 100));
  QVERIFY(cache.find({0, 1}) != nullptr);
  QVERIFY(cache.find({1, 1}) == nullptr);
  QVERIFY(cache.bytes() <= 4 * 100 * 100 * 4);
}

WEIR_TEST(PlacedTest)
#include "placed_test.moc"
