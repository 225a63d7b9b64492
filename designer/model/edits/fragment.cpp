#include "designer/model/edits/fragment.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "core/drawing/look/measures.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

using Ids = std::map<std::string, std::string, std::less<>>;

topology::Topology cutOut(const topology::Topology& topology, const Selection& ids) {
  topology::Topology out;
  out.name.value = "copied";
  const auto chosen = [&](std::string_view id) { return ids.contains(std::string(id)); };
  // A group that is copied takes its members with it.
  Selection all = ids;
  for (const auto& group : topology.groups) {
    if (!chosen(group->id.value)) continue;
    for (const topology::Text& node : group->nodes) all.insert(node.value);
  }
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
  return out;
}

drawing::Point cornerOf(const topology::Topology& topology) {
  std::optional<drawing::Point> corner;
  const drawing::LayoutIndex index(topology.layout);
  for (const auto& entry : topology.layout) {
    const std::optional<drawing::Point> at = index.place(entry->id).at;
    if (!at) continue;
    corner = corner ? drawing::Point{std::min(corner->x, at->x), std::min(corner->y, at->y)} : *at;
  }
  return corner.value_or(drawing::Point{});
}

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

Edit added(const topology::Topology& topology, const topology::Topology& copied, drawing::Point by, QString label) {
  Edit edit{std::move(label), topology, {}, Selection{}};
  Ids ids;
  for (const auto& part : copied.nodes) addRenamed(part, edit.after.nodes, edit.after, ids);
  for (const auto& part : copied.topics) addRenamed(part, edit.after.topics, edit.after, ids);
  for (const auto& part : copied.groups) {
    addRenamed(part, edit.after.groups, edit.after, ids);
    topology::Group renamed = *edit.after.groups.back();
    for (topology::Text& node : renamed.nodes) node.value = renamedEnd(node.value, ids);
    edit.after.groups.back() = std::move(renamed);
  }
  for (const auto& edge : copied.edges) {
    edit.after.edges.emplace_back(
        topology::Edge{{renamedEnd(edge->from.value, ids), {}}, {renamedEnd(edge->to.value, ids), {}}, {}});
  }
  const drawing::LayoutIndex index(copied.layout);
  for (const auto& [from, to] : ids) {
    drawing::Place place = index.place(from);
    edit.selection->insert(to);
    if (!place.at) continue;
    place.at = *place.at + by;
    drawing::setPlace(edit.after.layout, to, place);
  }
  for (drawing::Comment comment : index.comments()) {
    comment.id = drawing::freshCommentId(edit.after.layout);
    comment.at = comment.at + by;
    drawing::setComment(edit.after.layout, comment);
    edit.selection->insert(comment.id);
  }
  return edit;
}

}  // namespace

QString copiedText(const topology::Topology& topology, const Selection& ids, const catalog::Catalog& catalog) {
  return QString::fromStdString(topology::formatTopology(cutOut(topology, ids), catalog));
}

std::optional<Edit> paste(const topology::Topology& topology, const QString& text, Point at) {
  const topology::ReadOutcome read = topology::readTopology(text.toStdString());
  if (!read.topology || topology::hasErrors(read.problems)) return std::nullopt;
  return added(topology, *read.topology, at - cornerOf(*read.topology), Words::tr("Paste"));
}

Edit duplicate(const topology::Topology& topology, const Selection& ids) {
  const double beside = 4 * drawing::kGrid;
  return added(topology, cutOut(topology, ids), {beside, beside}, Words::tr("Duplicate"));
}

}  // namespace weir::designer
