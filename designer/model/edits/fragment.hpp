// Copy and paste as text that people can read: a topology file that holds only what was copied.
#pragma once

#include <QString>
#include <optional>

#include "core/catalog/manifest.hpp"
#include "core/drawing/picture/picture.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// Nodes, topics, groups with their members, and comments of the selection, the wires between them, the parameters that
// they refer to, and where they stand. The canonical text of a topology file.
QString copiedText(const topology::Topology& topology, const Selection& ids, const catalog::Catalog& catalog);

// What is there already, and how large what comes is.
struct Surroundings {
  const drawing::Picture& shown;  // of the topology
  const drawing::PictureMaker& maker;
};

// Adds what the text holds, with ids that are free, moved so that its corner comes to `at`, or to the first place below
// where it covers nothing; selected afterwards. At a place in the frame of a group it becomes a part of that, and what
// is beside the frame gives way. A parameter that is there with another value is added under another name. Nothing when
// the text is no topology.
std::optional<Edit> paste(const topology::Topology& topology, const QString& text, Point at,
                          const Surroundings& around);

// What `ids` name, as a topology of its own: what copiedText() is the text of.
topology::Topology cutOut(const topology::Topology& topology, const Selection& ids);

// Copies the selection below itself. The copy of a node is in its group.
Edit duplicate(const topology::Topology& topology, const Selection& ids, const Surroundings& around);

}  // namespace weir::designer
