#include "designer/ui/workbench/examples.hpp"

#include <QCoreApplication>
#include <QFile>

// Of a static library: nobody else links it.
static void linkTopologies() {
  Q_INIT_RESOURCE(topologies);
}

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Examples)
};

}  // namespace

Example ordersExample() {
  return {":/topologies/orders_per_minute_by_region.weir", Words::tr("Orders per minute by region")};
}

Example flightsExample() {
  return {":/topologies/flight_departures.weir", Words::tr("Flight departures")};
}

std::vector<Example> templates() {
  return {{":/topologies/templates/count_per_window.weir", Words::tr("Count events per window")},
          {":/topologies/templates/filter_and_reshape.weir", Words::tr("Filter and reshape rows")},
          {":/topologies/templates/topic_between.weir", Words::tr("A topic between two parts")}};
}

OpenTopology::Start startFrom(const Example& example) {
  linkTopologies();
  Result<OpenedFile> opened = openFile(example.file);
  return opened ? OpenTopology::Start{std::move(opened->topology), {}, {}} : emptyStart();
}

OpenTopology::Start emptyStart() {
  topology::Topology topology;
  topology.name.value = kUntitled;
  return {std::move(topology), {}, {}};
}

}  // namespace weir::designer
