// Base classes of operators. Derive, override what you need, and name the class in WEIR_PLUGIN (plugin.hpp).
//
// Calls on one instance never overlap, on whatever thread they come, except `cancel`. Throw a class of
// errors.hpp (or anything else: it counts as fatal); the instance is then destroyed and made anew.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/create_info.hpp"

namespace weir {

// What a processor answers.
enum class Flow : std::int32_t {
  Done = WEIR_OK,                 // nothing left to do
  HaveOutput = WEIR_HAVE_OUTPUT,  // emit said "full" and there is more to send: call resume
  More = WEIR_MORE,               // classes with kYields: as HaveOutput, and everything is in the state meanwhile
  Blocked = WEIR_BLOCKED          // waits for something of its own: call resume after Context::wake
};

// What every operator has.
//
// A class may have
//   static std::vector<Schema> deriveSchema(const CreateInfo&)   pure: the schemas of the output ports, for what the
//                                                                manifest's rules cannot say
//   static constexpr bool kYields = true;                        it may answer Flow::More
//   static constexpr int kAbiMinor = 2;                          it needs a host with that minor (what the SDK can see
//                                                                by itself need not be said: docs/plugins.md)
class Operator {
 public:
  explicit Operator(const CreateInfo& info) : context_(&info.context()) {}
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;
  virtual ~Operator() = default;

  // First of all: the blob of the last commit, empty when there was none. The stores can be read. May be called once
  // more with the same blob.
  virtual void recover(std::string_view blob) { static_cast<void>(blob); }
  // Once, after the first recover and before the first row: the place to ask for timers and to start what runs beside.
  virtual void start() {}
  // Dirty state of `epoch` becomes part of a commit. Stores are handed over by themselves, after this;
  // what is left is Context::setRecovery, and to make outside effects ready. Rows may follow at once. False (kAbiMinor
  // 2): not ready, call again with this epoch after wake; nothing else comes before.
  virtual bool prepareCommit(std::uint64_t epoch) {
    static_cast<void>(epoch);
    return true;
  }
  // `epoch` is durable. False (kAbiMinor 2): call again after wake; rows go on, the next commit waits.
  virtual bool committed(std::uint64_t epoch) {
    static_cast<void>(epoch);
    return true;
  }
  // `epoch` was prepared and will certainly not be committed; the destructor follows. Never after a crash: see recover.
  virtual void abort(std::uint64_t epoch) { static_cast<void>(epoch); }
  // Before a commit: true when nothing is in flight; false: call again after wake.
  virtual bool drain(std::int64_t deadline) {
    static_cast<void>(deadline);
    return true;
  }
  // [any] Give up what is in flight, soon; the destructor follows.
  virtual void cancel() {}
  virtual const void* extension(std::string_view id) {
    static_cast<void>(id);
    return nullptr;
  }

 protected:
  Context& context() const { return *context_; }

 private:
  Context* context_;
};

class Processor : public Operator {
 public:
  using Operator::Operator;
  // Works on one batch. A batch carries watermark steps even without rows: pass them on.
  virtual Flow process(std::size_t port, const Batch& batch) = 0;
  // Goes on after HaveOutput or Blocked.
  virtual Flow resume() { return Flow::Done; }
  // A time asked for with wakeAt, or of a processing-time timer, has come.
  virtual Flow onTimer(std::int64_t now) {
    static_cast<void>(now);
    return Flow::Done;
  }
  // Context::wake was called while nothing was unfinished.
  virtual Flow onWake() { return Flow::Done; }
};

// A processor whose output leaves Weir: it has no output port.
class Sink : public Processor {
 public:
  using Processor::Processor;
};

// A part of the input with a position of its own.
struct Split {
  std::string id;        // stable over restarts and renames; see weir_split for what decides its task
  std::string position;  // as the source last gave it; empty at the beginning
};

// Takes the id of a split, and what people call it where that is something else.
class SplitFound {
 public:
  using Take = std::function<void(std::string_view id, std::string_view name)>;
  explicit SplitFound(Take take) : take_(std::move(take)) {}
  void operator()(std::string_view id, std::string_view name = {}) const { take_(id, name); }

