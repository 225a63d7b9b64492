#include "core/adapters/host/call/plugin_call.hpp"

#include <exception>

#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/call/host_table.hpp"
#include "core/adapters/host/guard/status.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

CreateInfoHolder::CreateInfoHolder(weir_context& context, const runtime::InstanceSpec& spec,
                                   const weir_config* config) {
  for (const SchemaRef& schema : context.inputs) inputs_.push_back(&schema->arrow());
  for (const SchemaRef& schema : context.outputs) outputs_.push_back(schema ? &schema->arrow() : nullptr);
  info_.struct_size = sizeof(weir_create_info);
  info_.stage = spec.stage;
  info_.host = hostTable();
  info_.context = &context;
  info_.config_api = ConfigView::api();
  info_.config = config;
  info_.input_schemas = inputs_.data();
  info_.input_count = inputs_.size();
  info_.output_schemas = outputs_.data();
  info_.output_count = outputs_.size();
  info_.task = spec.task;
  info_.task_count = spec.taskCount;
  info_.until_end = spec.untilEnd ? 1 : 0;
  if (!spec.topology.empty()) info_.node = toSlice(context.mark.node());
  info_.topology = toSlice(context.topology);
  info_.home = toSlice(context.home);
  info_.incarnation = spec.home.incarnation;
  info_.last_epoch = spec.lastEpoch;
}

Result<weir_status> PluginCall::judge(weir_status status) {
  if (std::optional<std::string> breach = context_.takeBreach()) {
    return fatalError(context_.where() + " breaks the plugin contract in " + name_ + ": " + *breach);
  }
  if (status >= 0) return status;
  if (status == WEIR_ERROR_POISON) {
    return fatalError(context_.where() + " breaks the plugin contract in " + name_ +
                      ": it refused rows (PoisonError), which only process may. It said: " + context_.takeError());
  }
  return errorOf(status, context_.where(), context_.takeError());
}

Error PluginCall::noAnswer(weir_status status) const {
  return errorOf(WEIR_ERROR_FATAL, context_.where(),
                 "answered " + std::to_string(status) + " to " + name_ + ", which is no answer to that.");
}

// Called from within a handler.
Result<weir_status> PluginCall::escaped() {
  std::string what = "something that is not a std::exception";
  try {
    throw;
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {  // NOLINT(bugprone-empty-catch): `what` says it already
  }
  return fatalError(context_.where() + " let an exception out of " + name_ + ": " + what +
                    ". Operators made with the SDK's base classes cannot do that.");
}

}  // namespace weir::host
