// Makes edits. Pure functions: each reads a version of the topology and answers the next one with its label.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/drawing/picture/layout_block.hpp"
#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/problem.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

using drawing::Point;

// "a.out -> b.in": how selections, problems and quick fixes name a wire.
using topology::edgeId;

inline const std::string& partId(const topology::Node& node) {
  return node.id.value;
}
inline const std::string& partId(const topology::Topic& topic) {
  return topic.id.value;
}
inline const std::string& partId(const topology::Group& group) {
  return group.id.value;
}
inline const std::string& partId(const topology::LayoutEntry& entry) {
  return entry.id;
}
inline std::string partId(const topology::Edge& edge) {
  return edgeId(edge);
}

// Whether a node, topic, group, comment or wire of that id exists.
bool isThere(const topology::Topology& topology, std::string_view id);
// Leaves the others out of a selection.
void keepThere(const topology::Topology& topology, Selection& selection);

// A text as a name: characters that one cannot have become '_'.
std::string asName(std::string_view wanted);
// Of that name, or `wanted_2`, ... whatever no part has or had ("was").
std::string freshId(const topology::Topology& topology, std::string_view wanted);
// The ids that a node had before, as the file writes them; null: none.
json::Value formerIdsValue(const topology::Node& node);
// Those of a topic.
std::vector<std::string> formerIds(const topology::Topic& topic);
// With none it has no such member.
void setFormerIds(topology::Topic& topic, const std::vector<std::string>& ids);

// The node or topic that an end of an edge names, and its port; a topic has none.
struct End {
  std::string_view node;
  std::string_view port;
};
End endOf(std::string_view text);

// --- Nodes
// A node of operator `use`, or a topic when `use` is kTopicUse. Its id comes from the operator's.
inline constexpr std::string_view kTopicUse = "topic";
Edit addNode(const topology::Topology& topology, std::string_view use, Point at);

enum class Heal : bool { No, Yes };
// Removes nodes, topics, groups with all that is in them, comments and wires. Healing connects what came before a node
// with what comes after it.
Edit removeParts(const topology::Topology& topology, const Selection& ids, Heal heal);
Edit renameNode(const topology::Topology& topology, const std::string& id, const QString& name);
// Changes the id, everywhere it stands. What was saved under the old one says so ("was"), so that a home which knows it
// goes on; a topic keeps its name in the log. The error says why the new one cannot be taken.
Result<Edit> changeId(const topology::Topology& topology, const topology::Topology& saved, const std::string& id,
                      const std::string& to);

// Nodes, and those in groups among them, stop, or run again; all in one step.
Edit setDisabled(const topology::Topology& topology, const Selection& ids, bool disabled);
// Sets (or, with null, removes) a member: "params.size" of a node, "partitions" of a topic. Typing into one field is
// one step.
Result<Edit> setValue(const topology::Topology& topology, const std::string& target, const std::string& path,
                      json::Value value);
Result<Edit> applyFix(const topology::Topology& topology, const topology::QuickFix& fix);

// --- Wires
// Ends are "node.port" or a topic's id.
Edit connectPorts(const topology::Topology& topology, const std::string& from, const std::string& to);
// Moves an end of a wire to another port; in the file it stays where it is. A wire that is there already leaves one.
Edit reconnect(const topology::Topology& topology, const std::string& wire, const std::string& from,
               const std::string& to);
// Puts a node into a wire: what came along it goes into `input` and leaves through `output`. Where both ends are in a
// group it comes into that one.
Edit spliceIn(const topology::Topology& topology, const std::string& wire, const std::string& node,
              const std::string& input, const std::string& output);
// Takes a node out of its wires and connects its neighbours, and moves it.
Edit pullOut(const topology::Topology& topology, const std::string& node, Point to);

// --- Positions: logic stays as it is.
using Positions = std::map<std::string, Point, std::less<>>;
// One step for all moves with the same gesture; 0: a step of its own.
Edit movedTo(const topology::Topology& topology, const Positions& positions, const QString& label, int gesture = 0);
Edit setPinned(const topology::Topology& topology, const Selection& ids, bool pinned);
// Where a part stands; nothing: nowhere yet.
std::optional<Point> positionOf(const topology::Topology& topology, std::string_view id);

// --- Groups. Nodes, topics and groups are in one at most; one that loses its last member is gone.
// With all that is in the groups among them.
Selection withMembers(const topology::Topology& topology, Selection ids);
// Without what is in a group that is among them, too.
Selection withoutMembers(const topology::Topology& topology, const Selection& ids);
// With the box of a collapsed group in place of what it hides.
Selection withBoxes(const topology::Topology& topology, const Selection& ids);
// The group that something is in; empty: none.
std::string groupOf(const topology::Topology& topology, std::string_view id);
// The innermost group that all of them are in; empty: none.
std::string commonGroup(const topology::Topology& topology, const Selection& ids);
// The group of each node, topic or group from now on; empty: none. Others stay where they are, and so does a group that
// would come into itself.
using Memberships = std::map<std::string, std::string, std::less<>>;
void moveToGroups(topology::Topology& topology, const Memberships& memberships);
// Of nodes, topics and groups, in the group that they are all in. Where there is one group among them, the others come
// into that one.
Edit group(const topology::Topology& topology, const Selection& ids, const QString& name);
// Groups go, and what is in them comes into the ones around them; nodes and topics leave their group likewise.
Edit ungroup(const topology::Topology& topology, const Selection& ids);
Edit setCollapsed(const topology::Topology& topology, const std::string& group, bool collapsed);

// --- Comments
Edit addComment(const topology::Topology& topology, const QString& text, Point at);
Edit setComment(const topology::Topology& topology, const std::string& id, const QString& text);
// At least as wide as one can read.
Edit setCommentWidth(const topology::Topology& topology, const std::string& id, double width);
// The next colour that a comment may have, of all that are named; the first one decides.
Edit nextCommentColour(const topology::Topology& topology, const Selection& ids);

}  // namespace weir::designer
