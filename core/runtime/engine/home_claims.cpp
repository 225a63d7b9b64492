#include "core/runtime/engine/home_claims.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/base/closest_name.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::runtime {

namespace {

using topology::drawnId;
using topology::PlannedNode;

std::string quoted(const std::string& id) {
  return "'" + id + "'";
}

class Claims {
 public:
  Claims(const topology::Plan& plan, const Log& log, HomeRegistry& registry)
      : plan_(plan), log_(log), registry_(registry) {}

  Result<topology::Plan> run(const std::vector<std::string>& forget) {
    WEIR_TRY(checkTopology());
    WEIR_TRY(knowOldHome());
    forEachNode([this](PlannedNode& node) { planned_.emplace(node.id, &node); });
    for (const std::string& id : forget) WEIR_TRY(giveUp(id));
    for (const auto& [id, node] : planned_) WEIR_TRY(takeOver(id));
    WEIR_TRY(refuseUnclaimed());
    WEIR_TRY(refuseOtherTopics());
    registry_.setTopology(plan_.name);
    forEachNode([this](PlannedNode& node) { settle(node); });
    return std::move(plan_);
  }

 private:
  void forEachNode(const std::function<void(PlannedNode&)>& visit) {
    for (topology::SubTopology& subTopology : plan_.subTopologies) {
      for (PlannedNode& node : subTopology.nodes) {
        if (NodeState::keepsState(node)) visit(node);
      }
    }
  }

  Result<void> checkTopology() const {
    if (registry_.topology().empty() || registry_.topology() == plan_.name) return {};
    bool used = false;  // by a start that was not refused in the end
    for (const auto& [id, node] : registry_.nodes()) {
      WEIR_TRY_ASSIGN(keepsSomething, isUsed(node));
      used = used || keepsSomething;
    }
    if (!used) return {};
    return configError(
        "This home belongs to the topology " + quoted(registry_.topology()) + ", and this one is " +
        quoted(plan_.name) +
        ": in one home they would take each other for a version of themselves. Give --home another "
        "folder, or none: then each topology has its own. If it is the same one under another name, give "
        "it its old name back.");
  }

  // Homes from before they had a topology have changelogs, and may not say whose.
  Result<void> knowOldHome() {
    if (!registry_.topology().empty()) return {};
    std::set<std::string_view> names;
    for (const auto& [id, node] : registry_.nodes()) names.insert(node.keptAs);
    std::vector<std::pair<std::string, HomeNode>> found;
    WEIR_TRY_ASSIGN(topics, log_.topics());
    for (const TopicSpec& topic : topics) {
      if (!topic.name.starts_with(topology::kChangelogPrefix) || topic.name == kRegistryTopic) continue;
      const std::string id = topic.name.substr(topology::kChangelogPrefix.size());
      if (names.contains(id) || registry_.givenUp().contains(id)) continue;
      found.push_back({id, {id, 0, "", topic.description}});
    }
    for (auto& [id, node] : found) registry_.setNode(id, std::move(node));
    return {};
  }

  bool isDrawn(const std::string& id) const {
    return std::any_of(
        plan_.subTopologies.begin(), plan_.subTopologies.end(), [&](const topology::SubTopology& subTopology) {
          return std::any_of(subTopology.nodes.begin(), subTopology.nodes.end(),
                             [&](const PlannedNode& node) { return node.id == id || drawnId(node.id) == id; });
        });
  }

  Result<void> giveUp(const std::string& wanted) {
    const bool goesOn = plan_.waits(wanted) || std::any_of(planned_.begin(), planned_.end(), [&](const auto& entry) {
                          return entry.first == wanted || drawnId(entry.first) == wanted;
                        });
    if (goesOn) {
      return configError("--forget " + wanted +
                         ": this node is in the topology. What is given up is what no node goes "
                         "on from.");
    }
    std::vector<std::string> ids;
    std::vector<std::string_view> known;
    for (const auto& [id, node] : registry_.nodes()) {
      if (planned_.contains(id)) continue;
      known.emplace_back(id);
      if (id == wanted || drawnId(id) == wanted) ids.push_back(id);
    }
    const bool before = std::any_of(registry_.givenUp().begin(), registry_.givenUp().end(), [&](const auto& entry) {
      return entry.second == wanted || drawnId(entry.second) == wanted;
    });
    if (ids.empty() && !before) {
      return configError("--forget " + wanted + ": the home keeps nothing of such a node." + didYouMean(wanted, known));
    }
    for (const std::string& id : ids) registry_.giveUp(id);
    return {};
  }

