// Operators and formats made of lambdas, and a host that steps tasks by hand: the runtime without plugins or threads.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/adapters/memory/memory_log.hpp"
#include "core/adapters/memory/memory_state_store.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/engine/committer.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/task/task.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

// Does what it is told; without being told it takes everything in.
class FakeOperator : public OperatorInstance {
 public:
  Result<void> recover(std::string_view) override { return {}; }
  Result<Progress> process(std::uint32_t port, const Batch& batch) override {
    return onProcess ? onProcess(port, batch) : Result<Progress>(Progress::Done);
  }
  Result<Progress> resume() override { return onResume ? onResume() : Result<Progress>(Progress::Done); }
  Result<Progress> onTimer(Timestamp now) override { return onTime ? onTime(now) : Result<Progress>(Progress::Done); }
  Result<Progress> drain(Timestamp) override { return onDrain ? onDrain() : Result<Progress>(Progress::Done); }
  Result<Progress> prepareCommit(std::uint64_t) override {
    if (onPrepare) onPrepare();
    return Progress::Done;
  }
  Result<Progress> committed(std::uint64_t) override { return Progress::Done; }
  void cancel() override {}
  Result<std::vector<SourceSplit>> discover() override { return std::vector<SourceSplit>(); }
  Result<std::unique_ptr<SplitReader>> openSplit(const SourceSplit&) override { return fatalError("No source."); }

  std::function<Result<Progress>(std::uint32_t port, const Batch& batch)> onProcess;
  std::function<Result<Progress>()> onResume;
  std::function<Result<Progress>()> onDrain;
  std::function<void()> onPrepare;
  std::function<Result<Progress>(Timestamp now)> onTime;
};

// A copy of what it guards has one of its own.
struct OwnMutex : std::mutex {
  OwnMutex() = default;
  OwnMutex(const OwnMutex& /*other*/) : std::mutex() {}
  OwnMutex& operator=(const OwnMutex& /*other*/) { return *this; }
};

// What a fake source reads: chunks of lines "<milliseconds>\n" by split, and records it cannot read, by chunk.
struct FakeInput {
  struct Chunk {
    std::string lines;
    std::vector<UnreadableRecord> unreadable;
    int version = 0;  // of the schema
  };
  std::map<std::string, std::vector<Chunk>> splits;
  bool tellsPlaces = false;  // where in its split each line begins
  int plannedVersion = 0;    // chunks of later ones need a new plan
  bool tellsChanges = false;
  std::vector<SplitChange> changes;    // to be told
  std::map<std::string, Chunk> later;  // comes to a split as soon as it has ended, and is told of
  // What has been asked of the source, by whichever tasks and threads; read when these have come to rest.
  OwnMutex asking;
  int discoveries = 0;
  std::map<std::string, int> reads;
  std::vector<SourceSplit> restored;
};

class FakeSource final : public FakeOperator {
 public:
  explicit FakeSource(FakeInput& input) : input_(input) {}
  bool tellsChanges() const override { return input_.tellsChanges; }
  Result<std::vector<SplitChange>> changes() override { return std::exchange(input_.changes, {}); }
  Result<void> restoreSplit(const SourceSplit& split) override {
    const std::lock_guard<std::mutex> lock(input_.asking);
    input_.restored.push_back(split);
    return {};
  }
  Result<std::vector<SourceSplit>> discover() override {
    {
      const std::lock_guard<std::mutex> lock(input_.asking);
      input_.discoveries += 1;
    }
    std::vector<SourceSplit> found;
    for (const auto& [id, chunks] : input_.splits) found.push_back({id, ""});
    return found;
  }
  Result<std::unique_ptr<SplitReader>> openSplit(const SourceSplit& split) override {
    return std::unique_ptr<SplitReader>(std::make_unique<Reader>(input_, split));
  }

