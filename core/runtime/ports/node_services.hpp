// What the runtime offers to one operator instance: the far side of `weir_host`. The plugin host turns the
// C table into these calls; expressions and formats it answers itself.
//
// Threads: as the tags in weir/abi/host.h say. Implementations do not throw.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/base/result.hpp"
#include "core/runtime/ports/metric.hpp"
#include "weir/abi/host.h"

namespace weir::runtime {

// Answers false to stop.
using StateEntryVisitor = std::function<bool(const weir_state_entry& entry)>;

// One store of one node and task, as its operator sees it: committed entries, and what it commits next.
class NodeStore {
 public:
  virtual ~NodeStore() = default;
  // [task] Fills `values`, one for each key; absent ones get data == NULL. Borrowed until the next call.
  virtual Result<void> getMany(std::int64_t segment, std::span<const weir_slice> keys,
                               std::span<weir_slice> values) = 0;
  // [task] Entries with from <= key < to, in key order; `to.data` == NULL: no end.
  virtual Result<void> scan(std::int64_t segment, weir_slice from, weir_slice to, const StateEntryVisitor& visitor) = 0;
  // [task] Segments that hold anything, ascending; borrowed until the next call.
  virtual Result<std::span<const std::int64_t>> segments() = 0;
  // [task, inside prepareCommit] Copies what it is given.
  virtual Result<void> put(std::span<const weir_state_entry> entries) = 0;
  virtual Result<void> dropBelow(std::int64_t segment) = 0;
  // [task] Takes the bytes that the overlay uses, answers how many it may use.
  virtual std::int64_t budget(std::int64_t used) = 0;
};

class NodeServices {
 public:
  virtual ~NodeServices() = default;

  // [any] Adds the node's id; never blocks. A node that says too much loses lines, and how many is said.
  virtual void log(LogLevel level, std::string_view text) = 0;
  virtual Timestamp now() const = 0;
  virtual void wake() = 0;

  // [task] Borrows the batch: Batch::share keeps it. Answers whether the operator may send more. The host has
  // checked that the port exists.
  virtual bool emit(std::uint32_t port, const weir_batch* batch) = 0;
  // [task] `rows` are physical indexes.
  virtual void deadLetter(const weir_batch* batch, std::span<const std::uint32_t> rows, std::string_view reason) = 0;
  virtual void wakeAt(Timestamp time) = 0;
  virtual void requestCommit() = 0;
  // [task, inside prepareCommit] Copies the blob.
  virtual Result<void> setRecovery(std::string_view blob) = 0;

  // [control] The metric lives as long as these services; the host works on it from any thread.
  virtual Result<Metric*> metric(std::string_view name, MetricKind kind) = 0;
  // [control] The store lives as long as these services.
  virtual Result<NodeStore*> store(std::string_view name) = 0;
};

}  // namespace weir::runtime
