// Committed state of one node in one task: a changelog on the log, applied lazily to the state store.
//
// Nothing reads the state store before the unapplied tail of the changelog has been applied to it, so what
// operators read is always everything committed. A node that never misses its overlay therefore never makes
// the state store work, but for the bound on the tail.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/start_progress.hpp"
#include "core/runtime/codec/changelog_codec.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/node_services.hpp"
#include "core/runtime/ports/state_store.hpp"
#include "core/runtime/state/delta_batch.hpp"
#include "core/runtime/state/memory_budget.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// The changelog topic of a node, by the name of its state in the home.
std::string changelogTopic(const std::string& nameInHome);

// What all stores of a runner share.
struct StateResources {
  Log& log;
  StateStore& store;
  MemoryBudget& budget;
  std::int64_t unappliedBound = 64LL << 20;  // bytes of changelog per node and task
  // Crash tests: called when a part of a changelog that was there at the start has been applied ("recovery.replayed").
  std::function<void(std::string_view)> reached = {};
  StartProgress* start = nullptr;  // of what a changelog has at the start; may be null
  // Others who have none of this state store may have to begin with the changelogs: nothing of them is let go.
  bool othersRestore = false;
};

// In bytes of changelogs.
struct RestoreProgress {
  std::int64_t done = 0;
  std::int64_t total = 0;
};

// [task]
class NodeState {
 public:
  NodeState(const topology::PlannedNode& node, std::int32_t partition, StateResources resources);
  ~NodeState();

  // Whether a node has a changelog from the start: whatever is no stateless processor.
  static bool keepsState(const topology::PlannedNode& node);
  // One that had none gets it: for what a processor without stores needs to recover.
  Result<void> beginToKeep();

  // Applies a bounded part of what was committed before and the state store does not have. True: it has everything.
  Result<bool> restoreSome() { return keepsState() ? applySome() : Result<bool>(true); }
  // Of what had to be applied last.
  RestoreProgress restored() const { return restored_; }

  // A store by name; made at its first use. Lives as long as this object.
  NodeStore& store(const std::string& name);

  // For whoever looks from outside: committed entries of a store that is there. What operators have borrowed stays.
  Result<std::optional<std::string>> read(std::string_view store, std::int64_t segment, std::string_view key);
  Result<void> scan(std::string_view store, std::int64_t segment, std::string_view from, std::string_view to,
                    const StateVisitor& visitor);

  // Single entries of the runtime's own stores ("$input", "$sink").
  Result<std::optional<std::string>> get(const std::string& store, std::string_view key);
  void put(const std::string& store, std::string_view key, std::string_view value);
  void remove(const std::string& store, std::string_view key);

  // Dirty entries since the last call, as one run; nothing when there are none.
  std::optional<PartitionAppend> takeDirty();
  bool isDirty() const { return dirty_.entryCount() != 0; }
  // Bytes that the overlays of its stores use, as they said last.
  std::int64_t overlayBytes() const;
  // The run that was taken is durable: applies the tail when it has grown past its bound.
  Result<void> committed();

 private:
  class Store;
  // One that is there, with everything committed in it; nullptr: nothing has ever been committed.
  Result<Store*> committedStore(std::string_view name);
  bool keepsState() const { return keepsState_; }
  bool hasOwnChangelog() const;
  // Brings the state store up to everything published: in time linear in what it does not have, and in memory bounded
  // by some megabytes.
  Result<void> applyTail();
  // A piece of that; true: it was the last one.
  Result<bool> applySome();
  Result<void> beginReplay(Position end);
  Result<bool> replaySome(Position newestEnd);
  Result<void> tellRestored();
  // Reads runs until there are enough entries for a write, or no more.
  Result<void> readTail();
  bool wanted(const StateDelta& delta);
  // Lets go of what the state store holds for good.
  Result<void> trimChangelog();
  Result<void> openStores();

  std::string node_;        // for messages
  std::string nameInHome_;  // for everything that is stored
  std::int32_t partition_;
  std::string stamp_;
  bool keepsState_;
  StateResources resources_;
  PartitionId changelog_;
  std::map<std::string, std::unique_ptr<Store>, std::less<>> stores_;
  // What is being applied, piece by piece.
  struct Replay {
    std::unique_ptr<PartitionReader> reader;
    Position end;
  };
  std::optional<Replay> replay_;
  RestoreProgress restored_;
  DeltaBatch tail_;
  ChangelogWriter dirty_;            // in the form in which it will be committed
  Position endAtStart_;              // of the changelog
  std::optional<Position> applied_;  // unknown before the first look into the state store
  Position appliedEnd_;              // published end that the last look found
  Position trimmed_;                 // the changelog has been given up so far by this object
};

}  // namespace weir::runtime
