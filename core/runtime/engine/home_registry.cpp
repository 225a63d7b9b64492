#include "core/runtime/engine/home_registry.hpp"

#include <algorithm>
#include <charconv>

#include "core/runtime/codec/changelog_codec.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kHome = "home";
constexpr const char* kTopology = "topology";  // the one key of it
constexpr const char* kNodes = "nodes";
constexpr const char* kGivenUp = "given up";
constexpr const char* kWriters = "writers";
constexpr const char* kTasks = "tasks";  // of homes from before nodes could be renamed: by node, their number
constexpr const char* kStarts = "starts";
constexpr const char* kId = "id";
constexpr const char* kSplitRules = "split_rules";

// The integer before `stop`, which goes too.
std::optional<std::int64_t> takeNumber(std::string_view& text, char stop) {
  const std::size_t end = text.find(stop);
  std::int64_t value = 0;
  if (end == std::string_view::npos) return std::nullopt;
  const auto [after, error] = std::from_chars(text.data(), text.data() + end, value);
  if (error != std::errc() || after != text.data() + end) return std::nullopt;
  text.remove_prefix(end + 1);
  return value;
}

// The text before the next line end, which goes too.
std::optional<std::string> takeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string line(text.substr(0, end));
  text.remove_prefix(end + 1);
  return line;
}

// "<tasks> <name>\n<use>\n<stamp>\n", and "<topic>\n" where there is one.
std::string encode(const HomeNode& node) {
  return std::to_string(node.tasks) + " " + node.keptAs + "\n" + node.use + "\n" + node.stamp + "\n" +
         (node.topic.empty() ? "" : node.topic + "\n");
}

std::optional<HomeNode> decodeNode(std::string_view text) {
  const auto tasks = takeNumber(text, ' ');
  auto name = takeLine(text);
  auto use = takeLine(text);
  auto stamp = takeLine(text);
  if (!tasks || !name || !use || !stamp) return std::nullopt;
  return HomeNode{std::move(*name), static_cast<std::int32_t>(*tasks), std::move(*use), std::move(*stamp),
                  takeLine(text).value_or("")};
}

// "<number> <ends>\n", then "<tasks> <part>\n" for each group.
std::string encode(const WriterGeneration& generation) {
  std::string text = std::to_string(generation.number) + (generation.ends ? " 1\n" : " 0\n");
  for (const WriterGroup& group : generation.groups)
    text += std::to_string(group.tasks) + " " + group.subTopology + "\n";
  return text;
}

std::optional<WriterGeneration> decode(std::string_view text) {
  const auto number = takeNumber(text, ' ');
  const auto ends = takeNumber(text, '\n');
  if (!number || !ends) return std::nullopt;
  WriterGeneration generation{*number, *ends != 0, {}};
  while (!text.empty()) {
    const auto tasks = takeNumber(text, ' ');
    const std::size_t end = text.find('\n');
    if (!tasks || end == std::string_view::npos) return std::nullopt;
    generation.groups.push_back({std::string(text.substr(0, end)), static_cast<std::int32_t>(*tasks)});
    text.remove_prefix(end + 1);
  }
  return generation;
}

Error damaged() {
  return corruptError(std::string("The topic ") + kRegistryTopic +
                      " of the home is damaged: who worked in it is not known. Restore the home from a copy, or start "
                      "with an empty one.");
}

}  // namespace

Result<HomeRegistry> HomeRegistry::load(Log& log) {
  HomeRegistry registry;
  WEIR_TRY_ASSIGN(topics, log.topics());
  const bool known =
      std::any_of(topics.begin(), topics.end(), [](const TopicSpec& topic) { return topic.name == kRegistryTopic; });
  if (!known) return registry;
  WEIR_TRY_ASSIGN(reader, log.read({kRegistryTopic, 0}, Position()));
  while (true) {
    WEIR_TRY_ASSIGN(run, reader->next());
    if (!run) break;
    registry = HomeRegistry();  // each run says everything: what it leaves out is gone
    Result<void> added;
    WEIR_TRY(decodeChangelog(run->body.bytes, [&](const StateDelta& delta) {
      if (added) added = registry.add(delta.store, delta.key, delta.value);
    }));
    WEIR_TRY(std::move(added));
  }
  registry.end_ = reader->position();
  return registry;
}

