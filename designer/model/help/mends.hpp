// What can be done where two ports are to be connected whose columns do not fit.
#pragma once

#include <QString>
#include <vector>

#include "designer/model/edits/edits.hpp"
#include "designer/model/help/wiring.hpp"

namespace weir::designer {

struct Mend {
  QString title;
  Edit edit;
  std::string between;  // a node that converts, where one is put into the wire
};

// Each connects the ports and mends something: settings of the node at the wire's end, or a node between. It has been
// tried: less is wrong after it. The last one connects all the same. `topology` has no such wire yet, `connected` has
// it and nothing more.
std::vector<Mend> mendsFor(const topology::Topology& topology, const catalog::Catalog& catalog,
                           const topology::CheckOutcome& checked, const PortRef& from, const PortRef& to,
                           const Edit& connected);

}  // namespace weir::designer
