// What is offered where a wire is dropped on empty canvas, and behind a node.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "designer/model/edits/edits.hpp"
#include "designer/model/help/palette.hpp"
#include "designer/model/help/wiring.hpp"

namespace weir::designer {

struct Offer {
  PaletteEntry entry;
  std::optional<std::string> port;  // of the new node, that the wire is connected to; nothing: there is none
  json::Value params;               // drafted from what was typed
};

enum class Unfit : bool { LeftOut, Last };  // what has no port for the wire

// What fits the port, most likely first, for the words typed. A clause drafts the node: "where amount > 100" offers a
// filter with that condition. Without a port: everything, and nothing is connected. `recent` as in searched().
std::vector<Offer> offersFor(const topology::Topology& topology, const std::vector<PaletteEntry>& palette,
                             const std::optional<PortRef>& port, const QString& typed, Unfit unfit = Unfit::LeftOut,
                             const QStringList& recent = {});

// Adds the offered node at `at` and connects it, if it has a port for that.
Edit acceptOffer(const topology::Topology& topology, const Offer& offer, const std::optional<PortRef>& port, Point at);

}  // namespace weir::designer