 private:
  class Reader final : public SplitReader {
   public:
    Reader(FakeInput& input, const SourceSplit& split)
        : input_(input), next_(split.position.empty() ? 0 : std::stoul(split.position)), id_(split.id) {}
    Result<ReadOutcome> read(bool untilEnd, SourceChunk& chunk) override {
      {
        const std::lock_guard<std::mutex> lock(input_.asking);
        input_.reads[id_] += 1;
      }
      const auto chunks = input_.splits.find(id_);
      if (chunks == input_.splits.end()) return ReadOutcome::End;
      if (next_ >= chunks->second.size() && input_.later.contains(id_)) {
        chunks->second.push_back(input_.later.extract(id_).mapped());
        input_.changes.push_back({{id_, "", ""}, false});
        return ReadOutcome::End;
      }
      if (next_ >= chunks->second.size()) return untilEnd ? ReadOutcome::End : ReadOutcome::Idle;
      if (chunks->second[next_].version > input_.plannedVersion) return ReadOutcome::SchemaChanged;
      const FakeInput::Chunk& from = chunks->second[next_++];
      std::uint64_t begin = 0;
      for (std::size_t i = 0; i + 1 < next_; ++i) begin += chunks->second[i].lines.size();
      position_ = std::to_string(next_);
      unreadable_.clear();
      for (const UnreadableRecord& record : from.unreadable) {
        unreadable_.push_back({toSlice(record.bytes), record.length, record.position, toSlice(record.reason)});
      }
      weir_chunk raw{};
      raw.struct_size = sizeof(raw);
      // The format learns of the split by the first line.
      auto* const owned = new std::string(from.lines.empty() ? "" : id_ + "\n" + from.lines);
      raw.data = toSlice(*owned);
      raw.owner = owned;
      raw.release = [](void* owner) { delete static_cast<std::string*>(owner); };
      raw.position = toSlice(position_);
      if (input_.tellsPlaces) raw.begin = begin;
      raw.unreadable_size = sizeof(weir_unreadable);
      raw.unreadable = unreadable_.data();
      raw.unreadable_count = unreadable_.size();
      chunk = SourceChunk(raw);
      return ReadOutcome::Chunk;
    }

   private:
    FakeInput& input_;
    std::size_t next_;
    std::string id_;
    std::string position_;
    std::vector<weir_unreadable> unreadable_;
  };
  FakeInput& input_;
};

inline Schema fakeSchema() {
  return Schema{{{"split", TypeId::String, false}, {"ts", TypeId::Timestamp, false}}};
}

class FakeFormat final : public FormatInstance {
 public:
  explicit FakeFormat(bool tellsPlaces) : tellsPlaces_(tellsPlaces) {}
  Result<DecodedRows> decode(std::string_view data, const std::uint64_t*, std::size_t) override {
    BatchBuilder rows(fakeSchema());
    std::vector<std::int64_t> places;
    const std::size_t head = data.find('\n');
    const std::string split(data.substr(0, head));
    data.remove_prefix(head + 1);
    for (std::size_t at = 0; at < data.size();) {
      places.push_back(static_cast<std::int64_t>(at));
      const std::size_t end = data.find('\n', at);
      rows.row(split, std::stoll(std::string(data.substr(at, end - at))) * 1000);
      at = end + 1;
    }
    const Batch batch = rows.finish();
    if (!tellsPlaces_) return DecodedRows{batch, {}};
    const Batch inData = BatchMaker(makeSchema(fakeSchema())).rowIds("", 0).finish(0);
    return DecodedRows{BatchMaker::from(batch).rowIdsFrom(inData, 0, std::move(places)).finish(0), {}};
  }
  Result<weir_encoded> encode(const Batch&) override { return fatalError("Nothing is encoded here."); }

 private:
  bool tellsPlaces_;
};

class FakePlugins final : public PluginHost {
 public:
  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) override {
    if (spec.node == refused) return configError("The node '" + refused + "' is refused.");
    if (spec.use == "fake.source") return std::unique_ptr<OperatorInstance>(std::make_unique<FakeSource>(input));
    auto made = std::make_unique<FakeOperator>();
    if (prepare) prepare(spec, *made);
    return std::unique_ptr<OperatorInstance>(std::move(made));
  }
  Result<std::unique_ptr<FormatInstance>> createFormat(const std::string&, const std::string&, const std::string&,
                                                       const SchemaRef&, NodeServices*) override {
    return std::unique_ptr<FormatInstance>(std::make_unique<FakeFormat>(input.tellsPlaces));
  }
  Result<std::vector<Schema>> deriveSchemas(const std::string&, weir_stage, const std::string&,
                                            std::span<const Schema>) override {
    return fatalError("Nothing is derived here.");
  }

  FakeInput input;
  std::string refused;                                                        // a node
  std::function<void(const InstanceSpec& spec, FakeOperator& made)> prepare;  // gives an operator something to do
};

// A host with operators of its own test beside the fakes.
class PluginsOverFakes : public PluginHost {
 public:
  Result<std::unique_ptr<FormatInstance>> createFormat(const std::string& node, const std::string& use,
                                                       const std::string& params, const SchemaRef& schema,
                                                       NodeServices* services) override {
    return sources.createFormat(node, use, params, schema, services);
  }
  Result<std::vector<Schema>> deriveSchemas(const std::string&, weir_stage, const std::string&,
                                            std::span<const Schema>) override {
    return fatalError("Nothing is derived here.");
  }

  FakePlugins sources;
};

class SilentLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

class OpenFlow final : public FlowControl {
 public:
  bool mayRead(Task&) override { return true; }
  void advanced(Task&, const TaskProgress&) override {}
  void finished(Task&) override {}
};

