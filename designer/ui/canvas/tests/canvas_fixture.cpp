#include "designer/ui/canvas/tests/canvas_fixture.hpp"

#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QMimeData>
#include <random>

#include "core/catalog/parse_manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/places.hpp"

namespace weir::designer::testing {

namespace {

std::string contentsOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("%s cannot be read", qPrintable(path));
  return file.readAll().toStdString();
}

}  // namespace

CatalogRef shippedCatalog() {
  auto catalog = std::make_shared<catalog::Catalog>();
  const QDir plugins(weir::places::inRepository("plugins"));
  for (const QString& name : plugins.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    const QString file = plugins.filePath(name + "/plugin.json");
    if (!QFile::exists(file)) continue;
    Result<catalog::Manifest> manifest = catalog::parseManifest(contentsOf(file));
    if (!manifest) qFatal("%s: %s", qPrintable(file), manifest.error().message.c_str());
    if (!catalog->add({std::move(*manifest), file.toStdString()})) qFatal("two of one name");
  }
  return catalog;
}

topology::Topology grouped() {
  return group(shippedTopology("orders_per_minute_by_region.weir"), {"orders", "per_minute"}, "Both").after;
}

topology::Topology topologyOf(const std::string& text) {
  topology::ReadOutcome outcome = topology::readTopology(text);
  if (!outcome.topology || hasErrors(outcome.problems)) qFatal("%s", problemsText(outcome.problems, "test").c_str());
  return std::move(*outcome.topology);
}

topology::Topology shippedTopology(const std::string& name) {
  return topologyOf(contentsOf(weir::places::inRepository("topologies/") + QString::fromStdString(name)));
}

topology::Topology generated(int nodes, unsigned seed) {
  std::mt19937 random(seed);
  constexpr int kRows = 50;
  topology::Topology out;
  out.name.value = "generated";
  drawing::Layout& layout = out.layout;
  std::vector<std::pair<std::string, Point>> positions;
  for (int i = 0; i < nodes; ++i) {
    topology::Node node;
    node.id.value = "node_" + std::to_string(i);
    node.use.value = i < kRows ? "file.source" : i % 5 == 0 ? "window.tumbling" : "std.filter";
    if (i >= kRows) {
      node.params.set("where", json::Value::text("amount > " + std::to_string(i)));
      const int from = i - kRows - static_cast<int>(random() % 3);
      const auto add = [&](int source) {
        if (source < 0 || source >= i) return;
        out.edges.emplace_back(
            topology::Edge{{"node_" + std::to_string(source) + ".out", {}}, {node.id.value + ".in", {}}, {}});
      };
      add(std::max(from, 0));
      if (random() % 3 == 0) add(i - kRows + 2);
    }
    const int column = i / kRows;
    positions.emplace_back(node.id.value, Point{column * 320.0, (i % kRows) * 128.0});
    out.nodes.emplace_back(std::move(node));
  }
  drawing::setPositions(layout, positions);
  return out;
}

Canvas::Canvas(topology::Topology topology, QSize size) : document(std::move(topology)), view(document) {
  view.setReducedMotion(true);
  view.setCatalog(shippedCatalog());
  view.resize(size);
  view.show();
  view.activateWindow();
  view.setFocus();
  if (!QTest::qWaitForWindowActive(&view)) qFatal("the window does not come up");
}

QPoint Canvas::middleOf(const std::string& id) const {
  if (const PlacedWire* const wire = view.placed().wire(id)) return view.mapFromScene(designer::middleOf(wire->route));
  const std::optional<QRectF> rect = view.placed().rectOf(id);
  if (!rect) qFatal("there is no %s", id.c_str());
  return view.mapFromScene(rect->center());
}

QPoint Canvas::portOf(const std::string& node, const std::string& port, bool output) const {
  return view.mapFromScene(view.placed().pointOf({node, port, output}));
}

Point Canvas::at(const std::string& id) const {
  return positionOf(document.topology(), id).value_or(Point{-1, -1});
}

bool Canvas::connected(const std::string& wire) const {
  return isThere(document.topology(), wire);
}

void Canvas::press(QPoint at, Qt::KeyboardModifiers keys) {
  pointer::press(*view.viewport(), at, {.keys = keys});
}

void Canvas::moveTo(QPoint at, Qt::KeyboardModifiers keys) {
  pointer::moveTo(*view.viewport(), at, {.keys = keys});
}

void Canvas::release(QPoint at, Qt::KeyboardModifiers keys) {
  pointer::release(*view.viewport(), at, {.keys = keys});
}

void Canvas::drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys) {
  pointer::drag(*view.viewport(), from, to, {.keys = keys});
}

QPoint Canvas::holdOver(const std::string& dragged, const std::string& target) {
  const QPoint from = middleOf(dragged);
  const QPoint to = middleOf(target);
  press(from);
  moveTo((from + to) / 2);
  moveTo(to);
  return to;
}

void Canvas::dragFromPalette(const char* use, QPoint to, QEvent::Type last) {
  QMimeData data;
  data.setData(kOperatorMimeType, use);
  QDragEnterEvent enter(to, Qt::CopyAction, &data, Qt::LeftButton, {});
  QApplication::sendEvent(view.viewport(), &enter);
  QDragMoveEvent move(to, Qt::CopyAction, &data, Qt::LeftButton, {});
  QApplication::sendEvent(view.viewport(), &move);
  if (last == QEvent::DragLeave) {
    QDragLeaveEvent leave;
    QApplication::sendEvent(view.viewport(), &leave);
  } else {
    QDropEvent drop(to, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(view.viewport(), &drop);
  }
}

void Canvas::click(QPoint at, Qt::KeyboardModifiers keys) {
  pointer::click(*view.viewport(), at, {.keys = keys});
}

void Canvas::key(int key, Qt::KeyboardModifiers keys) {
  QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &view,
                  static_cast<Qt::Key>(key), keys);
}

void Canvas::check() {
  view.setChecked(
      std::make_shared<const topology::CheckOutcome>(topology::check(document.topology(), *view.catalog(), {})));
}

}  // namespace weir::designer::testing
