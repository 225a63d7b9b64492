// What a home remembers of who worked in it: its id, how often it was started, the writers of each topic, and the tasks
// of each node. Kept in a topic of its own, so that it changes in the same commit as what it is about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "runtime/ports/log.hpp"

namespace weir::runtime {

// No node can have this name.
inline constexpr const char* kRegistryTopic = "changelog.$home";

// The tasks of one part that write a topic; its writers are numbered over these, in order.
struct WriterGroup {
  std::string part;
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
  // The topic exists.
  static Result<HomeRegistry> load(Log& log);

  const WriterGeneration* generation(const std::string& topic) const;
  std::optional<std::int32_t> tasks(const std::string& node) const;
  void setGeneration(const std::string& topic, WriterGeneration generation);
  void setTasks(const std::string& node, std::int32_t tasks);
  // One more start; answers its number. The first is 1.
  std::int64_t countStart();
  // Empty in a new home.
  const std::string& id() const { return id_; }
  void setId(std::string id);

  // Everything, for the next commit; nothing when nothing has changed since it was loaded.
  std::optional<PartitionAppend> takeChanges();
  // Lets go of what that commit has replaced.
  Result<void> committed(Log& log);

 private:
  Result<void> add(std::string_view store, std::string_view key, std::string_view value);

  std::map<std::string, WriterGeneration, std::less<>> generations_;
  std::map<std::string, std::int32_t, std::less<>> tasks_;
  std::int64_t starts_ = 0;
  std::string id_;
  std::int64_t end_ = 0;  // of the topic when it was loaded
  bool changed_ = false;
};

}  // namespace weir::runtime
