#include "core/testkit/driver.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/runtime/engine/committer.hpp"
#include "core/runtime/engine/prepare_home.hpp"
#include "core/testkit/plugin_catalog.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/plan/make_plan.hpp"

namespace weir::testkit {

using runtime::NodeCounters;
using runtime::Task;
using topology::NodeRole;

namespace {

constexpr std::int64_t kOverlayBytes = 256LL << 20;
constexpr std::int64_t kUnappliedBytes = 64LL << 20;
constexpr Duration kLongestEnd = 24 * 3600 * kSecond;  // of the driver's clock, for what is in flight at a stop
constexpr const char* kRowsIn = "rows_in";
constexpr const char* kPartial =
    ".partial";  // what the planner adds to the id of a node that combines before rows move

Result<topology::Plan> planOf(const weir_driver_setup& setup, host::LoadedPlugins& plugins) {
  topology::ReadOutcome outcome = topology::readTopology(setup.topology);
  if (topology::hasErrors(outcome.problems)) {
    const std::string name = outcome.topology ? outcome.topology->name.value : "";
    return configError(topology::problemsText(outcome.problems, name.empty() ? "topology" : name));
  }
  topology::PlanOptions options = topology::defaultPlanOptions();
  for (std::size_t i = 0; i < setup.param_count; ++i) {
    options.parameters[setup.params[i].name] = setup.params[i].value;
  }
  const auto derive = [&plugins](const topology::DeriveRequest& request) {
    return plugins.deriveSchemas(request.use, request.stage, request.params, request.inputs);
  };
  return topology::makePlan(*outcome.topology, plugins.catalog(), derive, options);
}

void letAllTimesIn(topology::Plan& plan) {
  for (topology::PlannedTopic& topic : plan.topics) {
    if (topic.eventTime) topic.eventTime->maxAhead = -1;
  }
  for (topology::SubTopology& subTopology : plan.subTopologies) {
    for (topology::PlannedNode& node : subTopology.nodes) {
      if (node.eventTime) node.eventTime->maxAhead = -1;
    }
  }
}

void add(const std::vector<NodeCounters>& counted, std::map<std::string, std::map<std::string, std::int64_t>>& to) {
  for (const NodeCounters& node : counted) {
    to[node.node][kRowsIn] += node.rowsIn;
    for (const auto& [name, value] : node.counters) to[node.node][name] += value;
  }
}

}  // namespace

void Driver::DriverLogger::write(LogLevel level, std::string_view where, std::string_view text) {
  static constexpr const char* kLevels[] = {"debug", "info", "warning", "error", "misbehaviour"};
  const std::lock_guard lock(mutex_);
  lines_ += kLevels[static_cast<std::size_t>(level)];
  lines_ += ": ";
  if (!where.empty()) lines_.append(where).append(": ");
  lines_.append(text).append("\n");
}

std::string Driver::DriverLogger::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(lines_, {});
}

Result<std::unique_ptr<Driver>> Driver::open(const weir_driver_setup& setup) {
  std::unique_ptr<Driver> driver(new Driver(setup));
  WEIR_TRY(driver->setUp(setup));
  return driver;
}

Driver::Driver(const weir_driver_setup& setup) : clock_(setup.now), budget_(kOverlayBytes) {
  options_.shareDecoding = false;
  if (setup.batch_rows > 0) options_.batchRows = setup.batch_rows;
  // Without an interval a task commits when it has worked through all there is, and not before.
  options_.idleCommitInterval = std::max<Duration>(setup.commit_interval, 0);
  options_.commitInterval = setup.commit_interval > 0 ? setup.commit_interval : std::numeric_limits<Duration>::max();
}

Driver::~Driver() {
  discard();
}

Result<void> Driver::setUp(const weir_driver_setup& setup) {
  const std::vector<std::string> libraries(setup.plugins, setup.plugins + setup.plugin_count);
  WEIR_TRY_ASSIGN(catalog, catalogWith(libraries));
  host::HostOptions options;
  options.checks = runtime::CheckDepth::Everything;
  plugins_ = std::make_unique<host::LoadedPlugins>(std::move(catalog), logger_, clock_, options);
  WEIR_TRY_ASSIGN(plan, planOf(setup, *plugins_));
  plan_ = std::move(plan);
  // A clock that nobody has set says nothing about which rows are from the future.
  if (setup.now == 0) letAllTimesIn(plan_);
  topics_ = std::make_unique<DriverTopics>(plan_, log_, *plugins_);
  log_.onPublished([this](const std::vector<runtime::PartitionAppend>& published) { wakeReaders(published); });
  return start();
}

