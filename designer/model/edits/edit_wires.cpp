// Edits of wires.
#include <QCoreApplication>
#include <algorithm>

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

void addOnce(topology::Topology& topology, const std::string& from, const std::string& to) {
  const topology::Edge edge{{from, {}}, {to, {}}, {}};
  const bool known =
      std::any_of(topology.edges.begin(), topology.edges.end(), [&](const auto& old) { return *old == edge; });
  if (!known) topology.edges.emplace_back(edge);
}

std::string portEnd(const std::string& node, const std::string& port) {
  return port.empty() ? node : node + "." + port;
}

}  // namespace

Edit connectPorts(const topology::Topology& topology, const std::string& from, const std::string& to) {
  Edit edit{Words::tr("Connect"), topology, {}, {}};
  addOnce(edit.after, from, to);
  return edit;
}

Edit reconnect(const topology::Topology& topology, const std::string& wire, const std::string& from,
               const std::string& to) {
  const topology::Edge moved{{from, {}}, {to, {}}, {}};
  Edit edit{Words::tr("Reconnect"), topology, {}, Selection{edgeId(moved)}};
  std::vector<topology::Part<topology::Edge>>& edges = edit.after.edges;
  const bool known = std::any_of(edges.begin(), edges.end(), [&](const auto& edge) { return *edge == moved; });
  const auto found = std::find_if(edges.begin(), edges.end(), [&](const auto& edge) { return edgeId(*edge) == wire; });
  if (found == edges.end() || **found == moved) return edit;
  if (known) {
    edges.erase(found);
    dropLostWires(edit.after, topology);
  } else {
    *found = moved;
    renameWire(edit.after, wire, edgeId(moved));
  }
  return edit;
}

Edit spliceIn(const topology::Topology& topology, const std::string& wire, const std::string& node,
              const std::string& input, const std::string& output) {
  Edit edit{Words::tr("Put into the wire"), topology, {}, Selection{node}};
  const auto found = std::find_if(edit.after.edges.begin(), edit.after.edges.end(),
                                  [&](const auto& edge) { return edgeId(*edge) == wire; });
  if (found == edit.after.edges.end()) return edit;
  const topology::Edge old = **found;
  // The new first half takes the old wire's place in the file.
  *found = topology::Edge{old.from, {portEnd(node, input), {}}, {}};
  addOnce(edit.after, portEnd(node, output), old.to.value);
  dropLostWires(edit.after, topology);
  const std::string around =
      commonGroup(topology, {std::string(endOf(old.from.value).node), std::string(endOf(old.to.value).node)});
  if (!around.empty()) moveToGroups(edit.after, {{node, around}});
  return edit;
}

Edit pullOut(const topology::Topology& topology, const std::string& node, Point to) {
  Edit healed = removeParts(topology, {node}, Heal::Yes);
  Edit edit{Words::tr("Pull out of its wires"), topology, {}, Selection{node}};
  edit.after.edges = std::move(healed.after.edges);
  dropLostWires(edit.after, topology);
  drawing::setPositions(edit.after.layout, {{node, to}});
  return edit;
}

}  // namespace weir::designer
