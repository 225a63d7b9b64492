#include "designer/model/edits/fragment.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <set>

#include "core/drawing/layout/free_room.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/frame_room.hpp"
#include "designer/model/edits/parameter_names.hpp"
#include "designer/model/edits/room.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

using Ids = std::map<std::string, std::string, std::less<>>;

std::string renamedEnd(const std::string& text, const Ids& ids) {
  const End end = endOf(text);
  const auto found = ids.find(end.node);
  const std::string node = found == ids.end() ? std::string(end.node) : found->second;
  return end.port.empty() ? node : node + "." + std::string(end.port);
}

// What was cut out goes on as what it was; of two copies one alone can.
void keepFreeFormerIds(topology::Node& node, const topology::Topology& all) {
  std::erase_if(node.was, [&](const topology::Text& was) { return freshId(all, was.value) != was.value; });
}
void keepFreeFormerIds(topology::Topic& topic, const topology::Topology& all) {
  std::vector<std::string> was = formerIds(topic);
  std::erase_if(was, [&](const std::string& id) { return freshId(all, id) != id; });
  setFormerIds(topic, was);
}
void keepFreeFormerIds(topology::Group&, const topology::Topology&) {}

// Adds `part` with a free id, which is remembered.
template <typename T>
void addRenamed(const topology::Part<T>& part, std::vector<topology::Part<T>>& to, const topology::Topology& all,
                Ids& ids) {
  T copy = *part;
  keepFreeFormerIds(copy, all);
  copy.id.value = freshId(all, part->id.value);
  ids.emplace(part->id.value, copy.id.value);
  to.emplace_back(std::move(copy));
}

// Bends have moved, too.
void addWireLayout(topology::Topology& to, const topology::LayoutEntry& entry, Point by, const Ids& ids) {
  std::optional<topology::Edge> edge = topology::edgeOfId(entry.id);
  if (!edge) return;
  const topology::Edge copy{{renamedEnd(edge->from.value, ids), {}}, {renamedEnd(edge->to.value, ids), {}}, {}};
  drawing::WireLayout wire = drawing::wireLayoutOf(entry);
  for (Point& bend : wire.bends) bend = bend + by;
  to.layout.emplace_back(topology::LayoutEntry{edgeId(copy), entry.value});
  drawing::setWireLayout(to.layout, edgeId(copy), wire);
}

// Entries with all their members; where they stand has moved.
void addLayout(topology::Topology& to, const drawing::Layout& copied, Point by, Ids& ids) {
  std::vector<std::pair<std::string, Point>> positions;
  for (const auto& entry : copied) {
    if (drawing::isWireId(entry->id)) addWireLayout(to, *entry, by, ids);
    if (drawing::isCommentId(entry->id)) ids.emplace(entry->id, drawing::freshCommentId(to.layout));
    const auto found = ids.find(entry->id);
    if (found == ids.end()) continue;
    drawing::removeEntry(to.layout, found->second);
    to.layout.emplace_back(topology::LayoutEntry{found->second, entry->value});
    if (const std::optional<Point> at = drawing::placeOf(&*entry).at) positions.emplace_back(found->second, *at + by);
  }
  drawing::setPositions(to.layout, positions);
}

// `copied` has a place for everything; `ids` tells what became of its parts.
Edit added(const topology::Topology& topology, topology::Topology copied, Point by, QString label, Ids& ids) {
  Edit edit{std::move(label), topology, {}, Selection{}};
  takeParameters(edit.after, copied);
  for (const auto& part : copied.nodes) addRenamed(part, edit.after.nodes, edit.after, ids);
  for (const auto& part : copied.topics) addRenamed(part, edit.after.topics, edit.after, ids);
  for (const auto& part : copied.groups) addRenamed(part, edit.after.groups, edit.after, ids);
  for (std::size_t group = topology.groups.size(); group < edit.after.groups.size(); ++group) {
    topology::Group renamed = *edit.after.groups[group];
    for (topology::Text& member : renamed.nodes) member.value = renamedEnd(member.value, ids);
    edit.after.groups[group] = std::move(renamed);
  }
  for (const auto& edge : copied.edges) {
    edit.after.edges.emplace_back(
        topology::Edge{{renamedEnd(edge->from.value, ids), {}}, {renamedEnd(edge->to.value, ids), {}}, {}});
  }
  addLayout(edit.after, copied.layout, by, ids);
  Selection copies;
  for (const auto& [from, to] : ids) copies.insert(to);
  edit.selection = withBoxes(edit.after, copies);
  return edit;
}

