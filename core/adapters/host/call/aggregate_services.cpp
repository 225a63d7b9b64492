#include "core/adapters/host/call/aggregate_services.hpp"

#include <optional>
#include <utility>

#include "core/adapters/host/call/bridged_pure.hpp"
#include "core/adapters/host/call/host_call.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

namespace {

weir_status usable(weir_context* ctx, const char* service, const weir_aggregate* aggregate) {
  if (!inside(ctx)) return outside(ctx, service);
  if (aggregate == nullptr)
    return breach(ctx, std::string("it called ") + service + " with an aggregate that is NULL.");
  if (aggregate->instance != nullptr) return WEIR_OK;
  return fail(WEIR_ERROR_CONFIG, "Nothing is aggregated while schemas are derived.");
}

// Answers WEIR_OK, or the breach. `errors` may be NULL.
weir_status checkErrors(weir_context* ctx, const char* service, const weir_row_errors* errors) {
  if (errors == nullptr || hasRoom(errors, WEIR_SIZE_WITH(weir_row_errors, reasons))) return WEIR_OK;
  return noRoom(ctx, service, "weir_row_errors");
}

// Answers WEIR_OK, or the breach.
weir_status checkGroups(weir_context* ctx, const char* service, const uint32_t* groups, size_t count, size_t states) {
  for (size_t i = 0; i < count; ++i) {
    if (groups[i] < states) continue;
    return breach(ctx, std::string("it called ") + service + " with group " + std::to_string(groups[i]) + " of " +
                           std::to_string(states) + ".");
  }
  return WEIR_OK;
}

weir_status checkRows(weir_context* ctx, const weir_grouped_rows& given, bool running) {
  if (given.count != 0 && (given.rows == nullptr || given.groups == nullptr || given.states == nullptr)) {
    return breach(ctx, "it called aggregate_add with rows, groups or states that are NULL.");
  }
  const auto most = static_cast<std::uint64_t>(given.arguments->row_count);
  for (size_t i = 0; i < given.count; ++i) {
    if (given.rows[i] < most || (running && given.rows[i] == WEIR_NO_ROW)) continue;
    return breach(
        ctx, "it called aggregate_add with row " + std::to_string(given.rows[i]) + " of " + std::to_string(most) + ".");
  }
  return checkGroups(ctx, "aggregate_add", given.groups, given.count, given.state_count);
}

// Leaves out the rows with a null argument. Where a value is wanted for each row, they stay without being added.
void leaveNullsOut(weir_aggregate& aggregate, weir_grouped_rows& given, bool running) {
  const Batch arguments = Batch::share(given.arguments);
  std::vector<ColumnView> nullable;
  for (std::size_t i = 0; i < arguments.columnCount(); ++i) {
    if (arguments.column(i).hasNulls()) nullable.push_back(arguments.column(i));
  }
  if (nullable.empty() || aggregate.signature->handlesNull) return;
  aggregate.rows.clear();
  aggregate.groups.clear();
  for (std::size_t i = 0; i < given.count; ++i) {
    std::uint32_t row = given.rows[i];
    for (const ColumnView& column : nullable) {
      if (row != WEIR_NO_ROW && column.isNull(row)) row = WEIR_NO_ROW;
    }
    if (row == WEIR_NO_ROW && !running) continue;
    aggregate.rows.push_back(row);
    aggregate.groups.push_back(given.groups[i]);
  }
  given.rows = aggregate.rows.data();
  given.groups = aggregate.groups.data();
  given.count = aggregate.rows.size();
}

weir_status giveResults(weir_aggregate& aggregate, Result<expr::Evaluated> results, ArrowArray* out,
                        weir_row_errors* errors) {
  if (!results) return fail(results.error());
  aggregate.errors.lend(std::move(results->errors), errors);
  *out = results->column.leak();
  return WEIR_OK;
}

}  // namespace

weir_status aggregateOpen(weir_context* ctx, weir_slice use, const ArrowSchema* arguments, weir_aggregate** out,
                          ArrowSchema* result) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    *out = nullptr;
    if (!inside(ctx)) return outside(ctx, "aggregate_open");
    std::optional<Schema> known = arguments == nullptr ? std::nullopt : importSchema(*arguments);
    if (!known) return breach(ctx, "it opened an aggregate over a schema that Weir does not have.");
    if (!ctx->openAggregate) return fail(WEIR_ERROR_UNSUPPORTED, "Aggregates cannot be opened here.");
    Result<std::unique_ptr<weir_aggregate>> opened =
        ctx->openAggregate(std::string(toView(use)), makeSchema(std::move(*known)));
    if (!opened) return fail(opened.error());
    if (result != nullptr) *result = exportField((*opened)->result);
    *out = opened->get();
    ctx->aggregates.push_back(std::move(*opened));
    return WEIR_OK;
  });
}

weir_status aggregateAdd(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_rows* given,
                         ArrowArray* running, weir_row_errors* errors) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const auto status = usable(ctx, "aggregate_add", aggregate); status != WEIR_OK) return status;
    if (const auto status = checkErrors(ctx, "aggregate_add", errors); status != WEIR_OK) return status;
    weir_grouped_rows rows = knownPart(given);
    rows.struct_size = sizeof(rows);
    if (const auto status = vouch(ctx, "aggregate_add", rows.arguments, aggregate->arguments.get());
        status != WEIR_OK) {
      return status;
    }
    if (const auto status = checkRows(ctx, rows, running != nullptr); status != WEIR_OK) return status;
    leaveNullsOut(*aggregate, rows, running != nullptr);
    if (running != nullptr) return giveResults(*aggregate, aggregate->instance->addRunning(rows), running, errors);
    if (rows.count == 0) return WEIR_OK;
    const Result<void> added = aggregate->instance->add(rows);
    return added ? WEIR_OK : fail(added.error());
  });
}

weir_status aggregateMerge(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_states* given) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const auto status = usable(ctx, "aggregate_merge", aggregate); status != WEIR_OK) return status;
    weir_grouped_states states = knownPart(given);
    states.struct_size = sizeof(states);
    if (states.count != 0 && (states.others == nullptr || states.groups == nullptr || states.states == nullptr)) {
      return breach(ctx, "it called aggregate_merge with states or groups that are NULL.");
    }
    const auto status = checkGroups(ctx, "aggregate_merge", states.groups, states.count, states.state_count);
    if (status != WEIR_OK) return status;
    const Result<void> merged = aggregate->instance->merge(states);
    return merged ? WEIR_OK : fail(merged.error());
  });
}

weir_status aggregateFinish(weir_context* ctx, weir_aggregate* aggregate, const weir_slice* states, size_t count,
                            ArrowArray* out, weir_row_errors* errors) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const auto status = usable(ctx, "aggregate_finish", aggregate); status != WEIR_OK) return status;
    if (const auto status = checkErrors(ctx, "aggregate_finish", errors); status != WEIR_OK) return status;
    if (states == nullptr && count != 0) return breach(ctx, "it called aggregate_finish with states that are NULL.");
    return giveResults(*aggregate, aggregate->instance->finish({states, count}), out, errors);
  });
}

}  // namespace weir::host