Result<void> Driver::start() {
  Result<void> made = makeTasks();
  if (!made) discard();
  return made;
}

Result<void> Driver::makeTasks() {
  runtime::TaskHost& host = *this;  // a private base, which make_unique would not see
  flow_ = std::make_unique<runtime::FlowLimits>(log_, options_.repartitionBound);
  const runtime::StateResources state{log_, state_, budget_, kUnappliedBytes};
  const std::string id(32, '0');  // every run is the same
  WEIR_TRY_ASSIGN(prepared, runtime::prepareHome(plan_, {state, *plugins_, clock_, logger_, id}, {options_.untilEnd}));
  plan_ = std::move(prepared.plan);
  for (const topology::PlannedTopic& topic : plan_.topics) {
    if (topic.repartition) flow_->addRepartition(topic.name, topic.partitions);
  }
  const runtime::TaskResources resources{*plugins_,
                                         state,
                                         host,
                                         *flow_,
                                         [this](const std::string& topic) { return flow_->progressOf(topic); },
                                         prepared.generations,
                                         prepared.home};
  for (std::size_t subTopology = 0; subTopology < plan_.subTopologies.size(); ++subTopology) {
    for (std::int32_t index = 0; index < plan_.subTopologies[subTopology].tasks; ++index) {
      WEIR_TRY_ASSIGN(
          task,
          Task::make({&plan_, subTopology, static_cast<std::uint32_t>(index), options_, prepared.sequence}, resources));
      flow_->add(*task, subTopology, task->readsSource(), task->repartitionsWritten());
      for (const topology::PlannedNode& node : plan_.subTopologies[subTopology].nodes) {
        if (node.role == NodeRole::TopicRead) readers_.push_back({{plan_.topics[node.topic].name, index}, task.get()});
      }
      queue_.wake(*task);
      tasks_.push_back(std::move(task));
    }
  }
  return {};
}

void Driver::discard() {
  for (const auto& task : tasks_) task->cancel();
  for (const auto& [task, counted] : committed_) add(counted, settled_);
  committed_.clear();
  readers_.clear();
  tasks_.clear();
  queue_.clear();
  schemaChange_.reset();
  flow_.reset();
}

Result<void> Driver::stop() {
  for (const auto& task : tasks_) task->requestStop();
  WEIR_TRY(runUntilFinished());
  discard();
  return {};
}

Result<void> Driver::runUntilFinished() {
  const Instant latest = clock_.monotonic() + kLongestEnd;
  WEIR_TRY(runUntilQuiet());
  while (true) {
    const auto busy = std::find_if(tasks_.begin(), tasks_.end(), [](const auto& task) { return !task->finished(); });
    if (busy == tasks_.end()) return {};
    const std::optional<Instant> time = queue_.nextTime();
    if (!time || *time > latest) {
      return fatalError("The sub-topology '" + (*busy)->subTopology().id +
                        "' does not come to its end: an operator stays blocked.");
    }
    clock_.advance(*time - clock_.monotonic());
    WEIR_TRY(runUntilQuiet());
  }
}

Result<void> Driver::send(const std::string& topic, std::string_view rows) {
  if (options_.untilEnd) return configError("Every input has ended: nothing can be sent any more.");
  return topics_->send(topic, rows);
}

Result<void> Driver::run() {
  return runUntilQuiet();
}

Result<void> Driver::runUntilQuiet() {
  for (const auto& task : tasks_) {
    if (const std::optional<Error> failure = task->failure()) return *failure;
  }
  if (tasks_.empty()) return configError("There are no tasks: they could not be made. crash() tries again.");
  while (true) {
    queue_.wakeDue(clock_.monotonic());
    if (Task* const task = queue_.next()) {
      if (task->runSome()) queue_.wake(*task);
      if (const std::optional<Error> failure = task->failure()) return *failure;
      if (schemaChange_) {
        return configError(
            "The source '" + schemaChange_->node + "' says that in split '" + schemaChange_->split +
            "' other columns follow. `weir run` plans anew there; a driver has the plan that it was made "
            "with.");
      }
      continue;
    }
    const Task* const waiting = awaitingWake();
    if (waiting == nullptr) return {};
    if (queue_.waitForWake()) continue;
    return retryableError("An operator in the sub-topology '" + waiting->subTopology().id +
                          "' has had something in flight for a long time, and has woken nobody.");
  }
}

