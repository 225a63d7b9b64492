// Measures the designer's canvas without a screen, in processor time: frames while it is panned and zoomed, opening,
// and from an edit to the painted frame. Prints one line of JSON; times in seconds.
//
// usage: bench_canvas [PIXELS]   so many pixels of the device for a point; 1 if nothing is said
#include <QApplication>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/catalog/parse_manifest.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/theme/theme.hpp"

namespace {

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT

double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double measured(const std::function<void()>& work) {
  const double began = cpuSeconds();
  work();
  return cpuSeconds() - began;
}

const char* const kManifest =
    R"({"manifest_version":1,"plugin":"std","title":"t","version":"1","vendor":"v","licence":"l","operators":[)"
    R"({"id":"filter","kind":"processor","title":"Filter","summary":["{where}"],"inputs":[{"name":"in"}],)"
    R"("outputs":[{"name":"out"}],"params":[{"name":"where","type":"expression","required":true}]}]})";

// Columns of 50 nodes with about 1.3 wires a node, in the distances of the layout.
topology::Topology topologyOf(int nodes) {
  std::mt19937 random(1);
  constexpr int kRows = 50;
  topology::Topology out;
  std::vector<std::pair<std::string, Point>> positions;
  for (int index = 0; index < nodes; ++index) {
    topology::Node node;
    node.id.value = "node_" + std::to_string(index);
    node.use.value = "std.filter";
    node.params.set("where", json::Value::text("amount > " + std::to_string(index)));
    const int column = index / kRows;
    positions.emplace_back(node.id.value, Point{column * 320.0, (index % kRows) * 128.0});
    out.nodes.emplace_back(std::move(node));
    const auto add = [&](int from) {
      if (from < 0) return;
      topology::Edge edge;
      edge.from.value = "node_" + std::to_string(from) + ".out";
      edge.to.value = "node_" + std::to_string(index) + ".in";
      out.edges.emplace_back(std::move(edge));
    };
    if (index < kRows) continue;
    add(index - kRows);
    const int other = index / kRows * kRows - kRows + static_cast<int>(random() % kRows);
    if (random() % 10 < 3 && other != index - kRows) add(other);
  }
  drawing::setPositions(out.layout, positions);
  return out;
}

// The 95th of a hundred.
double worst(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() * 95 / 100];
}

double frame(CanvasView& view, const std::function<void()>& change) {
  return measured([&] {
    change();
    view.viewport()->repaint();
  });
}

// Until all is painted that the edit asked for.
double edited(const std::function<void()>& change) {
  return measured([&] {
    change();
    QCoreApplication::processEvents();
  });
}

double panned(CanvasView& view, double zoom) {
  constexpr int kFrames = 120;
  view.camera().setZoom(zoom);
  view.viewport()->repaint();
  std::vector<double> times;
  for (int i = 0; i < kFrames; ++i) {
    const QPoint by(static_cast<int>(32 * std::cos(i / 10.0)), static_cast<int>(24 * std::sin(i / 7.0)) - 16);
    times.push_back(frame(view, [&] { view.camera().panBy(by); }));
  }
  return worst(times);
}

double zoomed(CanvasView& view, double from, double to) {
  constexpr int kFrames = 120;
  view.camera().setZoom(from);
  view.viewport()->repaint();
  std::vector<double> times;
  for (int i = 1; i <= kFrames; ++i) {
    const double zoom = from * std::pow(to / from, static_cast<double>(i) / kFrames);
    times.push_back(frame(view, [&] { view.camera().setZoom(zoom); }));
  }
  return worst(times);
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_SCALE_FACTOR", argc > 1 ? argv[1] : "1");
  QApplication application(argc, argv);
  applyTheme(ColorScheme::Light);
  auto catalog = std::make_shared<catalog::Catalog>();
  Result<catalog::Manifest> manifest = catalog::parseManifest(kManifest);
  if (!manifest || !catalog->add({std::move(*manifest), ""})) return 1;
  std::string out = "{";
  for (const int nodes : {2'000, 10'000}) {
    const std::string size = std::to_string(nodes / 1000) + "k";
    const auto say = [&](const std::string& what, double seconds) {
      char text[80];
      std::snprintf(text, sizeof(text), "%s\"%s_%s\": %.6f", out.size() > 1 ? ", " : "", what.c_str(), size.c_str(),
                    seconds);
      out += text;
    };
    Document document(topologyOf(nodes));
    std::unique_ptr<CanvasView> view;
    say("open", measured([&] {
          view = std::make_unique<CanvasView>(document);
          view->setReducedMotion(true);
          view->setCatalog(catalog);
          view->resize(1920, 1080);
          view->show();
          QCoreApplication::processEvents();
          view->viewport()->repaint();
        }));
    const double fitted = view->camera().zoom();
    say("pan_fitted", panned(*view, fitted));
    view->camera().lookAt({3000, 3000});
    say("pan_full", panned(*view, 1));
    view->camera().lookAt({3000, 3000});
    say("pan_half", panned(*view, 0.5));
    view->camera().lookAt({3000, 3000});
    say("zoom", zoomed(*view, 1, fitted));
    view->camera().setZoom(1);
    view->locate(QStringLiteral("node_480"));
    document.select({});
    view->viewport()->repaint();
    QCoreApplication::processEvents();
    std::vector<double> edits;
    for (int i = 0; i < 100; ++i) {
      const QString name = QStringLiteral("Node %1").arg(i);
      edits.push_back(edited([&] { document.apply(renameNode(document.topology(), "node_480", name)); }));
    }
    say("rename", worst(edits));
    edits.clear();
    for (int i = 0; i < 100; ++i) {
      const Positions to{{"node_480", {2880.0 + i % 10 * 8, 3840.0 + i % 20 * 8}}};
      edits.push_back(edited([&] { document.apply(movedTo(document.topology(), to, "Move", 1)); }));
    }
    say("move", worst(edits));
    say("cache_megabytes", static_cast<double>(view->canvasScene().cachedBytes()) / (1 << 20));
  }
  std::printf("%s}\n", out.c_str());
  return 0;
}
