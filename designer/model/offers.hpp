// What may be connected, and what is offered where a wire is dropped on empty canvas.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "catalog/manifest.hpp"
#include "model/edits.hpp"
#include "model/palette.hpp"

namespace weir::designer {

// A port of a node or topic of the drawing; `port` is empty for a topic.
struct PortRef {
  std::string node;
  std::string port;
  bool output = false;

  std::string end() const { return port.empty() ? node : node + "." + port; }
  friend bool operator==(const PortRef&, const PortRef&) = default;
};

// Why no wire may go from one port to the other; empty when it may. The two may be given in any order.
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