Result<void> HomeRegistry::add(std::string_view store, std::string_view key, std::string_view value) {
  if (store == kWriters) {
    auto generation = decode(value);
    if (!generation) return damaged();
    generations_[std::string(key)] = std::move(*generation);
  } else if (store == kNodes) {
    auto node = decodeNode(value);
    if (!node) return damaged();
    nodes_[std::string(key)] = std::move(*node);
  } else if (store == kTasks || store == kStarts || store == kSplitRules) {
    const std::string line = std::string(value) + "\n";
    std::string_view text = line;
    const auto number = takeNumber(text, '\n');
    if (!number) return damaged();
    if (store == kStarts) {
      starts_ = *number;
    } else if (store == kSplitRules) {
      splitRules_[std::string(key)] = static_cast<std::int32_t>(*number);
    } else {
      nodes_[std::string(key)] = {std::string(key), static_cast<std::int32_t>(*number), "", ""};
    }
  } else if (store == kGivenUp) {
    givenUp_[std::string(key)] = value;
  } else if (store == kHome && key == kTopology) {
    topology_ = value;
  } else if (store == kId) {
    id_ = value;
  }
  return {};
}

void HomeRegistry::setTopology(const std::string& name) {
  changed_ = changed_ || topology_ != name;
  topology_ = name;
}

const HomeNode* HomeRegistry::node(std::string_view id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

void HomeRegistry::setNode(const std::string& id, HomeNode node) {
  HomeNode& known = nodes_[id];
  changed_ = changed_ || !(known == node);
  known = std::move(node);
}

void HomeRegistry::removeNode(const std::string& id) {
  changed_ = nodes_.erase(id) != 0 || changed_;
}

std::vector<std::string> HomeRegistry::givenUpOf(std::string_view id) const {
  std::vector<std::string> names;
  for (const auto& [name, of] : givenUp_) {
    if (of == id) names.push_back(name);
  }
  return names;
}

void HomeRegistry::giveUp(const std::string& id) {
  const auto found = nodes_.find(id);
  if (found == nodes_.end()) return;
  givenUp_[found->second.keptAs] = id;
  nodes_.erase(found);
  changed_ = true;
}

void HomeRegistry::removeGivenUp(const std::string& name) {
  changed_ = givenUp_.erase(name) != 0 || changed_;
}

const WriterGeneration* HomeRegistry::generation(const std::string& topic) const {
  const auto found = generations_.find(topic);
  return found == generations_.end() ? nullptr : &found->second;
}

std::int32_t HomeRegistry::splitRule(const std::string& node) const {
  const auto found = splitRules_.find(node);
  return found == splitRules_.end() ? 0 : found->second;
}

void HomeRegistry::setSplitRule(const std::string& node, std::int32_t rule) {
  std::int32_t& known = splitRules_[node];
  changed_ = changed_ || known != rule;
  known = rule;
}

void HomeRegistry::setGeneration(const std::string& topic, WriterGeneration generation) {
  generations_[topic] = std::move(generation);
  changed_ = true;
}

std::int64_t HomeRegistry::countStart() {
  changed_ = true;
  return ++starts_;
}

void HomeRegistry::setId(std::string id) {
  id_ = std::move(id);
  changed_ = true;
}

std::optional<PartitionAppend> HomeRegistry::takeChanges() {
  if (!changed_) return std::nullopt;
  changed_ = false;
  ChangelogWriter writer;
  const auto put = [&writer](std::string_view store, std::string_view key, const std::string& value) {
    StateDelta delta;
    delta.store = store;
    delta.key = key;
    delta.value = value;
    writer.append(delta);
  };
  put(kId, "", id_);
  put(kStarts, "", std::to_string(starts_));
  for (const auto& [name, node] : givenUp_) put(kGivenUp, name, node);
  put(kHome, kTopology, topology_);
  for (const auto& [id, node] : nodes_) put(kNodes, id, encode(node));
  for (const auto& [node, rule] : splitRules_) put(kSplitRules, node, std::to_string(rule));
  for (const auto& [topic, generation] : generations_) put(kWriters, topic, encode(generation));
  PartitionAppend append{{kRegistryTopic, 0}, {}};
  append.runs.push_back(writer.take());
  return append;
}

Result<void> HomeRegistry::committed(Log& log) {
  return log.trim({kRegistryTopic, 0}, end_);
}

}  // namespace weir::runtime