  // What the home keeps for a node under an id that it had before.
  Result<void> takeOver(const std::string& id) {
    const auto former = plan_.formerIds.find(drawnId(id));
    if (former == plan_.formerIds.end() || registry_.node(id) != nullptr) return {};
    const std::string suffix = id.substr(drawnId(id).size());
    std::optional<std::string> from;
    for (const std::string& was : former->second) {
      const HomeNode* const node = registry_.node(was + suffix);
      if (node == nullptr || planned_.contains(was + suffix)) continue;
      WEIR_TRY_ASSIGN(used, isUsed(*node));
      if (!used) continue;
      if (from) {
        return configError("Node " + quoted(drawnId(id)) + " says that it was both " + quoted(drawnId(*from)) +
                           " and " + quoted(was) +
                           ", and the home keeps state of both: it can go on from one. Give the other "
                           "one up with --forget.");
      }
      from = was + suffix;
    }
    if (!from) return {};
    const HomeNode node = *registry_.node(*from);
    registry_.removeNode(*from);
    registry_.setNode(id, node);
    before_[id] = *from;
    return {};
  }

  Result<bool> hasRows(const std::string& topic) const {
    WEIR_TRY_ASSIGN(topics, log_.topics());
    for (const TopicSpec& spec : topics) {
      if (spec.name != topic) continue;
      for (std::int32_t partition = 0; partition < spec.partitions; ++partition) {
        WEIR_TRY_ASSIGN(end, log_.publishedEnd({topic, partition}));
        if (end != Position()) return true;
      }
    }
    return false;
  }

  Result<bool> isUsed(const HomeNode& node) const {
    WEIR_TRY_ASSIGN(kept, hasRows(changelogTopic(node.keptAs)));
    const std::optional<std::string> read = topology::repartitionTopicOf(node.keptAs);
    return kept || !read ? Result<bool>(kept) : hasRows(*read);
  }

  Result<void> refuseUnclaimed() {
    std::vector<std::string> empty;
    std::map<std::string, HomeNode> unclaimed;  // by what --forget takes
    for (const auto& [id, node] : registry_.nodes()) {
      if (planned_.contains(id) || plan_.waits(id)) continue;
      WEIR_TRY_ASSIGN(used, isUsed(node));
      if (!used) {
        empty.push_back(id);
      } else if (isDrawn(drawnId(id))) {
        unclaimed.emplace(id, node);
      } else if (const auto [known, fresh] = unclaimed.emplace(drawnId(id), node); !fresh && id == drawnId(id)) {
        known->second = node;
      }
    }
    for (const std::string& id : empty) registry_.removeNode(id);
    if (unclaimed.empty()) return {};
    std::string message =
        "The home keeps what this topology has no node for, and would read and count from the beginning:";
    std::string forget;
    for (const auto& [id, node] : unclaimed) {
      message += " " + aboutUnclaimed(id, node);
      forget += " --forget " + id;
    }
    return configError(message + " What is gone for good is given up by starting once with" + forget + ".");
  }

  // The name that a topic has in the log, where the home keeps positions of somebody who reads it.
  std::string topicReadBy(const PlannedNode& node) const {
    if (node.role != topology::NodeRole::TopicRead || plan_.topics[node.topic].repartition) return "";
    return plan_.topics[node.topic].name;
  }

  // Where somebody stands in one topic says nothing about another one.
  Result<void> refuseOtherTopics() const {
    for (const auto& [id, node] : planned_) {
      const HomeNode* const known = registry_.node(id);
      const std::string now = topicReadBy(*node);
      if (known == nullptr || known->topic.empty() || known->topic == now) continue;
      WEIR_TRY_ASSIGN(used, isUsed(*known));
      if (!used) continue;
      const auto former = before_.find(id);
      const std::string& keptBy = former == before_.end() ? id : former->second;
      return configError(
          "The topic " + quoted(id) + " is called " + quoted(now) +
          " in the log now, and what this home has read of it is the topic " + quoted(known->topic) +
          ": where it stands in one says nothing about the other. To go on, say \"topic\": \"" + known->topic +
          "\". To read " + quoted(now) +
          " from its beginning, give the topic a new id, without \"was\", and start once with --forget " + keptBy +
          ".");
    }
    return {};
  }