// How far parts have to move for their corner to come to a place, or below it where they cover nothing.
Point wayTo(Point at, std::vector<drawing::Rect> parts, const std::vector<drawing::Rect>& taken) {
  drawing::Rect all;
  for (const drawing::Rect& part : parts) all = all.united(part);
  const Point by = at - all.corner();
  for (drawing::Rect& part : parts) part = part.moved(by);
  return by + Point{0, drawing::downToFreeRoom(taken, parts)};
}

}  // namespace

topology::Topology cutOut(const topology::Topology& topology, const Selection& ids) {
  topology::Topology out;
  out.name.value = "copied";
  const Selection all = withMembers(topology, ids);
  const auto take = [&](const auto& from, auto& to) {
    for (const auto& part : from) {
      if (all.contains(std::string(partId(*part)))) to.push_back(part);
    }
  };
  take(topology.nodes, out.nodes);
  take(topology.topics, out.topics);
  take(topology.groups, out.groups);
  take(topology.layout, out.layout);
  for (const auto& edge : topology.edges) {
    if (all.contains(std::string(endOf(edge->from.value).node)) &&
        all.contains(std::string(endOf(edge->to.value).node))) {
      out.edges.push_back(edge);
    }
  }
  for (const auto& entry : topology.layout) {
    if (drawing::isWireId(entry->id) && isThere(out, entry->id)) out.layout.push_back(entry);
  }
  const std::set<std::string> names = parametersOf(out);
  for (const auto& parameter : topology.params) {
    if (names.contains(parameter->name.value)) out.params.push_back(parameter);
  }
  return out;
}

QString copiedText(const topology::Topology& topology, const Selection& ids, const catalog::Catalog& catalog) {
  return QString::fromStdString(topology::formatTopology(cutOut(topology, ids), catalog));
}

std::optional<Edit> paste(const topology::Topology& topology, const QString& text, Point at,
                          const Surroundings& around) {
  topology::ReadOutcome read = topology::readTopology(text.toStdString());
  if (!read.topology || topology::hasErrors(read.problems)) return std::nullopt;
  topology::Topology& copied = *read.topology;
  drawing::placeMissing(copied, around.maker);
  const std::string group = openGroupAt(around.shown, at);
  Selection outermost;
  const auto collect = [&](const auto& parts) {
    for (const auto& part : parts) {
      if (groupOf(copied, partId(*part)).empty()) outermost.insert(partId(*part));
    }
  };
  collect(copied.nodes);
  collect(copied.topics);
  collect(copied.groups);
  const Point by =
      wayTo(at, drawing::takenRoom(around.maker.make(copied, {})), drawing::takenRoom(around.shown, {group}));
  Ids ids;
  Edit edit = added(topology, std::move(copied), by, Words::tr("Paste"), ids);
  if (group.empty()) return edit;
  Memberships memberships;
  for (const std::string& id : outermost) memberships.emplace(ids.at(id), group);
  moveToGroups(edit.after, memberships);
  return withRoomForFrames(std::move(edit), around.shown, around.maker);
}

Edit duplicate(const topology::Topology& topology, const Selection& selected, const Surroundings& around) {
  topology::Topology copied = cutOut(topology, selected);
  const Selection taken = withMembers(topology, selected);
  drawing::placeMissing(copied, around.maker);
  Memberships memberships;
  std::set<std::string> groups;
  const auto remember = [&](const auto& parts) {
    for (const auto& part : parts) {
      const std::string group = groupOf(topology, partId(*part));
      if (group.empty() || taken.contains(group)) continue;
      memberships.emplace(partId(*part), group);
      groups.insert(group);
    }
  };
  remember(copied.nodes);
  remember(copied.topics);
  remember(copied.groups);
  const std::vector<drawing::Rect> parts = drawing::takenRoom(around.maker.make(copied, {}));
  drawing::Rect all;
  for (const drawing::Rect& part : parts) all = all.united(part);
  const Point by = wayTo(all.corner(), parts, drawing::takenRoom(around.shown, groups));
  Ids ids;
  Edit edit = added(topology, std::move(copied), by, Words::tr("Duplicate"), ids);
  Memberships ofCopies;
  for (const auto& [id, group] : memberships) ofCopies.emplace(ids.at(id), group);
  moveToGroups(edit.after, ofCopies);
  return withRoomForFrames(std::move(edit), around.shown, around.maker);
}

}  // namespace weir::designer
