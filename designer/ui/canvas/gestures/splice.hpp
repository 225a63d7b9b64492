// Putting a node into a wire by dropping it there.
#pragma once

#include <QRectF>
#include <optional>
#include <string>

#include "model/edit.hpp"
#include "ui/canvas/canvas_scene.hpp"

namespace weir::designer {

// Whether a node may be put into wires at all: it has a way through, and nothing is connected there yet.
bool mayBeSpliced(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& node);

// The wire under the middle of a rectangle into which a node of `use` fits; empty: none. `node` may be a node that is
// not in the drawing yet.
std::string wireToSplice(const CanvasScene& scene, const QRectF& rect, const std::string& node,
                         const std::string& use);

// `topology` has the node already.
std::optional<Edit> spliced(const topology::Topology& topology, const catalog::Catalog& catalog,
                            const std::string& wire, const std::string& node);

// A topic is a node of kTopicUse.
std::string useOf(const topology::Topology& topology, const std::string& node);

}  // namespace weir::designer