 private:
  Take take_;
};

// What has become of splits since the last look.
struct SplitChanges {
  SplitFound news;  // it is new, or may have something to read
  SplitFound gone;  // it is not there any more: at its end its position is forgotten
};

// Owns the bytes of a chunk; destroyed on any thread, also after the source: give the buffer back to a pool
// from the destructor.
class ChunkBuffer {
 public:
  virtual ~ChunkBuffer() = default;
};

// A record that the source itself cannot read. It becomes a dead letter, committed with the position of its chunk.
struct UnreadableRecord {
  std::string bytes;           // its beginning
  std::uint64_t length = 0;    // of the whole record
  std::uint64_t position = 0;  // where it begins in the input
  std::string reason;
};

// What a split reader read: either `data` (whole records) or `batch`, or neither.
struct Chunk {
  std::string_view data;                // points into `buffer`
  std::vector<std::uint64_t> offsets;   // record i is data[offsets[i], offsets[i+1]); empty: the format frames
  std::unique_ptr<ChunkBuffer> buffer;  // keeps `data` alive
  Batch batch;                          // without event time and steps
  std::string position;                 // of the split after this chunk
  std::uint64_t begin = 0;              // where `data` begins in the input, for messages
  std::vector<UnreadableRecord> unreadable;
  // What the source knows of each record beside its bytes, where `offsets` are set; each may be absent. Times and the
  // watermark count where the manifest has "gives_time" (kAbiMinor 2: an older host would not look at them).
  std::optional<OwnedColumn> keys;     // bytes
  std::optional<OwnedColumn> headers;  // headersType()
  std::vector<std::int64_t> times;
  std::int64_t watermark = WEIR_WATERMARK_MIN;  // no later record of the split has a time at or below it
};

enum class ReadResult : std::int32_t {
  Read = WEIR_OK,    // `chunk` is filled
  Idle = WEIR_IDLE,  // nothing now, more may come: wake or wakeAt
  End = WEIR_END,    // nothing will come any more
  // What follows has another schema: deriveSchema answers it, the topology is planned anew, and this split is opened
  // again where its last chunk ended (kAbiMinor 2; the manifest has the rule "derive").
  SchemaChanged = WEIR_SCHEMA_CHANGED
};

// Reads one split from where it was opened. Never waits.
class SplitReader {
 public:
  virtual ~SplitReader() = default;
  // `untilEnd`: what is there now is all there will be. Cut chunks by the input alone where possible, so
  // that a second run cuts them the same way.
  virtual ReadResult read(bool untilEnd, Chunk& chunk) = 0;
  // Everything up to `position` is durable: acknowledge it where the outside wants that. A source that must be told has
  // kAbiMinor 2.
  virtual void committed(std::string_view position) { static_cast<void>(position); }
};

// A class may have `void changes(const SplitChanges& tell)`: tells what has changed since discover or the last call. It
// is asked often, and costs next to nothing when that is nothing. It is then asked only once for all of its splits, and
// those that were idle are not read again before it names them: thousands of idle ones cost nothing.
class Source : public Operator {
 public:
  using Operator::Operator;
  // Names every split there is now: found(id). Called at the start, and now and then after it.
  virtual void discover(const SplitFound& found) = 0;
  virtual std::unique_ptr<SplitReader> open(const Split& split) = 0;
  // A split of the last commit; each one, before the first discover.
  virtual void restore(const Split& split) { static_cast<void>(split); }
  virtual void onTimer(std::int64_t now) { static_cast<void>(now); }
};

// Records as they come in. `offsets` empty: the format finds the borders itself.
struct Records {
  std::string_view data;
  std::span<const std::uint64_t> offsets;  // count + 1
};

// Records that could not be decoded, by where they lie in `Records::data`.
class MalformedRecords {
 public:
  void add(std::uint64_t begin, std::uint64_t end, std::string reason) {
    entries_.push_back({begin, end, kAbsent});
    reasons_.push_back(std::move(reason));
  }
  void clear() {
    entries_.clear();
    reasons_.clear();
  }
  // The entries with their reasons filled in; until the next add.
  const std::vector<weir_malformed>& entries() {
    for (std::size_t i = 0; i < entries_.size(); ++i) entries_[i].reason = toSlice(reasons_[i]);
    return entries_;
  }

 private:
  std::vector<weir_malformed> entries_;
  std::vector<std::string> reasons_;
};

// Records on their way out: append to `bytes`, then `endRecord`.
struct RecordWriter {
  std::string bytes;
  std::vector<std::uint64_t> offsets{0};
  void endRecord() { offsets.push_back(bytes.size()); }
  void clear() {
    bytes.clear();
    offsets.assign(1, 0);
  }
};

// Bytes to rows and back, for the schema that is input 0. One instance is used by one thread at a time.
class Format : public Operator {
 public:
  using Operator::Operator;
  // Good rows in order, without event time and steps; an empty handle when there are none.
  virtual Batch decode(const Records& records, MalformedRecords& malformed) = 0;
  // Before decode, with the same records: false when something has to be fetched first, as from a registry; call again
  // after wake. Nothing may wait in decode itself.
  virtual bool prepare(const Records& records) {
    static_cast<void>(records);
    return true;
  }
  // The selected rows, one record each.
  virtual void encode(const Batch& batch, RecordWriter& out) = 0;
};

}  // namespace weir
