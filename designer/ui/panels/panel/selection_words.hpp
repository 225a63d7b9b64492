// What is selected, in words.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

struct SelectionWords {
  std::string single;                // the one node, topic or group; empty: something else
  QString title;                     // "Topology", "3 nodes selected", "Wire"
  QString subtitle;                  // what they have in common, or where the wire goes
  QString hint;                      // what can be done here
  std::string wire;                  // the one wire; empty: something else
  std::vector<std::string> several;  // nodes and topics, where more than one part is selected
};

SelectionWords selectionWords(const topology::Topology& topology, const catalog::Catalog& catalog,
                              const Selection& selection);

// What a node or topic is called where people read it, as on the canvas.
QString shownName(const topology::Topology& topology, const std::string& id);

}  // namespace weir::designer
