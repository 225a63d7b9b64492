// What stands behind the C functions of topology_driver.h: a whole topology, run by hand in one thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/adapters/memory/memory_log.hpp"
#include "core/adapters/memory/memory_state_store.hpp"
#include "core/base/clock.hpp"
#include "core/runtime/engine/flow_limits.hpp"
#include "core/runtime/task/task.hpp"
#include "core/testkit/driver_queue.hpp"
#include "core/testkit/driver_topics.hpp"
#include "weir/testkit/topology_driver.h"

namespace weir::testkit {

class Driver final : private runtime::TaskHost {
 public:
  static Result<std::unique_ptr<Driver>> open(const weir_driver_setup& setup);
  ~Driver() override;

  Result<void> send(const std::string& topic, std::string_view rows);
  Result<void> run();
  Result<void> advanceClock(Duration by);
  Result<void> restart();
  Result<void> crash();
  Result<void> end();

  const DriverTopics& topics() const { return *topics_; }
  Result<std::int64_t> counter(const std::string& node, const std::string& name) const;
  Result<std::int64_t> gauge(const std::string& node, const std::string& name) const;
  Result<std::int64_t> quantile(const std::string& node, const std::string& name, double share) const;
  Result<std::int64_t> watermark(const std::string& node) const;
  Timestamp now() const { return clock_.now(); }
  std::string takeLog();

 private:
  // Names to values, of one node.
  using Counters = std::map<std::string, std::int64_t>;
  class DriverLogger final : public Logger {
   public:
    void write(LogLevel level, std::string_view where, std::string_view text) override;
    std::string take();

   private:
    std::mutex mutex_;
    std::string lines_;
  };

  explicit Driver(const weir_driver_setup& setup);
  Result<void> setUp(const weir_driver_setup& setup);
  // Makes every task from its last commit, or none.
  Result<void> start();
  Result<void> makeTasks();
  // Throws the tasks away; what they counted up to their last commit stays.
  void discard();
  // Lets every task commit and finish; what has not been read stays where it is.
  Result<void> stop();
  // Until nothing is left to do at the present time.
  Result<void> runUntilQuiet();
  // Until every task has finished. Time passes for operators that wait for their timers.
  Result<void> runUntilFinished();
  const runtime::Task* awaitingWake() const;
  // Of all tasks of a node together, at present.
  runtime::NodeCounters figuresOf(const std::string& node) const;
  void wakeReaders(const std::vector<runtime::PartitionAppend>& published);

  // TaskHost
  void wake(runtime::Task& task) override { queue_.wake(task); }
  void wakeAt(runtime::Task& task, Instant time) override { queue_.wakeAt(task, time); }
  void submit(std::function<void()>) override {}  // jobs may never run: what they decode, the task decodes itself
  void commit(runtime::CommitRequest request) override;
  void schemaChanged(runtime::Task&, runtime::SchemaChange change) override { schemaChange_ = std::move(change); }
  void taskEnded(runtime::Task&) override {}
  const Clock& clock() const override { return clock_; }
  Logger& logger() override { return logger_; }

  ManualClock clock_;
  DriverLogger logger_;
  std::unique_ptr<host::LoadedPlugins> plugins_;
  topology::Plan plan_;
  runtime::TaskOptions options_;
  runtime::MemoryLog log_;
  runtime::MemoryStateStore state_;
  runtime::MemoryBudget budget_;
  std::unique_ptr<DriverTopics> topics_;
  DriverQueue queue_;
  std::optional<runtime::SchemaChange> schemaChange_;
  std::unique_ptr<runtime::FlowLimits> flow_;
  std::vector<std::unique_ptr<runtime::Task>> tasks_;
  std::vector<std::pair<runtime::PartitionId, runtime::Task*>> readers_;
  std::map<std::string, Counters> settled_;                                       // of tasks thrown away, by node
  std::map<const runtime::Task*, std::vector<runtime::NodeCounters>> committed_;  // at the last commit of each task
};

}  // namespace weir::testkit
