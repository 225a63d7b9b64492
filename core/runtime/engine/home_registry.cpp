#include "runtime/engine/home_registry.hpp"

#include <charconv>

#include "runtime/codec/changelog_codec.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kWriters = "writers";
constexpr const char* kTasks = "tasks";
constexpr const char* kStarts = "starts";
constexpr const char* kId = "id";

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

// "<number> <ends>\n", then "<tasks> <part>\n" for each group.
std::string encode(const WriterGeneration& generation) {
  std::string text = std::to_string(generation.number) + (generation.ends ? " 1\n" : " 0\n");
  for (const WriterGroup& group : generation.groups) text += std::to_string(group.tasks) + " " + group.part + "\n";
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
                      " of the home is damaged: who wrote its topics is not known. Restore the home from a copy, or "
                      "start with an empty one.");
}

}  // namespace

Result<HomeRegistry> HomeRegistry::load(Log& log) {
  HomeRegistry registry;
  auto reader = log.read({kRegistryTopic, 0}, 0);
  if (!reader) return reader.error();
  while (true) {
    auto run = (*reader)->next();
    if (!run) return run.error();
    if (!*run) break;
    Result<void> added;
    WEIR_TRY(decodeChangelog((*run)->body.bytes, [&](const StateDelta& delta) {
      if (added) added = registry.add(delta.store, delta.key, delta.value);
    }));
    WEIR_TRY(std::move(added));
  }
  registry.end_ = (*reader)->offset();
  return registry;
}

Result<void> HomeRegistry::add(std::string_view store, std::string_view key, std::string_view value) {
  if (store == kWriters) {
    auto generation = decode(value);
    if (!generation) return damaged();
    generations_[std::string(key)] = std::move(*generation);
  } else if (store == kTasks || store == kStarts) {
    const std::string line = std::string(value) + "\n";
    std::string_view text = line;
    const auto number = takeNumber(text, '\n');
    if (!number) return damaged();
    if (store == kStarts) {
      starts_ = *number;
    } else {
      tasks_[std::string(key)] = static_cast<std::int32_t>(*number);
    }
  } else if (store == kId) {
    id_ = value;
  }
  return {};
}

const WriterGeneration* HomeRegistry::generation(const std::string& topic) const {
  const auto found = generations_.find(topic);
  return found == generations_.end() ? nullptr : &found->second;
}

std::optional<std::int32_t> HomeRegistry::tasks(const std::string& node) const {
  const auto found = tasks_.find(node);
  return found == tasks_.end() ? std::nullopt : std::optional(found->second);
}

void HomeRegistry::setGeneration(const std::string& topic, WriterGeneration generation) {
  generations_[topic] = std::move(generation);
  changed_ = true;
}

void HomeRegistry::setTasks(const std::string& node, std::int32_t tasks) {
  std::int32_t& known = tasks_[node];
  changed_ = changed_ || known != tasks;
  known = tasks;
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
  for (const auto& [node, tasks] : tasks_) put(kTasks, node, std::to_string(tasks));
  for (const auto& [topic, generation] : generations_) put(kWriters, topic, encode(generation));
  PartitionAppend append{{kRegistryTopic, 0}, {}};
  append.runs.push_back(writer.take());
  return append;
}

Result<void> HomeRegistry::committed(Log& log) {
  return log.trim({kRegistryTopic, 0}, end_);
}

}  // namespace weir::runtime
