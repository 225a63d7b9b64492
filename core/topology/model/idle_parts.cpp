#include "core/topology/model/idle_parts.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace weir::topology {

namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

// A node or a topic.
struct Member {
  std::string_view id;
  const Node* node = nullptr;
  std::vector<std::vector<std::size_t>> inputs;  // by port that has an edge: where the edges come from
  std::vector<std::string_view> ports;           // their ends
  std::vector<std::size_t> targets;
  bool idle = false;
};

class Walk {
 public:
  explicit Walk(const Topology& topology) {
    members_.reserve(topology.nodes.size() + topology.topics.size());
    for (const Part<Node>& node : topology.nodes) add(node->id.value, &*node);
    for (const Part<Topic>& topic : topology.topics) add(topic->id.value, nullptr);
    for (const Part<Edge>& edge : topology.edges) connect(*edge);
  }

  std::set<std::string, std::less<>> run() {
    for (std::size_t index = 0; index < members_.size(); ++index) {
      const Node* const node = members_[index].node;
      if (node == nullptr) continue;
      // Past a node to which nothing leads goes nothing.
      if (stops(*node) || (passes(*node) && members_[index].inputs.empty())) stop(index);
    }
    while (!changed_.empty()) {
      const std::size_t index = changed_.back();
      changed_.pop_back();
      for (const std::vector<std::size_t>& origins : members_[index].inputs) {
        for (const std::size_t origin : origins) look(origin);
      }
      for (const std::size_t target : members_[index].targets) look(target);
    }
    std::set<std::string, std::less<>> ids;
    for (const Member& member : members_) {
      if (member.idle) ids.emplace(member.id);
    }
    return ids;
  }

 private:
  void add(std::string_view id, const Node* node) {
    index_.emplace(id, members_.size());
    members_.push_back({id, node, {}, {}, {}});
  }

  std::size_t find(std::string_view end) const {
    const auto found = index_.find(end.substr(0, end.find('.')));
    return found == index_.end() ? kNobody : found->second;
  }

  void connect(const Edge& edge) {
    const std::size_t from = find(edge.from.value);
    const std::size_t to = find(edge.to.value);
    if (from == kNobody || to == kNobody) return;
    members_[from].targets.push_back(to);
    Member& target = members_[to];
    const auto port = std::find(target.ports.begin(), target.ports.end(), edge.to.value);
    if (port == target.ports.end()) {
      target.ports.push_back(edge.to.value);
      target.inputs.push_back({from});
    } else {
      target.inputs[static_cast<std::size_t>(port - target.ports.begin())].push_back(from);
    }
  }

  bool allIdle(const std::vector<std::size_t>& members) const {
    return std::all_of(members.begin(), members.end(), [this](std::size_t index) { return members_[index].idle; });
  }

  void look(std::size_t index) {
    const Member& member = members_[index];
    if (member.idle) return;
    const bool starved = std::any_of(member.inputs.begin(), member.inputs.end(),
                                     [this](const auto& origins) { return allIdle(origins); });
    const bool keepsRows = member.node == nullptr && !member.inputs.empty();
    if (starved || (!keepsRows && !member.targets.empty() && allIdle(member.targets))) stop(index);
  }

  void stop(std::size_t index) {
    members_[index].idle = true;
    changed_.push_back(index);
  }

  std::vector<Member> members_;
  std::unordered_map<std::string_view, std::size_t> index_;
  std::vector<std::size_t> changed_;  // whose neighbours are to be looked at
};

}  // namespace

bool passes(const Node& node) {
  return node.disabled.value == kPass;
}

bool stops(const Node& node) {
  return !node.disabled.empty() && !passes(node);
}

std::set<std::string, std::less<>> idleParts(const Topology& topology) {
  const bool any = std::any_of(topology.nodes.begin(), topology.nodes.end(),
                               [](const Part<Node>& node) { return !node->disabled.empty(); });
  return any ? Walk(topology).run() : std::set<std::string, std::less<>>();
}

}  // namespace weir::topology
