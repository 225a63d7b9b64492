// What may be connected, and what is offered where a wire is dropped on empty canvas.
#pragma once

#include <QString>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/help/palette.hpp"

namespace weir::designer {

// A port of a node or topic of the topology; `port` is empty for a topic.
struct PortRef {
  std::string node;
  std::string port;
  bool output = false;

  std::string end() const { return port.empty() ? node : node + "." + port; }
  friend bool operator==(const PortRef&, const PortRef&) = default;
};

// Where a wire from a port may end: asks for many ports at once. `topology` and `catalog` must outlive it.
class Wiring {
 public:
  Wiring(const topology::Topology& topology, const catalog::Catalog& catalog, PortRef port);

  // Why no wire may go between the two; empty when it may.
  QString whyNot(const PortRef& other) const;

 private:
  const topology::Topology& topology_;
  const catalog::Catalog& catalog_;
  PortRef port_;
  std::set<std::string_view> ahead_;   // nodes that are reached along wires, its own too
  std::set<std::string_view> behind_;  // nodes from which it is reached
  std::set<std::string_view> ends_;    // to which there is a wire already
};

// The same for one pair, given in any order.
QString whyNot(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& one,
               const PortRef& other);

struct Offer {
  PaletteEntry entry;
  std::string port;    // of the new node, that the wire is connected to
  json::Value params;  // drafted from what was typed
};

// What fits the port, most likely first, for the words typed. A clause drafts the node: "where amount > 100" offers a
// filter with that condition.
std::vector<Offer> offersFor(const topology::Topology& topology, const std::vector<PaletteEntry>& palette,
                             const PortRef& port, const QString& typed);

// Adds the offered node at `at` and connects it.
Edit acceptOffer(const topology::Topology& topology, const Offer& offer, const PortRef& port, Point at);

// The ports through which a node can stand in a wire: its only data input and its first data output.
struct ThroughPorts {
  std::string input;
  std::string output;
};
std::optional<ThroughPorts> throughPorts(const catalog::OperatorSpec& spec);

}  // namespace weir::designer
