// Paints the canvas in its states into a folder, light and dark: to be looked at.
// Usage: canvas_pictures FOLDER
#include <QApplication>
#include <QDir>

#include "canvas_fixture.hpp"
#include "ui/theme/theme.hpp"

using namespace weir::designer;

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

void save(testing::Canvas& canvas, const QString& file) {
  QTest::qWait(0);
  if (!canvas.view.grab().save(file)) qFatal("%s cannot be written", qPrintable(file));
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (argc != 2) qFatal("usage: canvas_pictures FOLDER");
  const QDir folder(QString::fromLocal8Bit(argv[1]));
  for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
    applyTheme(scheme);
    const QString end = scheme == ColorScheme::Light ? QStringLiteral("light.png") : QStringLiteral("dark.png");
    testing::Canvas states(testing::topologyOf(kStates), {1000, 560});
    states.check();
    states.document.select({"count_by_region"});
    states.view.zoomToHundred();
    save(states, folder.filePath("states-" + end));
    states.document.select({"large_orders", "#1", "count_by_region.late -> late_rows.in"});
    states.view.goTo(Direction::Left);
    states.view.setZoom(0.5);
    save(states, folder.filePath("names-" + end));
    testing::Canvas orders(testing::shippedTopology("orders_per_minute_by_region.weir"), {1100, 300});
    orders.check();
    save(orders, folder.filePath("orders-" + end));
    testing::Canvas many(testing::generated(2000, 1), {1100, 600});
    many.view.setZoom(0.75);
    save(many, folder.filePath("many-" + end));
    states.view.zoomToHundred();
    states.press(states.portOf("large_orders", "out", true));
    states.moveTo(states.portOf("large_orders", "out", true) + QPoint(60, 70));
    save(states, folder.filePath("wiring-" + end));
    states.release(states.portOf("large_orders", "out", true) + QPoint(60, 70));
    save(states, folder.filePath("offers-" + end));
  }
  return 0;
}
