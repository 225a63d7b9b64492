// The topologies that come with the designer: examples and templates.
#pragma once

#include <QString>
#include <vector>

#include "designer/model/service/open_topology.hpp"

namespace weir::designer {

struct Example {
  QString file;  // in the resources
  QString title;
};

Example ordersExample();
Example flightsExample();
std::vector<Example> templates();

// As an untitled copy.
OpenTopology::Start startFrom(const Example& example);
// With nothing in it.
OpenTopology::Start emptyStart();

}  // namespace weir::designer
