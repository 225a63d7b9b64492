#include "designer/model/edits/bends.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <unordered_set>

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

// Visits the wires of which the layout says something, with the ids of the nodes at their ends.
template <typename Visit>
void eachWire(const drawing::Layout& layout, const Visit& visit) {
  for (const auto& entry : layout) {
    if (!drawing::isWireId(entry->id)) continue;
    const std::optional<topology::Edge> edge = topology::edgeOfId(entry->id);
    if (edge) visit(*entry, std::string(endOf(edge->from.value).node), std::string(endOf(edge->to.value).node));
  }
}

bool isWire(const topology::Topology& topology, const std::string& id) {
  return drawing::isWireId(id) && isThere(topology, id);
}

}  // namespace

drawing::WireLayout layoutOfWire(const topology::Topology& topology, const std::string& wire) {
  const topology::LayoutEntry* const entry = drawing::LayoutIndex(topology.layout).entry(wire);
  return entry == nullptr ? drawing::WireLayout{} : drawing::wireLayoutOf(*entry);
}

Edit setBends(const topology::Topology& topology, const std::string& wire, std::vector<Point> bends) {
  Edit edit{Words::tr("Bend a wire"), topology, {}, {}};
  drawing::WireLayout layout = layoutOfWire(topology, wire);
  layout.bends = std::move(bends);
  drawing::setWireLayout(edit.after.layout, wire, layout);
  return edit;
}

Edit removeBend(const topology::Topology& topology, const std::string& wire, std::size_t index) {
  std::vector<Point> bends = layoutOfWire(topology, wire).bends;
  if (index < bends.size()) bends.erase(bends.begin() + static_cast<std::ptrdiff_t>(index));
  Edit edit = setBends(topology, wire, std::move(bends));
  edit.label = Words::tr("Remove a bend");
  return edit;
}

Edit straighten(const topology::Topology& topology, const Selection& ids) {
  Edit edit{Words::tr("Straighten"), topology, {}, {}};
  for (const std::string& id : ids) {
    if (isWire(topology, id)) edit.after.layout = setBends(edit.after, id, {}).after.layout;
  }
  return edit;
}

Edit setLinks(const topology::Topology& topology, const Selection& ids, bool links) {
  Edit edit{links ? Words::tr("Show as a link") : Words::tr("Show as a wire"), topology, {}, {}};
  for (const std::string& id : ids) {
    if (!isWire(topology, id)) continue;
    drawing::WireLayout layout = layoutOfWire(topology, id);
    layout.link = links;
    drawing::setWireLayout(edit.after.layout, id, layout);
  }
  return edit;
}

Edit detach(const topology::Topology& topology, const Selection& wires) {
  Edit edit = removeParts(topology, wires, Heal::No);
  edit.label = Words::tr("Detach");
  edit.selection.reset();
  return edit;
}

void moveBends(topology::Topology& topology, const Positions& positions) {
  if (positions.size() < 2) return;  // mostly, and once for each step of a drag
  const drawing::LayoutIndex places(topology.layout);
  std::vector<std::pair<std::string, drawing::WireLayout>> moved;
  eachWire(topology.layout, [&](const topology::LayoutEntry& entry, const std::string& from, const std::string& to) {
    const auto fromNow = positions.find(from);
    const auto toNow = positions.find(to);
    if (fromNow == positions.end() || toNow == positions.end()) return;
    drawing::WireLayout wire = drawing::wireLayoutOf(entry);
    const std::optional<Point> fromBefore = places.place(from).at;
    const std::optional<Point> toBefore = places.place(to).at;
    if (wire.bends.empty() || !fromBefore || !toBefore) return;
    const Point by = fromNow->second - *fromBefore;
    if (by == Point{} || by != toNow->second - *toBefore) return;
    for (Point& bend : wire.bends) bend = bend + by;
    moved.emplace_back(entry.id, std::move(wire));
  });
  for (const auto& [id, wire] : moved) drawing::setWireLayout(topology.layout, id, wire);
}

void dropBends(topology::Topology& topology, const Positions& moved) {
  std::vector<std::string> bent;
  eachWire(topology.layout, [&](const topology::LayoutEntry& entry, const std::string& from, const std::string& to) {
    if (moved.contains(from) || moved.contains(to)) bent.push_back(entry.id);
  });
  for (const std::string& wire : bent) topology.layout = setBends(topology, wire, {}).after.layout;
}

void dropLostWires(topology::Topology& topology, const topology::Topology& before) {
  std::unordered_set<std::string> known;
  eachWire(topology.layout,
           [&](const topology::LayoutEntry& entry, const std::string&, const std::string&) { known.insert(entry.id); });
  if (known.empty()) return;
  std::unordered_set<std::string> lost;
  for (const auto& edge : before.edges) {
    if (std::string id = edgeId(*edge); known.contains(id)) lost.insert(std::move(id));
  }
  for (const auto& edge : topology.edges) lost.erase(edgeId(*edge));
  std::erase_if(topology.layout, [&](const auto& entry) { return lost.contains(entry->id); });
}

void renameWire(topology::Topology& topology, const std::string& from, const std::string& to) {
  for (auto& part : topology.layout) {
    if (part->id == from) part = topology::LayoutEntry{to, part->value};
  }
}

}  // namespace weir::designer
