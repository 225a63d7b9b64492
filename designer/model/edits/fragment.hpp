// Copy and paste as text that people can read: a topology file that holds only what was copied.
#pragma once

#include <QString>
#include <optional>

#include "core/catalog/manifest.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// Nodes, topics, groups and comments of the selection, the wires between them, and where they stand. The canonical
// text of a topology file.
QString copiedText(const topology::Topology& topology, const Selection& ids, const catalog::Catalog& catalog);

// Adds what the text holds, with ids that are free, moved so that its corner comes to `at`; selected afterwards.
// Nothing when the text is no topology.
std::optional<Edit> paste(const topology::Topology& topology, const QString& text, Point at);

// Copies the selection beside itself.
Edit duplicate(const topology::Topology& topology, const Selection& ids);

}  // namespace weir::designer
