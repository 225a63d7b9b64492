// The canvas in its states, compared with pictures in baselines/. How to renew them: baseline.hpp.
#include "designer/ui/canvas/tests/baseline.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;
using weir::designer::testing::differenceFromBaseline;

namespace {

// Every kind and state, as on a page of samples.
constexpr const char* kStates = R"json({"weir": 1, "name": "states",
  "nodes": [
    {"id": "orders", "use": "file.source", "params": {"path": "orders.ndjson", "format": "json.json",
      "schema": [{"name": "region", "type": "string"}, {"name": "amount", "type": "float64"},
                 {"name": "ts", "type": "timestamp"}], "event_time": {"field": "ts", "disorder": "5s"}}},
    {"id": "count_by_region", "use": "window.tumbling", "params": {"group_by": ["regoin"], "size": "1m",
      "aggregates": [{"name": "orders", "function": "count"}]}},
    {"id": "late_rows", "use": "file.sink", "params": {"path": "late.ndjson", "format": "json.json"}},
    {"id": "large_orders", "use": "std.filter", "params": {"where": "amount > 100 and region in ('eu', 'us')"}},
    {"id": "a_filter_with_a_name_that_is_much_too_long_for_a_node", "use": "std.filter", "params": {}},
    {"id": "locate_city", "use": "geo.locate", "params": {"field": "ip"}},
    {"id": "inside_one", "use": "std.filter", "params": {"where": "amount > 1"}},
    {"id": "inside_two", "use": "std.filter", "params": {"where": "amount > 2"}}],
  "topics": [{"id": "result", "topic": "orders-per-minute-by-region", "partitions": 4, "key": "region",
              "retention": "7d"}],
  "groups": [{"id": "counting", "name": "Count per minute", "nodes": ["orders", "count_by_region"]},
             {"id": "folded", "name": "Folded away", "nodes": ["inside_one", "inside_two"]}],
  "edges": [{"from": "orders.out", "to": "count_by_region.in"}, {"from": "count_by_region.out", "to": "result"},
            {"from": "count_by_region.late", "to": "late_rows.in"}, {"from": "locate_city.out", "to": "large_orders.in"},
            {"from": "large_orders.out", "to": "inside_one.in"}, {"from": "inside_one.out", "to": "inside_two.in"}],
  "layout": {"orders": {"x": 0, "y": 0}, "count_by_region": {"x": 320, "y": 0}, "result": {"x": 640, "y": 0},
    "late_rows": {"x": 640, "y": 144}, "locate_city": {"x": 0, "y": 288}, "large_orders": {"x": 320, "y": 296},
    "a_filter_with_a_name_that_is_much_too_long_for_a_node": {"x": 0, "y": 152},
    "inside_one": {"x": 700, "y": 296}, "inside_two": {"x": 900, "y": 296},
    "folded": {"x": 640, "y": 296, "collapsed": true},
    "#1": {"x": 320, "y": 160, "width": 240, "text": "Orders that come after their window has closed go to a file, as they were."}}})json";

constexpr const char* kBentWires = R"json({"weir": 1, "name": "bends",
  "nodes": [{"id": "orders", "use": "file.source"}, {"id": "large", "use": "std.filter"}, {"id": "net", "use": "std.filter"},
    {"id": "per_minute_and_region", "use": "window.tumbling"}, {"id": "late", "use": "file.sink"}, {"id": "all", "use": "file.sink"}],
  "edges": [{"from": "orders.out", "to": "large.in"}, {"from": "orders.out", "to": "net.in"}, {"from": "orders.out", "to": "all.in"},
    {"from": "orders.out", "to": "per_minute_and_region.in"}, {"from": "per_minute_and_region.late", "to": "late.in"}],
  "layout": {"orders": {"x": 0, "y": 120}, "large": {"x": 360, "y": 0}, "net": {"x": 360, "y": 240},
    "per_minute_and_region": {"x": 760, "y": 0}, "late": {"x": 1160, "y": 0}, "all": {"x": 1160, "y": 240},
    "orders.out -> net.in": {"bends": [[280, 300], [640, 200], [320, 376]]}, "orders.out -> all.in": {"link": true},
    "orders.out -> per_minute_and_region.in": {"link": true},
    "per_minute_and_region.late -> late.in": {"link": true}}})json";

constexpr const char* kFailingWire = "locate_city.out -> large_orders.in";

// What the checks say, and that a wire cannot be.
void check(Canvas& canvas) {
  topology::CheckOutcome outcome = topology::check(canvas.document.topology(), *canvas.view.catalog(), {});
  topology::Problem& wire = outcome.problems.emplace_back();
  wire.severity = topology::Severity::Error;
  wire.edge = kFailingWire;
  canvas.view.setChecked(std::make_shared<const topology::CheckOutcome>(std::move(outcome)));
}

QImage painted(Canvas& canvas) {
  do {
    QCoreApplication::processEvents();
  } while (canvas.view.canvasScene().unfinished());
  return canvas.view.grab().toImage();
}

}  // namespace

class LookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theCanvasLooksAsBefore_data();
  void theCanvasLooksAsBefore();
};

void LookTest::theCanvasLooksAsBefore_data() {
  QTest::addColumn<int>("scheme");
  QTest::newRow("light") << int(ColorScheme::Light);
  QTest::newRow("dark") << int(ColorScheme::Dark);
}

void LookTest::theCanvasLooksAsBefore() {
  QFETCH(int, scheme);
  applyTheme(static_cast<ColorScheme>(scheme));
  Canvas canvas(testing::topologyOf(kStates), {1000, 560});
  QCOMPARE(canvas.view.devicePixelRatio(), 1.0);
  QStringList said;
  const auto compare = [&](const char* name) {
    said += differenceFromBaseline(painted(canvas), QStringLiteral("%1-%2").arg(name, QTest::currentDataTag()));
  };
  check(canvas);
  canvas.document.select({"count_by_region"});
  canvas.view.camera().zoomToHundred();
  compare("states");

  const QPoint port = canvas.portOf("large_orders", "out", true);
  canvas.press(port);
  canvas.moveTo(port + QPoint(60, 70));
  compare("wiring");
  canvas.view.cancelGesture();

  canvas.view.resize(560, 320);
  canvas.document.select({"large_orders", "#1", "count_by_region.late -> late_rows.in"});
  canvas.view.navigation().goTo(Direction::Left);
  canvas.view.camera().setZoom(0.5);
  canvas.view.camera().lookAt(canvas.view.placed().bounds().center());
  compare("names");
  canvas.view.camera().setZoom(0.25);
  compare("overview");

  Canvas bends(testing::topologyOf(kBentWires), {1440, 480});
  topology::CheckOutcome outcome;
  outcome.problems.emplace_back().edge = "orders.out -> all.in";
  bends.view.setChecked(std::make_shared<const topology::CheckOutcome>(std::move(outcome)));
  bends.document.select({"orders.out -> net.in"});
  bends.view.camera().zoomToHundred();
  bends.view.camera().lookAt({680, 200});
  said += differenceFromBaseline(painted(bends), QStringLiteral("bends-%1").arg(QTest::currentDataTag()));
  said.removeAll(QString());
  QVERIFY2(said.isEmpty(), qPrintable(said.join("\n")));
}

WEIR_TEST(LookTest)
#include "look_test.moc"
