// What a home remembers of who worked in it: its id, how often it was started, its topology, what it keeps for which
// node, and the writers of each topic. Kept in a topic of its own, so that it changes in the same commit as what it is
// about.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

// No node can have this name.
inline constexpr const char* kRegistryTopic = "changelog.$home";

// What a home keeps for one node of a plan.
struct HomeNode {
  std::string keptAs;      // the name of its state; a node that was renamed keeps it
  std::int32_t tasks = 0;  // that it had at the last start; 0: not known
  std::string use;         // what it was and what its state means, for those who look for its new name; may be empty
  std::string stamp;
  std::string topic = {};  // of the reader of a declared topic: its name in the log, which positions are about
  friend bool operator==(const HomeNode&, const HomeNode&) = default;
};

// The tasks of one part that write a topic; its writers are numbered over these, in order.
struct WriterGroup {
  std::string subTopology;
  std::int32_t tasks = 0;
  friend bool operator==(const WriterGroup&, const WriterGroup&) = default;
};

// Who writes a topic until somebody else does.
struct WriterGeneration {
  std::int64_t number = 0;
  bool ends = false;  // its writers run until the end of their input
  std::vector<WriterGroup> groups;
};

class HomeRegistry {
 public:
  // Of a home in which nobody has worked yet: empty.
  static Result<HomeRegistry> load(Log& log);

  // The topology that the home belongs to; empty: to nobody yet.
  const std::string& topology() const { return topology_; }
  void setTopology(const std::string& name);

  // By id in the plan.
  const std::map<std::string, HomeNode, std::less<>>& nodes() const { return nodes_; }
  const HomeNode* node(std::string_view id) const;
  void setNode(const std::string& id, HomeNode node);
  void removeNode(const std::string& id);

  // State that nobody goes on from, though it may still lie in the home: by its name, the node that it was of.
  const std::map<std::string, std::string, std::less<>>& givenUp() const { return givenUp_; }
  // Names of what was given up of nodes with that id.
  std::vector<std::string> givenUpOf(std::string_view id) const;
  // The node's state is nobody's from now on.
  void giveUp(const std::string& id);
  // Nothing of what had this name lies in the home any more.
  void removeGivenUp(const std::string& name);

  const WriterGeneration* generation(const std::string& topic) const;
  void setGeneration(const std::string& topic, WriterGeneration generation);
  // One more start; answers its number. The first is 1.
  std::int64_t countStart();
  // Empty in a new home.
  const std::string& id() const { return id_; }
  void setId(std::string id);
  // By which rule the splits of a source, by the name of its state, were given to its tasks last; 0: none is known.
  std::int32_t splitRule(const std::string& node) const;
  void setSplitRule(const std::string& node, std::int32_t rule);

  // Something has changed since it was loaded, or its changes were taken.
  bool changed() const { return changed_; }
  // Everything, for the next commit; nothing when nothing has changed since it was loaded.
  std::optional<PartitionAppend> takeChanges();
  // Lets go of what that commit has replaced.
  Result<void> committed(Log& log);

 private:
  Result<void> add(std::string_view store, std::string_view key, std::string_view value);

  std::string topology_;
  std::map<std::string, HomeNode, std::less<>> nodes_;
  std::map<std::string, std::string, std::less<>> givenUp_;
  std::map<std::string, WriterGeneration, std::less<>> generations_;
  std::int64_t starts_ = 0;
  std::string id_;
  std::map<std::string, std::int32_t, std::less<>> splitRules_;
  Position end_;  // of the topic when it was loaded
  bool changed_ = false;
};

}  // namespace weir::runtime
