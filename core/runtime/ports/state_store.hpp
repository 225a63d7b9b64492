// The StateStore port: committed state behind the overlays of the operators.
//
// A store is named by node and store name; its rows belong to a partition (the task), a time segment and
// a key. Only committed changelog entries arrive here, lazily, together with the position in the changelog
// that they reach up to, so that a restart replays the tail and nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/position.hpp"

namespace weir::runtime {

struct StoreId {
  std::string node;
  std::string store;
  friend auto operator<=>(const StoreId&, const StoreId&) = default;
};

// One change: a put, a delete (no value), or the end of all segments below `segment`.
struct StateDelta {
  enum class Kind : std::uint8_t { Put, Delete, DropBelow };
  Kind kind = Kind::Put;
  std::string_view store;
  std::int64_t segment = 0;
  std::string_view key;
  std::string_view value;
};

// Answers false to stop.
using StateVisitor = std::function<bool(std::string_view key, std::string_view value)>;

// [any], but one caller at a time per (node, partition).
class StateStore {
 public:
  virtual ~StateStore() = default;

  // Declares a store before its first use. `stamp` says what its contents mean (state_version, parameters,
  // schemas); a store that exists with another stamp is refused with a sentence.
  virtual Result<void> open(const StoreId& id, std::string_view stamp) = 0;

  // Of the node's changelog: the runs before it have been applied; Position() at the beginning.
  virtual Result<Position> appliedUpTo(std::string_view node, std::int32_t partition) = 0;
  // Applies deltas of one node and partition, and the position they reach up to, atomically. Where they are a piece of
  // a run, that position stays where it was: the whole run is applied again if the other pieces do not follow.
  virtual Result<void> apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                             Position upTo) = 0;
  // Makes everything applied so far survive a power cut. Without it a store may fall back to an earlier position.
  virtual Result<void> sync() = 0;

  // Removes everything of a node, whose changelog goes too, durably. Nobody uses its stores.
  virtual Result<void> dropNode(std::string_view node) = 0;

  // Values of keys (ascending) in one segment. Absent keys give nothing.
  virtual Result<void> getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                               std::span<const std::string_view> keys,
                               std::vector<std::optional<std::string>>& values) = 0;
  // Entries with from <= key < to (empty `to`: no end), in key order.
  virtual Result<void> scan(const StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                            std::string_view to, const StateVisitor& visitor) = 0;
  // Segments that hold anything of this partition, ascending.
  virtual Result<std::vector<std::int64_t>> segments(const StoreId& id, std::int32_t partition) = 0;

  // Bytes of memory in use: caches and write buffers.
  virtual std::int64_t memoryUse() const = 0;
};

}  // namespace weir::runtime
