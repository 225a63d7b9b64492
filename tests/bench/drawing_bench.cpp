// Measures what the designer's topology costs without a screen: layout, pictures, routes. Prints one line of JSON.
//
// usage: bench_drawing
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "core/catalog/parse_manifest.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace {

using namespace weir;           // NOLINT: a program of its own
using namespace weir::drawing;  // NOLINT

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

// A number below `limit` from a fixed sequence.
std::size_t below(std::size_t limit) {
  static std::uint64_t state = 1;
  state = state * 6364136223846793005U + 1442695040888963407U;
  return static_cast<std::size_t>(state >> 33U) % limit;
}

// Pipelines of 40 columns that fork and join here and there: about 1.2 edges a node.
topology::Topology topologyOf(std::size_t nodes) {
  topology::Topology out;
  const std::size_t height = nodes / 40;
  for (std::size_t index = 0; index < nodes; ++index) {
    topology::Node node;
    node.id.value = "node_" + std::to_string(index);
    node.use.value = "std.filter";
    node.params.set("where", json::Value::text("amount > " + std::to_string(index)));
    out.nodes.emplace_back(std::move(node));
    const auto add = [&](std::size_t from) {
      topology::Edge edge;
      edge.from.value = "node_" + std::to_string(from) + ".out";
      edge.to.value = "node_" + std::to_string(index) + ".in";
      out.edges.emplace_back(std::move(edge));
    };
    if (index < height) continue;
    add(index - height);
    if (below(100) < 20) add((index / height - 1) * height + below(height));
  }
  return out;
}

// One pipeline in three has a group of five steps.
void addGroups(LayoutInput& graph, std::size_t height) {
  for (std::size_t pipeline = 0; pipeline < height; pipeline += 3) {
    std::vector<std::size_t>& members = graph.groups.emplace_back().nodes;
    for (std::size_t column = 4; column < 9; ++column) members.push_back(column * height + pipeline);
  }
}

const char* const kManifest =
    R"({"manifest_version":1,"plugin":"std","title":"t","version":"1","vendor":"v","licence":"l","operators":[)"
    R"({"id":"filter","kind":"processor","title":"Filter","summary":["{where}"],"inputs":[{"name":"in"}],)"
    R"("outputs":[{"name":"out"}],"params":[{"name":"where","type":"expression","required":true}]}]})";

}  // namespace

int main() {
  catalog::Catalog catalog;
  Result<catalog::Manifest> manifest = catalog::parseManifest(kManifest);
  if (!manifest || !catalog.add({std::move(*manifest), ""})) return EXIT_FAILURE;
  const InterMeasure measure;
  const PictureMaker maker(catalog, measure);
  std::string out = "{";
  for (const std::size_t nodes : {2'000, 10'000}) {
    topology::Topology topology = topologyOf(nodes);
    const std::string size = std::to_string(nodes / 1000) + "k";
    const auto say = [&](const char* what, double seconds) {
      char text[80];
      std::snprintf(text, sizeof(text), "%s\"%s_%s\": %.6f", out.size() > 1 ? ", " : "", what, size.c_str(), seconds);
      out += text;
    };
    topology::Topology opened = topology;
    say("placing", measured([&] { placeMissing(opened, maker); }));
    Picture picture;
    say("picture", measured([&] { picture = maker.make(topology, {}); }));
    const PictureLayout request = layoutOf(picture);
    std::optional<std::vector<Point>> places;
    say("layout", measured([&] { places = layOut(request.input); }));
    LayoutInput grouped = request.input;
    addGroups(grouped, nodes / 40);
    say("grouped", measured([&] { layOut(grouped); }));
    std::vector<std::pair<std::string, Point>> positions;
    for (std::size_t node = 0; node < places->size(); ++node)
      positions.emplace_back(request.ids[node], (*places)[node]);
    setPositions(topology.layout, positions);
    picture = maker.make(topology, {});
    PictureRouting routing = routingOf(picture);
    WireRouter router;
    router.setNodes(routing.nodes);
    router.setWires(routing.wires);
    say("routing", measured([&] { router.update(); }));
    // One step of a drag: a node in the middle, and the wires at it.
    const std::size_t dragged = nodes / 2;
    constexpr int kSteps = 20;
    say("drag", measured([&] {
                  for (int step = 0; step < kSteps; ++step) {
                    const Point by{8, step % 2 == 0 ? 8.0 : -8.0};
                    routing.nodes[dragged] = routing.nodes[dragged].moved(by);
                    router.setNode(dragged, routing.nodes[dragged]);
                    for (std::size_t wire = 0; wire < routing.wires.size(); ++wire) {
                      WireRequest& wired = routing.wires[wire];
                      if (wired.fromNode != dragged && wired.toNode != dragged) continue;
                      if (wired.fromNode == dragged) wired.from = wired.from + by;
                      if (wired.toNode == dragged) wired.to = wired.to + by;
                      router.setWire(wire, wired);
                    }
                    router.update();
                  }
                }) / kSteps);
    topology::Node changed = *topology.nodes[nodes / 2];
    changed.params.set("where", json::Value::text("amount > 0 and region = 'eu'"));
    topology.nodes[nodes / 2] = std::move(changed);
    say("edit", measured([&] { picture = maker.make(topology, {}, picture); }));
  }
  std::printf("%s}\n", out.c_str());
  return EXIT_SUCCESS;
}