  std::string aboutUnclaimed(const std::string& id, const HomeNode& node) const {
    if (isDrawn(id)) return quoted(id) + ", a topic that nobody in this topology reads any more.";
    if (isDrawn(drawnId(id))) {
      return quoted(id) + ", rows on their way to node " + quoted(drawnId(id)) + " that nobody would read.";
    }
    std::string text = quoted(id) + (node.use.empty() ? "" : " (" + node.use + ")");
    for (const auto& [now, former] : plan_.formerIds) {
      if (std::find(former.begin(), former.end(), id) == former.end()) continue;
      return text + ", which node " + quoted(now) + " says that it was, but that one has state of its own here.";
    }
    const std::optional<std::string> now = likelyName(id, node);
    return text + (now ? ": is it " + quoted(*now) + " now? Then write \"was\": [\"" + id + "\"] on that node." : ".");
  }

  // Of the nodes that the home does not know: one that means the same, or else one of the same operator; of several the
  // one whose name is nearest.
  std::optional<std::string> likelyName(const std::string& id, const HomeNode& node) const {
    std::vector<std::string_view> equal;
    std::vector<std::string_view> alike;
    for (const auto& [now, planned] : planned_) {
      if (registry_.node(now) != nullptr || drawnId(now) != now) continue;
      if (!node.use.empty() && planned->use != node.use) continue;
      if (!node.stamp.empty() && planned->stateStamp == node.stamp) equal.emplace_back(now);
      if (node.stamp.empty() == planned->stateStamp.empty()) alike.emplace_back(now);
    }
    const std::vector<std::string_view>& names = equal.empty() ? alike : equal;
    if (names.size() == 1) return std::string(names[0]);
    const std::optional<std::string> nearest = closestName(id, names);
    return nearest || equal.empty() ? nearest : std::string(equal[0]);
  }

  // A name under which the home keeps nothing: the id, or the id with a number where another node's state has that
  // name.
  std::string freeName(const std::string& id) const {
    const auto taken = [this](const std::string& name) {
      return registry_.givenUp().contains(name) ||
             std::any_of(registry_.nodes().begin(), registry_.nodes().end(),
                         [&](const auto& entry) { return entry.second.keptAs == name; });
    };
    std::string name = id;
    for (int number = 2; taken(name); ++number) name = id + "." + std::to_string(number);
    return name;
  }

  void settle(PlannedNode& node) {
    const HomeNode* const known = registry_.node(node.id);
    HomeNode now = known != nullptr ? *known : HomeNode{freeName(node.id), 0, "", ""};
    now.use = node.use;
    now.stamp = node.stateStamp;
    now.topic = topicReadBy(node);
    node.keptAs = now.keptAs;
    if (node.role == topology::NodeRole::TopicRead && plan_.topics[node.topic].repartition && node.id != now.keptAs) {
      std::string& name = plan_.topics[node.topic].name;
      name = topology::repartitionTopicOf(now.keptAs).value_or(name);
    }
    registry_.setNode(node.id, std::move(now));
  }

  topology::Plan plan_;
  const Log& log_;
  HomeRegistry& registry_;
  std::map<std::string, const PlannedNode*> planned_;  // those that keep anything
  std::map<std::string, std::string> before_;          // of those that take over what was another's: its id
};

}  // namespace

Result<topology::Plan> claimHome(const topology::Plan& plan, const Log& log, HomeRegistry& registry,
                                 const std::vector<std::string>& forget) {
  return Claims(plan, log, registry).run(forget);
}

Result<void> releaseGone(const HomeRegistry& before, const HomeRegistry& now, Log& log) {
  std::set<std::string_view> kept;
  for (const auto& [id, node] : now.nodes()) kept.insert(node.keptAs);
  for (const auto& [id, node] : before.nodes()) {
    if (!kept.contains(node.keptAs)) WEIR_TRY(log.release(node.keptAs));
  }
  for (const auto& [name, id] : now.givenUp()) WEIR_TRY(log.release(name));
  return {};
}

}  // namespace weir::runtime
