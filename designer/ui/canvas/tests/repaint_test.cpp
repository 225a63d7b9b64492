// After an edit only what it changed is painted: the window must show what painting everything would show.
#include <QScreen>
#include <random>

#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

class RepaintTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void theWindowShowsWhatIsThere_data();
  void theWindowShowsWhatIsThere();
};

void RepaintTest::theWindowShowsWhatIsThere_data() {
  QTest::addColumn<double>("zoom");
  QTest::newRow("all details") << 1.0;
  QTest::newRow("names") << 0.5;
  QTest::newRow("overview") << 0.3;
}

void RepaintTest::theWindowShowsWhatIsThere() {
  QFETCH(double, zoom);
  constexpr unsigned kSeed = 11;
  std::mt19937 random(kSeed);
  Canvas canvas(testing::generated(120, kSeed), {900, 700});
  canvas.view.camera().setZoom(zoom);
  canvas.view.camera().lookAt({400, 400});
  // The minimap follows later.
  const auto beside = [](const QPixmap& pixmap) {
    return pixmap.toImage().convertToFormat(QImage::Format_RGB32).copy(0, 0, 560, 560);
  };
  const auto somewhere = [&] { return Point{double(random() % 900), double(random() % 900)}; };
  for (int step = 0; step < 60; ++step) {
    const topology::Topology& now = canvas.document.topology();
    const std::string one = now.nodes[random() % now.nodes.size()]->id.value;
    const std::string other = now.nodes[random() % now.nodes.size()]->id.value;
    switch (random() % 7) {
      case 0: canvas.document.apply(removeParts(now, {one}, Heal::Yes)); break;
      case 1: canvas.document.apply(renameNode(now, one, QStringLiteral("Step %1").arg(step))); break;
      case 2: canvas.document.apply(connectPorts(now, one + ".out", other + ".in")); break;
      case 3: canvas.document.apply(addComment(now, "a comment\nin two lines", somewhere())); break;
      case 4: canvas.document.apply(group(now, {one, other}, "g")); break;
      case 5:
        if (now.groups.empty()) {
          canvas.document.undo();
        } else {
          canvas.document.apply(setCollapsed(now, now.groups.front()->id.value, random() % 2 == 0));
        }
        break;
      default: canvas.document.apply(movedTo(now, {{one, somewhere()}}, "m"));
    }
    do {
      QCoreApplication::processEvents();
    } while (canvas.view.canvasScene().unfinished());
    const QImage shown = beside(canvas.view.screen()->grabWindow(canvas.view.winId()));
    const QImage whole = beside(canvas.view.grab());
    QVERIFY2(shown == whole, qPrintable(QStringLiteral("step %1 of seed %2").arg(step).arg(kSeed)));
  }
}

WEIR_TEST(RepaintTest)
#include "repaint_test.moc"
