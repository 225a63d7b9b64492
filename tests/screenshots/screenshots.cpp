// Every state of the designer as a picture: weir_screenshots FOLDER light|dark
//
// Runs without a screen (QT_QPA_PLATFORM=offscreen); QT_SCALE_FACTOR decides how many pixels a point has.
#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <cstdio>

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/places.hpp"
#include "tests/screenshots/scene.hpp"
#include "tests/screenshots/topologies.hpp"

using namespace weir::designer;  // NOLINT: a program of its own

namespace {

const QString kOrders = weir::places::inRepository("topologies/orders_per_minute_by_region.weir");
constexpr QSize kLargeSize(1600, 900);  // shows the words of four nodes in a row
const QString kFlights = weir::places::inRepository("topologies/flight_departures.weir");

void takeBeginning(Scene& scene) {
  scene.take("empty");
  scene.key(Qt::Key_A);
  scene.type("wind");
  scene.take("add");
  scene.key(Qt::Key_Escape);
}

void takeTopology(Scene& scene) {
  scene.open(kOrders);
  scene.window().resize(kLargeSize);
  scene.settle();
  scene.canvas().zoomToFit();
  scene.select("per_minute");
  scene.take("orders");
  scene.window().resize(kUsualSize);
  scene.settle();
  scene.canvas().zoomToFit();
  scene.inspector().tabs().setCurrentIndex(InspectorPanel::kSchema);
  scene.take("schema");
  scene.inspector().tabs().setCurrentIndex(InspectorPanel::kDocs);
  scene.take("docs");
  scene.inspector().tabs().setCurrentIndex(InspectorPanel::kProperties);
  scene.select("keyed");
  scene.inspector().editField("fields.0.expression");
  scene.take("expression");
  scene.canvas().setFocus();
}

void takeWiring(Scene& scene) {
  scene.open(kFlights);
  scene.take("flights");
  QWidget* const view = scene.canvas().viewport();
  const QPoint start = scene.portAt("flown", "out", true);
  pointer::press(*view, start);
  pointer::moveTo(*view, start + QPoint(20, 20));
  pointer::moveTo(*view, start + QPoint(60, 120));
  scene.take("wiring");
  pointer::release(*view, start + QPoint(60, 120));
  scene.type("where dep_delay > 60");
  scene.take("offers");
  scene.key(Qt::Key_Escape);
}

void takeProblems(Scene& scene) {
  scene.openText(kBroken);
  scene.window().dock(Side::Bottom).showPanel("problems");
  scene.select("per_minute");
  scene.take("problems");
  scene.select("locate_city");
  scene.take("missing-plugin");
  scene.window().actions().action("edit.find")->trigger();
  scene.type("is:error");
  scene.take("find");
  scene.key(Qt::Key_Escape);
  scene.key(Qt::Key_Escape);
}

// Forms are longer than the window.
void takeForm(Scene& scene, const std::string& id) {
  scene.select(id);
  scene.take("form-" + QString::fromStdString(id));
  for (QScrollArea* const area : scene.inspector().findChildren<QScrollArea*>()) {
    area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
  }
  scene.take("form-" + QString::fromStdString(id) + "-below");
}

void takeForms(Scene& scene) {
  scene.openText(kSettings);
  for (const char* const id : {"lines", "balances", "changes"}) takeForm(scene, id);
}

void takeGroups(Scene& scene) {
  scene.openText(kGrouped);
  scene.select("counting");
  scene.take("groups");
  scene.canvas().camera().setZoom(0.5);
  scene.take("names");
  scene.canvas().camera().setZoom(0.2);
  scene.take("overview");
  scene.canvas().zoomToFit();
}

void takeBends(Scene& scene) {
  scene.openText(kBent);
  scene.select("orders.out -> large.in");
  scene.canvas().camera().setZoom(0.75);  // where words show
  scene.canvas().camera().lookAt({345, 170});
  scene.take("bends");
}

void takeParts(Scene& scene) {
  scene.openText(kPart);
  scene.openText(kWithPart);
  // With the wire that turns at the right.
  scene.canvas().camera().lookAt(scene.canvas().camera().middle() + QPointF(48, 0));
  scene.select("cleaning");
  scene.take("parts");
  scene.select("late_rows");
  scene.take("disabled");
  scene.page().document().select({"orders", "late_rows"});
  scene.take("several");
}

void takeChanges(Scene& scene) {
  scene.open(kOrders);
  scene.select("per_minute");
  scene.inspector().editField("size");
  scene.key(Qt::Key_A, Qt::ControlModifier);
  scene.type("5m");
  scene.window().dock(Side::Bottom).showPanel("changes");
  scene.window().dock(Side::Left).showPanel("outline");
  scene.take("changes");
  scene.window().dock(Side::Bottom).showPanel("problems");
  scene.window().dock(Side::Left).showPanel("palette");
}

void takeDialogs(Scene& scene) {
  scene.canvas().setFocus();
  scene.window().actions().action("view.commands")->trigger();
  scene.type("align");
  scene.take("commands");
  scene.key(Qt::Key_Escape);
  scene.window().actions().action("help.shortcuts")->trigger();
  scene.take("shortcuts");
  scene.key(Qt::Key_Escape);
  scene.window().actions().action("file.settings")->trigger();
  scene.take("settings");
  scene.key(Qt::Key_Escape);
  scene.window().resize(1024, 680);
  scene.take("narrow");
}

}  // namespace

int main(int argc, char** argv) {
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  const QApplication application(argc, argv);
  const QStringList arguments = QApplication::arguments();
  if (arguments.size() < 3 || arguments.size() > 4 || !QDir().mkpath(arguments[1])) {
    std::fputs("usage: weir_screenshots FOLDER light|dark [LANGUAGE]\n", stderr);
    return 2;
  }
  Scene scene(arguments[2] == "dark" ? ThemeSetting::Dark : ThemeSetting::Light, arguments.value(3, "en"),
              QDir(arguments[1]));
  takeBeginning(scene);
  takeTopology(scene);
  takeWiring(scene);
  takeProblems(scene);
  takeForms(scene);
  takeGroups(scene);
  takeBends(scene);
  takeParts(scene);
  takeChanges(scene);
  takeDialogs(scene);
  return 0;
}
