#include "core/topology/model/former_ids.hpp"

#include <algorithm>
#include <set>

#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/reporter.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::topology {

namespace {

constexpr std::string_view kWas = "was";

std::vector<Text> formerIdsOf(const Node& node) {
  return node.was;
}

std::vector<Text> formerIdsOf(const Topic& topic) {
  std::vector<Text> ids;
  const json::Value* const was = topic.settings.find(kWas);
  if (was == nullptr || !was->isList()) return ids;
  for (const json::Value& id : was->items()) {
    if (id.isText()) ids.push_back({id.asText(), id.position()});
  }
  return ids;
}

template <typename T>
void addFormerIds(const std::vector<Part<T>>& parts, std::vector<FormerId>& out) {
  for (const Part<T>& part : parts) {
    for (Text& was : formerIdsOf(*part)) out.push_back({std::move(was), part->id.value});
  }
}

std::set<std::string_view> idsOf(const Topology& topology) {
  std::set<std::string_view> ids;
  for (const Part<Node>& node : topology.nodes) ids.insert(node->id.value);
  for (const Part<Topic>& topic : topology.topics) ids.insert(topic->id.value);
  for (const Part<Group>& group : topology.groups) ids.insert(group->id.value);
  return ids;
}

// Rows of a topic stay under the name that it has in the log, which without "topic" is its id.
void checkTopicNames(const Topology& topology, Problems& problems) {
  for (const Part<Topic>& topic : topology.topics) {
    const std::vector<Text> was = formerIdsOf(*topic);
    if (was.empty() || topic->settings.find("topic") != nullptr) continue;
    Reporter reporter(problems, topic->id.value, topic->position, "");
    Problem& problem =
        reporter.report(codes::kFormerTopicName, was[0].position, std::string(kWas),
                        "The topic \"" + topic->id.value + "\" was \"" + was[0].value +
                            "\", and its rows stand in the log under that name.",
                        "Say \"topic\": \"" + was[0].value + "\", or what it was called in the log before.");
    problem.fix = QuickFix{"Keep the name in the log", {}};
    problem.fix->steps.push_back({FixStep::Kind::Set, topic->id.value, "topic", json::Value::text(was[0].value)});
  }
}

// The renaming says all that "was" adds.
void rename(Node& node, const std::string& id) {
  node.was.push_back(node.id);
  node.id.value = id;
}

void rename(Topic& topic, const std::string& id) {
  json::Value was = json::Value::list();
  for (const Text& former : formerIdsOf(topic)) was.items().push_back(json::Value::text(former.value));
  was.items().push_back(json::Value::text(topic.id.value));
  topic.settings.set(std::string(kWas), std::move(was));
  topic.id.value = id;
}

template <typename T>
std::vector<Part<T>> withNewIds(const std::vector<Part<T>>& parts, const std::map<std::string_view, std::string>& now) {
  std::vector<Part<T>> out;
  for (const Part<T>& part : parts) {
    const auto found = now.find(part->id.value);
    if (found == now.end()) {
      out.push_back(part);
      continue;
    }
    T renamed = *part;
    rename(renamed, found->second);
    out.emplace_back(std::move(renamed));
  }
  return out;
}

// Of an end of an edge, "node.port" or the id of a topic.
void renameEnd(Text& end, const std::map<std::string_view, std::string>& now) {
  const std::size_t point = std::min(end.value.find('.'), end.value.size());
  const auto found = now.find(std::string_view(end.value).substr(0, point));
  if (found != now.end()) end.value = found->second + end.value.substr(point);
}

// Of an entry of the layout: that of a wire names both of its ends.
LayoutEntry withNewIds(const LayoutEntry& entry, const std::map<std::string_view, std::string>& now) {
  if (const auto found = now.find(entry.id); found != now.end()) return {found->second, entry.value};
  std::optional<Edge> edge = edgeOfId(entry.id);
  if (!edge) return entry;
  renameEnd(edge->from, now);
  renameEnd(edge->to, now);
  return {edgeId(*edge), entry.value};
}

}  // namespace

std::vector<FormerId> formerIds(const Topology& topology) {
  std::vector<FormerId> all;
  addFormerIds(topology.nodes, all);
  addFormerIds(topology.topics, all);
  return all;
}

void checkFormerIds(const Topology& topology, Problems& problems) {
  const std::set<std::string_view> present = idsOf(topology);
  std::map<std::string, std::string_view> owners;
  for (const FormerId& former : formerIds(topology)) {
    Reporter reporter(problems, std::string(former.now), former.was.position);
    const std::string words = "\"" + std::string(former.now) + "\" says that it was \"" + former.was.value + "\"";
    if (!isName(former.was.value)) {
      reporter.report(codes::kBadName, former.was.position, "", words + ", which no id can be.",
                      "Use a letter followed by letters, digits, '_' and '-'.");
      continue;
    }
    if (present.contains(former.was.value)) {
      reporter.report(codes::kFormerIdTaken, former.was.position, "",
                      former.was.value == former.now ? words + ", which it still is."
                                                     : words + ", but that is something else in this topology.",
                      "Remove it from \"was\", or give what has that id now another one.");
      continue;
    }
    const auto [first, fresh] = owners.emplace(former.was.value, former.now);
    if (fresh) continue;
    reporter.report(
        codes::kFormerIdTwice, former.was.position, "",
        words + (first->second == former.now ? " twice." : ", and so does \"" + std::string(first->second) + "\"."),
        "Name it once: what is kept under it can go to one place only.");
  }
  checkTopicNames(topology, problems);
}

Topology withNewIds(const Topology& before, const Topology& after, std::map<std::string, std::string>& renamed) {
  const std::set<std::string_view> old = idsOf(before);
  const std::set<std::string_view> present = idsOf(after);
  std::map<std::string_view, std::string> now;
  for (const FormerId& former : formerIds(after)) {
    const auto gone = old.find(former.was.value);
    if (gone == old.end() || present.contains(*gone) || old.contains(former.now)) continue;
    if (!renamed.emplace(std::string(former.now), former.was.value).second) continue;
    now.emplace(*gone, std::string(former.now));
  }
  if (now.empty()) return before;
  Topology out = before;
  out.nodes = withNewIds(before.nodes, now);
  out.topics = withNewIds(before.topics, now);
  out.edges.clear();
  for (const Part<Edge>& edge : before.edges) {
    Edge moved = *edge;
    renameEnd(moved.from, now);
    renameEnd(moved.to, now);
    out.edges.emplace_back(std::move(moved));
  }
  out.ports.clear();
  for (const Part<Port>& port : before.ports) {
    Port moved = *port;
    renameEnd(moved.to, now);
    renameEnd(moved.from, now);
    out.ports.emplace_back(std::move(moved));
  }
  out.groups.clear();
  for (const Part<Group>& group : before.groups) {
    Group moved = *group;
    for (Text& node : moved.nodes) {
      if (const auto found = now.find(node.value); found != now.end()) node.value = found->second;
    }
    out.groups.emplace_back(std::move(moved));
  }
  out.layout.clear();
  for (const Part<LayoutEntry>& entry : before.layout) out.layout.emplace_back(withNewIds(*entry, now));
  return out;
}

}  // namespace weir::topology
