// The PluginHost port: operators of plugins as C++ objects whose calls answer Results.
//
// An instance marks every call into a plugin with node and call, so that the watchdog and the crash report
// can name it. Exceptions of plugins do not get this far.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/node_services.hpp"
#include "core/runtime/ports/source_chunk.hpp"
#include "weir/abi/operator.h"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// What an operator says after a call that may emit.
enum class Progress : std::uint8_t {
  Done,
  HaveOutput,  // stopped because emit answered "full": call resume when there is room
  Blocked,     // waits for something of its own: call resume after wake
  More,        // all input is in the state and there is more to send: call resume when there is room, commit before it
};

// A split as the source names it. All are copies.
struct SourceSplit {
  std::string id;
  std::string position;
  std::string name;  // for people, such as a path; may be empty, and may change
};

// What a source that tells of changes says of one of its splits.
struct SplitChange {
  SourceSplit split;
  bool gone = false;  // not there any more, and never named again; otherwise it is new or has something to read
};

enum class ReadOutcome : std::uint8_t {
  Chunk,
  Idle,
  End,
  SchemaChanged,  // what follows has other columns, which deriveSchemas answers: the plan has to be made anew
};

// [task] An open split. Destroyed before its operator.
class SplitReader {
 public:
  virtual ~SplitReader() = default;
  // Never waits. `chunk` is set when the outcome is Chunk.
  virtual Result<ReadOutcome> read(bool untilEnd, SourceChunk& chunk) = 0;
  // Everything up to `position` is durable.
  virtual Result<void> committed(std::string_view position) {
    static_cast<void>(position);
    return {};
  }
};

// [task], except cancel. Destroying it destroys the operator.
//
// A batch that process refuses as poisoned is given again row by row; the rows that are refused alone become
// dead letters, so that which rows those are does not depend on where the batch was cut.
class OperatorInstance {
 public:
  virtual ~OperatorInstance() = default;

  virtual Result<void> recover(std::string_view blob) = 0;
  virtual Result<Progress> process(std::uint32_t port, const Batch& batch) = 0;
  virtual Result<Progress> resume() = 0;
  // The answer is for the operator as a whole: one that is blocked stays so unless its resume, which is called after
  // its timer too, says otherwise.
  virtual Result<Progress> onTimer(Timestamp now) = 0;
  virtual Result<Progress> drain(Timestamp deadline) = 0;
  // Done, or Blocked: call again with the same epoch after a wake.
  virtual Result<Progress> prepareCommit(std::uint64_t epoch) = 0;
  virtual Result<Progress> committed(std::uint64_t epoch) = 0;
  // The epoch was prepared and is certain not to be committed.
  virtual void abort(std::uint64_t epoch) { static_cast<void>(epoch); }
  // A wake of an operator with nothing unfinished; called only where it wants that.
  virtual Result<Progress> onWake() { return Progress::Done; }
  virtual bool wantsWakes() const { return false; }
  // May answer More: resumed once before the first row, because its state may hold output that was not sent.
  virtual bool yields() const { return false; }
  // [any]
  virtual void cancel() = 0;

  // Sources.
  virtual Result<std::vector<SourceSplit>> discover() = 0;
  virtual Result<std::unique_ptr<SplitReader>> openSplit(const SourceSplit& split) = 0;
  // A split of the last commit; each one, before the first discover.
  virtual Result<void> restoreSplit(const SourceSplit& split) {
    static_cast<void>(split);
    return {};
  }
  // Whether `changes` says all that there is to know after one discover. Otherwise every split has to be tried.
  virtual bool tellsChanges() const { return false; }
  virtual Result<std::vector<SplitChange>> changes() { return std::vector<SplitChange>(); }
};

struct DecodedRows {
  Batch batch;                                // empty handle when there are no good rows
  std::span<const weir_malformed> malformed;  // borrowed until the next decode
};

// [task] One format and schema; one per thread.
class FormatInstance {
 public:
  virtual ~FormatInstance() = default;
  virtual Result<DecodedRows> decode(std::string_view data, const std::uint64_t* offsets, std::size_t recordCount) = 0;
  // Before decode, with the same records: Blocked to be asked again after a wake.
  virtual Result<Progress> prepare(std::string_view data, const std::uint64_t* offsets, std::size_t recordCount) {
    static_cast<void>(data), static_cast<void>(offsets), static_cast<void>(recordCount);
    return Progress::Done;
  }
  // [any] Gives up what it waits for.
  virtual void cancel() {}
  // Record i is data[offsets[i], offsets[i + 1]); borrowed until the next encode.
  virtual Result<weir_encoded> encode(const Batch& batch) = 0;
};

// Which home an instance works in, and which of its starts this is.
struct HomeIdentity {
  std::string id;
  std::uint64_t incarnation = 0;
};

struct InstanceSpec {
  std::string node;  // its id, for messages
  std::string use;   // plugin.operator
  weir_stage stage = WEIR_STAGE_WHOLE;
  std::string params;              // JSON object, as in PlannedNode
  std::vector<SchemaRef> inputs;   // by port
  std::vector<SchemaRef> outputs;  // by port; nullptr where nothing is attached
  std::uint32_t task = 0;
  std::uint32_t taskCount = 1;
  bool untilEnd = false;  // what is there now is all there will be
  std::string topology;   // its name
  HomeIdentity home;
  std::uint64_t lastEpoch = 0;       // in which the node committed anything in this task
  NodeServices* services = nullptr;  // outlives the instance
};

// [any]
class PluginHost {
 public:
  virtual ~PluginHost() = default;

  // Loads the plugin at its first use, and makes an instance.
  virtual Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) = 0;
  // `node` is named in messages; `params` may be "{}". `services`: for its log, wakes and metrics, outlive it; nullptr:
  // it has none.
  virtual Result<std::unique_ptr<FormatInstance>> createFormat(const std::string& node, const std::string& use,
                                                               const std::string& params, const SchemaRef& schema,
                                                               NodeServices* services) = 0;
  // Complete output schemas, by port, in this process.
  virtual Result<std::vector<Schema>> deriveSchemas(const std::string& use, weir_stage stage, const std::string& params,
                                                    std::span<const Schema> inputs) = 0;
};

}  // namespace weir::runtime
