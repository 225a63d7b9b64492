#include "core/adapters/host/call/bridged_pure.hpp"

#include <utility>

#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/call/plugin_call.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

BridgedPure::BridgedPure(const OperatorTable& table, std::unique_ptr<weir_context> context, Field result)
    : table_(table), context_(std::move(context)), result_(std::move(result)) {}

BridgedPure::~BridgedPure() {
  if (!created_ || table_.calls.destroy == nullptr) return;
  const Result<void> destroyed = call("destroy", [&] {
    table_.calls.destroy(instance_);
    return WEIR_OK;
  });
  if (!destroyed) context_->services.log(LogLevel::Error, destroyed.error().message);
}

Result<void> BridgedPure::create() {
  if (table_.calls.create == nullptr) return {};
  WEIR_TRY_ASSIGN(config, ConfigView::parse("{}"));
  const CreateInfoHolder info(*context_, {}, config.config());
  return call("create", [&] {
    const weir_status answer = table_.calls.create(info.get(), &instance_);
    created_ = answer == WEIR_OK;  // and is destroyed, even when a breach ends it here
    return answer;
  });
}

template <typename F>
Result<void> BridgedPure::call(const char* name, F&& body) {
  return PluginCall(*context_, name).done(std::forward<F>(body));
}

Error BridgedPure::lie(const char* call, const std::string& what) const {
  return fatalError(context_->where() + " breaks the plugin contract in " + call + ": " + what);
}

Result<expr::Evaluated> BridgedPure::results(const char* call, ArrowArray made, const weir_row_errors& errors,
                                             std::int64_t rows, const weir_batch* asked) const {
  expr::Evaluated out;
  out.column = OwnedColumn(made);
  if (made.release == nullptr) return lie(call, "it made no column.");
  if (const auto checked = runtime::checkColumn(&out.column.array(), result_.type, rows, "its result"); !checked) {
    return lie(call, checked.error().message);
  }
  if (errors.count > static_cast<std::size_t>(rows) ||
      (errors.count != 0 && (errors.rows == nullptr || errors.reasons == nullptr))) {
    return lie(call, "it names " + std::to_string(errors.count) + " failed rows of " + std::to_string(rows) + ".");
  }
  const bool all = asked == nullptr || asked->selection == nullptr;
  const std::int64_t count = all ? rows : asked->selection_count;
  const ColumnView column(out.column.array());
  const bool mayBeNull = result_.nullable || !column.hasNulls();
  if (mayBeNull && errors.count == 0) return out;
  // The rows that it was asked for and those that failed, side by side: both ascend.
  std::size_t next = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = all ? static_cast<std::uint32_t>(i) : asked->selection[i];
    if (next < errors.count && errors.rows[next] == row) {
      const std::string_view reason = toView(errors.reasons[next++]);
      out.errors.push_back({row, reason.empty() ? "the function gives no value" : std::string(reason)});
    } else if (!mayBeNull && column.isNull(row)) {
      return lie(call, "its result is declared not null, but row " + std::to_string(row) + " is null.");
    }
  }
  if (next == errors.count) return out;
  return lie(call, "it says that row " + std::to_string(errors.rows[next]) +
                       " has failed, for which it was not asked, or out of order.");
}

Result<expr::Evaluated> BridgedFunction::evaluate(const Batch& arguments) {
  ArrowArray made{};
  weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
  const Result<void> done = pure_.call(
      "evaluate", [&] { return pure_.table().function.evaluate(pure_.instance(), arguments.get(), &made, &errors); });
  if (!done) {
    const OwnedColumn dropped(made);
    return done.error();
  }
  return pure_.results("evaluate", made, errors, arguments.rowCount(), arguments.get());
}

Result<void> BridgedAggregate::add(const weir_grouped_rows& rows) {
  return pure_.call("add", [&] { return pure_.table().aggregate.add(pure_.instance(), &rows, nullptr, nullptr); });
}

Result<expr::Evaluated> BridgedAggregate::addRunning(const weir_grouped_rows& rows) {
  ArrowArray made{};
  weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
  const Result<void> done =
      pure_.call("add", [&] { return pure_.table().aggregate.add(pure_.instance(), &rows, &made, &errors); });
  if (!done) {
    const OwnedColumn dropped(made);
    return done.error();
  }
  return pure_.results("add", made, errors, static_cast<std::int64_t>(rows.count));
}

Result<void> BridgedAggregate::merge(const weir_grouped_states& states) {
  return pure_.call("merge", [&] { return pure_.table().aggregate.merge(pure_.instance(), &states); });
}

Result<expr::Evaluated> BridgedAggregate::finish(std::span<const weir_slice> states) {
  ArrowArray made{};
  weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
  const Result<void> done = pure_.call("finish", [&] {
    return pure_.table().aggregate.finish(pure_.instance(), states.data(), states.size(), &made, &errors);
  });
  if (!done) {
    const OwnedColumn dropped(made);
    return done.error();
  }
  return pure_.results("finish", made, errors, static_cast<std::int64_t>(states.size()));
}

}  // namespace weir::host
