// An operator behind the C border whose functions are lambdas of a test.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "core/adapters/host/call/bridged_operator.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::host {

// What a test lets the plugin do. What is not set answers WEIR_OK.
struct Script {
  std::function<weir_status(std::uint32_t port, const weir_batch* batch)> process;
  std::function<weir_status()> resume;
  std::function<weir_status(std::int64_t now)> onTimer;
  std::function<weir_status(weir_chunk* chunk)> read;
  std::function<weir_status(const weir_create_info& info)> create;
  std::function<weir_status()> openSplit;
  std::function<weir_status(std::uint64_t epoch)> prepareCommit;
  std::function<weir_status(const char* call)> other;  // recover, discover, ... by their names
  int destroyed = 0;
  int closed = 0;
  // What it gets when it opens a format.
  std::function<std::unique_ptr<runtime::FormatInstance>()> format;

  const weir_host* host = nullptr;  // set while the operator is made
  weir_context* context = nullptr;

  weir_status emit(const Batch& batch) const { return host->emit(context, 0, batch.get()); }
};

inline Schema rowNumbers() {
  return Schema{{{"n", TypeId::Int64, false}}};
}

// One operator; its services and its script outlive it.
class RawOperator {
 public:
  RawOperator(Script& script, runtime::NodeServices& services, catalog::OperatorSpec spec = {},
              runtime::CheckDepth checks = runtime::CheckDepth::Everything)
      : spec_(std::move(spec)), table_(tableOf()) {
    making() = &script;
    auto context = std::make_unique<weir_context>(calls_, "raw", "test.raw", services);
    context->spec = &spec_;
    context->checks = checks;
    context->inputs = {makeSchema(rowNumbers())};
    context->outputs = {makeSchema(rowNumbers())};
    context->openFormat = [&script](const std::string&, const std::string&, const SchemaRef&) {
      return Result<std::unique_ptr<runtime::FormatInstance>>(script.format());
    };
    op_ = std::make_unique<BridgedOperator>(table_, std::move(context));
    runtime::InstanceSpec instance;
    instance.params = "{}";
    made_ = op_->create(instance);
  }
  const Result<void>& made() const { return made_; }
  BridgedOperator& operator*() { return *op_; }
  BridgedOperator* operator->() { return op_.get(); }
  // For a graph, which owns its operators. This object outlives it.
  std::unique_ptr<BridgedOperator> take() { return std::move(op_); }

 private:
  // What `create` gives to the instance that is being made: the border has no other way in.
  static Script*& making() {
    static Script* script = nullptr;
    return script;
  }
  static Script& of(void* instance) { return *static_cast<Script*>(instance); }

  static weir_status answer(void* self, const char* call) { return of(self).other ? of(self).other(call) : WEIR_OK; }

  static OperatorTable tableOf() {
    OperatorTable table;
    table.calls.struct_size = sizeof(weir_operator);
    table.calls.flags = WEIR_YIELDS;
    table.calls.id = "raw";
    table.calls.create = [](const weir_create_info* info, void** instance) -> weir_status {
      making()->host = info->host;
      making()->context = info->context;
      *instance = making();
      return making()->create ? making()->create(*info) : WEIR_OK;
    };
    table.calls.destroy = [](void* self) { ++of(self).destroyed; };
    table.calls.prepare_commit = [](void* self, std::uint64_t epoch) -> weir_status {
      return of(self).prepareCommit ? of(self).prepareCommit(epoch) : WEIR_OK;
    };
    table.calls.recover = [](void* self, weir_slice) { return answer(self, "recover"); };
    table.source.discover = [](void* self, weir_split_receiver, void*) { return answer(self, "discover"); };
    table.source.restore_split = [](void* self, const weir_split*) { return answer(self, "restore_split"); };
    table.source.changes = [](void* self, weir_change_receiver, void*) { return answer(self, "changes"); };
    table.source.split_committed = [](void* self, void*, weir_slice) { return answer(self, "split_committed"); };
    table.source.close_split = [](void* self, void*) { ++of(self).closed; };
    table.calls.process = [](void* self, std::uint32_t port, const weir_batch* batch) -> weir_status {
      return of(self).process ? of(self).process(port, batch) : WEIR_OK;
    };
    table.calls.resume = [](void* self) -> weir_status { return of(self).resume ? of(self).resume() : WEIR_OK; };
    table.calls.on_timer = [](void* self, std::int64_t now) -> weir_status {
      return of(self).onTimer ? of(self).onTimer(now) : WEIR_OK;
    };
    table.source.open_split = [](void* self, const weir_split*, void** reader) -> weir_status {
      *reader = nullptr;
      return of(self).openSplit ? of(self).openSplit() : answer(self, "open_split");
    };
    table.source.read = [](void* self, void*, std::int32_t, weir_chunk* chunk) -> weir_status {
      return of(self).read(chunk);
    };
    return table;
  }

  CallRegistry calls_;
  catalog::OperatorSpec spec_;
  OperatorTable table_;
  std::unique_ptr<BridgedOperator> op_;
  Result<void> made_;
};

}  // namespace weir::host
