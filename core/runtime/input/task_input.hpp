// Where the rows of a task come from: a source, or a topic.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/runtime/ports/commit.hpp"
#include "core/runtime/ports/metric.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

enum class InputOutcome : std::uint8_t {
  Rows,   // a batch, perhaps only with steps
  Dry,    // nothing now; the task is woken when there may be more
  Ended,  // nothing will come any more; said once everything has been given out
  // What follows has another schema, as the source says; everything before it has been given out.
  SchemaChanged,
};

// What a source said of a split.
struct SchemaChange {
  std::string node;
  std::string split;   // its name
  bool gotOn = false;  // this run has read of the split before
};

// Called with each record that cannot be taken in: its position in words, its bytes, the reason.
using Refused = std::function<void(std::string_view position, std::string_view bytes, std::string_view reason)>;

// [task]
class TaskInput {
 public:
  virtual ~TaskInput() = default;

  // Opens what a commit left behind. Before the first poll.
  virtual Result<void> open() = 0;
  // Never waits. `batch` carries event time, steps and origin steps.
  virtual Result<InputOutcome> poll(Batch& batch) = 0;
  // Puts positions and watermarks into the state of its node. Between two polls.
  virtual Result<void> prepareCommit() = 0;
  // What was prepared, for the log: how far a topic that others may read, too, has been taken in.
  virtual std::optional<Consumed> consumed() const { return std::nullopt; }
  // What it has read since the last commit are words about time alone, which it would read again: a commit that has
  // nothing else to keep can do without this input.
  virtual bool wouldReadAgain() const { return false; }
  // What was prepared is durable.
  virtual Result<void> committed() = 0;

  // [any] Gives up what is waited for; the input is destroyed soon.
  virtual void cancel() {}
  // [any] Figures of what decodes for it.
  virtual std::map<std::string, const Metric*> metrics() const { return {}; }

  // What people call a split that its rows come from; empty where it does not know, or the split is its own name.
  virtual std::string nameOfSplit(std::string_view split) const {
    static_cast<void>(split);
    return {};
  }

  virtual std::int64_t watermark() const = 0;
  // Nothing comes at the moment, and that shall not hold time back elsewhere.
  virtual bool idle() const = 0;
  // After InputOutcome::SchemaChanged.
  virtual std::optional<SchemaChange> schemaChange() const { return std::nullopt; }
  // There are rows that it could give, now or as soon as they are here, and others may have to wait for them.
  virtual bool hasRows() const { return false; }
};

}  // namespace weir::runtime
