#include "core/runtime/engine/drop_node.hpp"

#include <algorithm>
#include <vector>

#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::runtime {

namespace {

Result<void> commit(Log& log, HomeRegistry& registry) {
  Commit commit;
  if (auto changes = registry.takeChanges()) commit.changelogs.push_back(std::move(*changes));
  WEIR_TRY(log.commit(commit));
  return registry.committed(log);
}

}  // namespace

Result<void> dropNode(Log& log, StateStore& state, const std::string& id) {
  WEIR_TRY_ASSIGN(registry, HomeRegistry::load(log));
  if (registry.givenUpOf(id).empty()) registry.giveUp(id);
  const std::vector<std::string> names = registry.givenUpOf(id);
  if (names.empty()) return configError("The home keeps nothing of a node '" + id + "'; `weir home list` names them.");
  for (const std::string& name : names) WEIR_TRY(log.release(name));
  WEIR_TRY(commit(log, registry));
  WEIR_TRY_ASSIGN(topics, log.topics());
  for (const std::string& name : names) {
    WEIR_TRY(state.dropNode(name));
    std::vector<std::string> gone{changelogTopic(name)};
    if (auto read = topology::repartitionTopicOf(name)) gone.push_back(std::move(*read));
    for (const TopicSpec& topic : topics) {
      if (std::find(gone.begin(), gone.end(), topic.name) != gone.end()) WEIR_TRY(log.dropTopic(topic.name));
    }
    registry.removeGivenUp(name);
  }
  return commit(log, registry);
}

}  // namespace weir::runtime