const Task* Driver::awaitingWake() const {
  const auto found = std::find_if(tasks_.begin(), tasks_.end(), [](const auto& task) { return task->awaitsWake(); });
  return found == tasks_.end() ? nullptr : found->get();
}

Result<void> Driver::advanceClock(Duration by) {
  if (by < 0) return configError("The clock does not go back.");
  WEIR_TRY(runUntilQuiet());
  const Instant target = clock_.monotonic() + by;
  for (auto time = queue_.nextTime(); time && *time <= target; time = queue_.nextTime()) {
    clock_.advance(*time - clock_.monotonic());
    WEIR_TRY(runUntilQuiet());
  }
  clock_.advance(target - clock_.monotonic());
  return {};
}

Result<void> Driver::restart() {
  WEIR_TRY(stop());
  return start();
}

Result<void> Driver::crash() {
  discard();
  return start();
}

Result<void> Driver::end() {
  if (!options_.untilEnd) {
    WEIR_TRY(stop());
    options_.untilEnd = true;
    WEIR_TRY(start());
  }
  return runUntilFinished();
}

void Driver::commit(runtime::CommitRequest request) {
  Task& task = *request.task;
  if (!request.outputsOnly) committed_[&task] = task.counters();
  std::vector<runtime::CommitRequest> group;
  group.push_back(std::move(request));
  task.commitDone(runtime::Committer::commitGroup(log_, group, {}));
}

void Driver::wakeReaders(const std::vector<runtime::PartitionAppend>& published) {
  for (const runtime::PartitionAppend& append : published) {
    const bool every = append.partition.partition == runtime::kEveryPartition;
    for (const auto& [partition, task] : readers_) {
      const bool reads = partition.topic == append.partition.topic;
      if (reads && (every || partition.partition == append.partition.partition)) queue_.wake(*task);
    }
  }
}

Result<std::int64_t> Driver::counter(const std::string& node, const std::string& name) const {
  std::map<std::string, Counters> all = settled_;
  for (const auto& task : tasks_) add(task->counters(), all);
  const auto whole = all.find(node);
  if (whole == all.end()) return configError("The topology has no node '" + node + "'.");
  // Rows come in where they are combined; each stage counts what it does.
  const auto partial = all.find(node + kPartial);
  if (partial != all.end()) {
    if (name == kRowsIn) return partial->second[name];
    for (const auto& [counter, value] : partial->second) whole->second[counter] += value;
  }
  const auto found = whole->second.find(name);
  if (found != whole->second.end()) return found->second;
  std::string known;
  for (const auto& [counter, value] : whole->second) known += (known.empty() ? "'" : ", '") + counter + "'";
  return configError("The node '" + node + "' counts nothing by the name of '" + name + "', but " + known + ".");
}

NodeCounters Driver::figuresOf(const std::string& node) const {
  NodeCounters all;
  for (const auto& task : tasks_) {
    for (const NodeCounters& counters : task->counters()) {
      if (counters.node == node) all.add(counters);
    }
  }
  return all;
}

Result<std::int64_t> Driver::gauge(const std::string& node, const std::string& name) const {
  for (const auto& [gauge, value] : figuresOf(node).gauges) {
    if (gauge == name) return value;
  }
  return configError("The node '" + node + "' has no gauge '" + name + "'.");
}

Result<std::int64_t> Driver::quantile(const std::string& node, const std::string& name, double share) const {
  for (const auto& [histogram, counts] : figuresOf(node).histograms) {
    if (histogram == name) return counts.quantile(share);
  }
  return configError("The node '" + node + "' has no histogram '" + name + "'.");
}

Result<std::int64_t> Driver::watermark(const std::string& node) const {
  std::optional<std::int64_t> lowest;
  for (const auto& task : tasks_) {
    for (const NodeCounters& counters : task->counters()) {
      if (counters.node != node || !counters.watermark) continue;
      lowest = std::min(lowest.value_or(WEIR_WATERMARK_MAX), *counters.watermark);
    }
  }
  if (lowest) return *lowest;
  return configError("The topology has no node '" + node + "' with an output that could tell a watermark.");
}

std::string Driver::takeLog() {
  return logger_.take();
}

}  // namespace weir::testkit
