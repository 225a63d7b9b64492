// Putting a node into a wire by dropping it there.
#pragma once

#include <QRectF>
#include <optional>
#include <string>
#include <vector>

#include "designer/model/edits/edit.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// Whether a node may be put into wires at all: it has a way through, and nothing is connected there yet.
bool mayBeSpliced(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& node);

// The wires as they were when a drag began: they go out of the way of what is dragged.
class SpliceTargets {
 public:
  explicit SpliceTargets(const CanvasScene& scene);

  // The wire under the middle of a rectangle into which a node of `use` fits; empty: none. `node` is empty for one that
  // is not in the topology yet.
  std::string under(const QRectF& rect, const std::string& node, const std::string& use);

 private:
  struct Wire {
    PortRef from;
    PortRef to;
    std::string id;
    Route route;
    QRectF bounds;
    std::optional<bool> fits;  // once it is known
  };
  bool fitsInto(const Wire& wire, const std::string& use) const;

  Snapshot snapshot_;
  CatalogRef catalog_;
  std::vector<Wire> wires_;
};

// `topology` has the node already.
std::optional<Edit> spliced(const topology::Topology& topology, const catalog::Catalog& catalog,
                            const std::string& wire, const std::string& node);

// A topic is a node of kTopicUse.
std::string useOf(const topology::Topology& topology, const std::string& node);

}  // namespace weir::designer