// Steps tasks in one thread. What threads would decide (who runs when, when a chunk is decoded, when a commit is over)
// is drawn from a seed.
class SteppedHost final : public TaskHost {
 public:
  explicit SteppedHost(Log& log, unsigned seed = 1, Timestamp now = kSecond) : time(now), log_(log), random_(seed) {}

  void wake(Task& task) override { woken.insert(&task); }
  void wakeAt(Task& task, Instant at) override {
    Instant& known = timers_.try_emplace(&task, at).first->second;
    known = std::min(known, at);
  }
  void submit(std::function<void()> job) override { jobs_.push_back(std::move(job)); }
  void commit(CommitRequest request) override {
    std::size_t bytes = 0;
    for (const auto* appends : {&request.outputs, &request.changelogs}) {
      for (const PartitionAppend& append : *appends) {
        for (const RunToAppend& run : append.runs) bytes += run.body.size();
      }
    }
    largestCommit = std::max(largestCommit, bytes);
    ++commits;
    commits_.push_back(std::move(request));
  }
  void schemaChanged(Task& task, SchemaChange change) override {
    schemaChanges.push_back(std::move(change));
    task.requestDrain();
  }
  void taskEnded(Task&) override {}
  const Clock& clock() const override { return time; }
  Logger& logger() override { return logger_; }

  // Until all have finished, one has failed, nobody will ever be woken, or `most` steps are over; answers whether all
  // have finished.
  bool run(const std::vector<Task*>& tasks, int most = 1'000'000) {
    woken.insert(tasks.begin(), tasks.end());
    log_.onPublished([this, tasks](const auto&) { woken.insert(tasks.begin(), tasks.end()); });
    const bool finished = runWoken(tasks, most);
    log_.onPublished(nullptr);
    return finished;
  }

  // Everything that waits is thrown away, as when the process dies.
  void forget() {
    jobs_.clear();
    commits_.clear();
  }

  std::set<Task*> woken;
  ManualClock time;
  bool stalled = false;  // a commit takes for as long as this is so
  int commits = 0;       // that tasks have handed over
  std::size_t largestCommit = 0;
  std::vector<SchemaChange> schemaChanges;

 private:
  bool runWoken(const std::vector<Task*>& tasks, int most) {
    for (int i = 0; i < most; ++i) {
      if (std::all_of(tasks.begin(), tasks.end(), [](const Task* task) { return task->finished(); })) return true;
      if (std::any_of(tasks.begin(), tasks.end(), [](const Task* task) { return task->failure().has_value(); })) break;
      if (woken.empty() && jobs_.empty() && commits_.empty() && timers_.empty()) break;
      switch (random_() % 4) {
        case 0: runJob(); break;
        case 1: finishCommits(); break;
        case 2: passTime(); break;
        default: runTask(*tasks[random_() % tasks.size()]);
      }
    }
    return false;
  }
  void passTime() {
    time.advance(kMillisecond);
    std::erase_if(timers_, [this](const auto& timer) {
      if (timer.second > time.monotonic()) return false;
      woken.insert(timer.first);
      return true;
    });
  }
  void runTask(Task& task) {
    if (woken.erase(&task) != 0 && task.runSome()) woken.insert(&task);
  }
  void runJob() {
    if (jobs_.empty()) return;
    const auto which = static_cast<std::ptrdiff_t>(random_() % jobs_.size());
    const std::function<void()> job = std::move(jobs_[static_cast<std::size_t>(which)]);
    jobs_.erase(jobs_.begin() + which);
    job();
  }
  void finishCommits() {
    if (stalled) return;
    std::vector<CommitRequest> group = std::exchange(commits_, {});
    if (group.empty()) return;
    std::vector<Task*> tasks;
    tasks.reserve(group.size());
    for (const CommitRequest& request : group) tasks.push_back(request.task);
    const CommitResult result = Committer::commitGroup(log_, group, {});
    for (Task* const task : tasks) task->commitDone(result);
  }

  Log& log_;
  std::mt19937 random_;
  SilentLogger logger_;
  std::map<Task*, Instant> timers_;
  std::deque<std::function<void()>> jobs_;
  std::vector<CommitRequest> commits_;
};

// Rows of a topic in order, as JSON.
inline std::vector<std::string> rowsOf(Log& log, const std::string& topic, const Schema& schema) {
  std::vector<std::string> rows;
  auto reader = log.read({topic, 0}, Position());
  while (reader.ok()) {
    auto run = (*reader)->next();
    if (!run.ok() || !*run) break;
    auto batch = decodeBatch((*run)->body, makeSchema(schema));
    if (!batch.ok()) break;
    for (std::int64_t row = 0; row < batch->rowCount(); ++row) rows.push_back(rowText(*batch, row));
  }
  return rows;
}

}  // namespace weir::runtime
