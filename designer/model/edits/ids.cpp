// Names of things: what is there, what a new thing may be called.
#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

template <typename T>
bool has(const std::vector<topology::Part<T>>& parts, std::string_view id) {
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return partId(*part) == id; });
}

bool isTaken(const topology::Topology& topology, std::string_view id) {
  return has(topology.nodes, id) || has(topology.topics, id) || has(topology.groups, id);
}

// What a home keeps under a former id is that part's.
bool wasTaken(const topology::Topology& topology, std::string_view id) {
  const auto wasNode = [&](const auto& node) {
    return std::any_of(node->was.begin(), node->was.end(), [&](const topology::Text& was) { return was.value == id; });
  };
  const auto wasTopic = [&](const auto& topic) {
    const std::vector<std::string> ids = formerIds(*topic);
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  return std::any_of(topology.nodes.begin(), topology.nodes.end(), wasNode) ||
         std::any_of(topology.topics.begin(), topology.topics.end(), wasTopic);
}

}  // namespace

bool isThere(const topology::Topology& topology, std::string_view id) {
  if (drawing::isCommentId(id)) return has(topology.layout, id);
  return isTaken(topology, id) || has(topology.edges, id);
}

void keepThere(const topology::Topology& topology, Selection& selection) {
  constexpr std::size_t kFew = 8;
  if (selection.size() <= kFew) {
    std::erase_if(selection, [&](const std::string& id) { return !isThere(topology, id); });
    return;
  }
  std::unordered_set<std::string> there;
  const auto add = [&](const auto& parts) {
    for (const auto& part : parts) there.insert(partId(*part));
  };
  add(topology.nodes);
  add(topology.topics);
  add(topology.groups);
  add(topology.edges);
  for (const auto& entry : topology.layout) {
    if (drawing::isCommentId(entry->id)) there.insert(entry->id);
  }
  std::erase_if(selection, [&](const std::string& id) { return !there.contains(id); });
}

std::string asName(std::string_view wanted) {
  std::string name;
  for (const char c : wanted) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 128 && (std::isalnum(byte) != 0 || c == '_' || c == '-');
    name += plain ? c : '_';
  }
  const bool begins = !name.empty() && (std::isalpha(static_cast<unsigned char>(name[0])) != 0 || name[0] == '_');
  return begins ? name : "_" + name;
}

std::string freshId(const topology::Topology& topology, std::string_view wanted) {
  const auto free = [&](const std::string& id) { return !isTaken(topology, id) && !wasTaken(topology, id); };
  std::string name = asName(wanted);
  if (free(name)) return name;
  for (int number = 2;; ++number) {
    std::string numbered = name + "_" + std::to_string(number);
    if (free(numbered)) return numbered;
  }
}

json::Value formerIdsValue(const topology::Node& node) {
  if (node.was.empty()) return {};
  json::Value ids = json::Value::list();
  for (const topology::Text& id : node.was) ids.items().push_back(json::Value::text(id.value));
  return ids;
}

std::vector<std::string> formerIds(const topology::Topic& topic) {
  std::vector<std::string> ids;
  const json::Value* const was = topic.settings.find("was");
  if (was == nullptr || !was->isList()) return ids;
  for (const json::Value& id : was->items()) {
    if (id.isText()) ids.push_back(id.asText());
  }
  return ids;
}

void setFormerIds(topology::Topic& topic, const std::vector<std::string>& ids) {
  std::erase_if(topic.settings.members(), [](const json::Member& member) { return member.name == "was"; });
  if (ids.empty()) return;
  json::Value was = json::Value::list();
  for (const std::string& id : ids) was.items().push_back(json::Value::text(id));
  topic.settings.set("was", std::move(was));
}

End endOf(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {text, {}};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

}  // namespace weir::designer
