// Nothing is thrown out of these functions, and no answer of a plugin is trusted.
#include "core/adapters/host/call/host_table.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/adapters/host/call/aggregate_services.hpp"
#include "core/adapters/host/call/bridge_context.hpp"
#include "core/adapters/host/call/host_call.hpp"
#include "core/adapters/host/guard/status.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "weir/abi/plugin.h"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

namespace {

runtime::NodeStore& storeOf(weir_state* store) {
  return *reinterpret_cast<runtime::NodeStore*>(store);
}

weir_slice lastErrorText(weir_context*) noexcept {
  return toSlice(lastError());
}

void setError(weir_context* ctx, weir_slice text) noexcept {
  guarded(ctx, [&] {
    ctx->setError(toView(text));
    return WEIR_OK;
  });
}

void log(weir_context* ctx, weir_log_level level, weir_slice text) noexcept {
  guarded(ctx, [&] {
    ctx->services.log(levelOf(level), toView(text));
    return WEIR_OK;
  });
}

int64_t now(weir_context* ctx) noexcept {
  if (ctx->spec != nullptr && catalog::isPure(ctx->spec->kind)) {
    guarded(ctx, [&] { return breach(ctx, "it asked for the time, on which no function or aggregate may depend."); });
    return 0;
  }
  return ctx->services.now();
}

// Changes leave by ports alone that the manifest calls tables: what comes behind another one would count a delete as a
// row.
bool isTablePort(const weir_context& ctx, uint32_t port) {
  return ctx.spec == nullptr || port >= ctx.spec->outputs.size() ||
         ctx.spec->outputs[port].shape == catalog::PortShape::Table;
}

weir_status emit(weir_context* ctx, uint32_t port, const weir_batch* batch) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "emit");
    if (!ctx->sending) {
      return breach(ctx,
                    "it emitted in a call that sends nothing: only process, resume, on_timer, on_wake and drain may.");
    }
    if (batch == nullptr) return breach(ctx, "it emitted a batch that is NULL.");
    if (port >= ctx->outputs.size()) {
      return breach(ctx, "it emitted to port " + std::to_string(port) + ", but has only " +
                             std::to_string(ctx->outputs.size()) + ".");
    }
    const SchemaRef& schema = ctx->outputs[port];
    ctx->gaveOut = true;
    const bool checkAlways = ctx->checks == runtime::CheckDepth::Everything;
    if (!schema && !checkAlways) return WEIR_OK;  // nothing is attached
    const Result<void> checked = schema ? runtime::checkBatch(*batch, *schema, ctx->checks, ctx->given)
                                        : runtime::checkBatch(*batch, ctx->checks);
    if (!checked) return breach(ctx, checked.error().message);
    if (batch->ops != nullptr && !isTablePort(*ctx, port)) {
      return breach(ctx, "it emitted changes of a table to port '" + ctx->spec->outputs[port].name +
                             "', which its manifest does not call a table.");
    }
    if (!schema || ctx->services.emit(port, batch)) return WEIR_OK;
    ctx->outputFull = true;
    return WEIR_FULL;
  });
}

void deadLetter(weir_context* ctx, const weir_batch* batch, const uint32_t* rows, size_t count,
                weir_slice reason) noexcept {
  guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "dead_letter");
    if (batch == nullptr || (rows == nullptr && count != 0)) {
      return breach(ctx, "it gave dead letters whose batch or rows are NULL.");
    }
    if (const weir_status status = vouch(ctx, "dead_letter", batch, nullptr); status != WEIR_OK) return status;
    for (size_t i = 0; i < count; ++i) {
      if (rows[i] >= batch->row_count) {
        return breach(ctx, "it gave row " + std::to_string(rows[i]) + " to the dead letters, of a batch of " +
                               std::to_string(batch->row_count) + " rows.");
      }
    }
    ctx->gaveOut = true;
    ctx->services.deadLetter(batch, {rows, count}, toView(reason));
    return WEIR_OK;
  });
}

void wake(weir_context* ctx) noexcept {
  guarded(ctx, [&] {
    ctx->services.wake();
    return WEIR_OK;
  });
}

void wakeAt(weir_context* ctx, int64_t time) noexcept {
  guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "wake_at");
    ctx->services.wakeAt(time);
    return WEIR_OK;
  });
}

// The manifest is the list of what an operator keeps and counts. Answers WEIR_OK, or the breach.
template <typename Spec>
weir_status declared(weir_context* ctx, const char* what, std::string_view name, const std::vector<Spec>& known) {
  if (name.starts_with('$')) {
    return breach(ctx, std::string("it opened the ") + what + " '" + std::string(name) +
                           "': names that begin with $ are Weir's own.");
  }
  std::string list;
  for (const Spec& one : known) {
    if (one.name == name) return WEIR_OK;
    list += (list.empty() ? "" : ", ") + one.name;
  }
  return breach(ctx, std::string("it opened the ") + what + " '" + std::string(name) +
                         "', which its manifest does not declare" +
                         (list.empty() ? "; it declares none." : "; it declares: " + list + "."));
}

weir_status metricOpen(weir_context* ctx, weir_slice name, weir_metric** out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    *out = nullptr;
    if (!inside(ctx)) return outside(ctx, "metric_open");
    const std::string_view text = toView(name);
    if (const weir_status status = declared(ctx, "metric", text, ctx->spec->metrics); status != WEIR_OK) return status;
    const auto kind = static_cast<runtime::MetricKind>(ctx->spec->metric(text)->kind);
    Result<runtime::Metric*> metric = ctx->services.metric(text, kind);
    if (!metric) return fail(metric.error());
    *out = reinterpret_cast<weir_metric*>(*metric);
    return WEIR_OK;
  });
}

// The metric, when it is of this kind; nothing, and a breach, when it is of another, or its opening was refused.
runtime::Metric* metricOf(weir_context* ctx, const char* call, weir_metric* handle, runtime::MetricKind kind) {
  auto* const metric = reinterpret_cast<runtime::Metric*>(handle);
  if (metric != nullptr && metric->kind() == kind) return metric;
  guarded(ctx, [&] {
    return breach(ctx, std::string("it called ") + call + " on a metric " +
                           (metric == nullptr ? "that is NULL." : "of another kind."));
  });
  return nullptr;
}

void metricAdd(weir_context* ctx, weir_metric* handle, int64_t delta) noexcept {
  if (auto* const metric = metricOf(ctx, "metric_add", handle, runtime::MetricKind::Counter)) metric->add(delta);
}

void metricSet(weir_context* ctx, weir_metric* handle, int64_t value) noexcept {
  if (auto* const metric = metricOf(ctx, "metric_set", handle, runtime::MetricKind::Gauge)) metric->set(value);
}

void metricRecord(weir_context* ctx, weir_metric* handle, int64_t value) noexcept {
  if (auto* const metric = metricOf(ctx, "metric_record", handle, runtime::MetricKind::Histogram))
    metric->record(value);
}

weir_status stateOpen(weir_context* ctx, weir_slice name, weir_state** out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    *out = nullptr;
    if (!inside(ctx)) return outside(ctx, "state_open");
    if (const weir_status status = declared(ctx, "store", toView(name), ctx->spec->stores); status != WEIR_OK) {
      return status;
    }
    Result<runtime::NodeStore*> store = ctx->services.store(toView(name));
    if (!store) return fail(store.error());
    *out = reinterpret_cast<weir_state*>(*store);
    ctx->stores.push_back(*out);
    return WEIR_OK;
  });
}

// A call on a store, by its own operator, from within a call.
weir_status ownStore(weir_context* ctx, const char* service, weir_state* store) {
  if (!inside(ctx)) return outside(ctx, service);
  if (std::find(ctx->stores.begin(), ctx->stores.end(), store) != ctx->stores.end()) return WEIR_OK;
  return breach(ctx, std::string("it called ") + service + " with a store that it has not opened.");
}

weir_status stateGetMany(weir_context* ctx, weir_state* store, int64_t segment, const weir_slice* keys, size_t count,
                         weir_slice* values) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = ownStore(ctx, "state_get_many", store); status != WEIR_OK) return status;
    for (size_t i = 1; i < count; ++i) {
      if (toView(keys[i]) < toView(keys[i - 1])) {
        return breach(ctx, "it asked for keys that do not ascend at entry " + std::to_string(i) + ".");
      }
    }
    const Result<void> got = storeOf(store).getMany(segment, {keys, count}, {values, count});
    return got ? WEIR_OK : fail(got.error());
  });
}

weir_status stateScan(weir_context* ctx, weir_state* store, int64_t segment, weir_slice from, weir_slice to,
                      weir_state_visitor visitor, void* arg) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = ownStore(ctx, "state_scan", store); status != WEIR_OK) return status;
    const Result<void> scanned = storeOf(store).scan(
        segment, from, to, [&](const weir_state_entry& entry) { return visitor(arg, &entry, sizeof(entry)) == 0; });
    return scanned ? WEIR_OK : fail(scanned.error());
  });
}

weir_status stateSegments(weir_context* ctx, weir_state* store, const int64_t** segments, size_t* count) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = ownStore(ctx, "state_segments", store); status != WEIR_OK) return status;
    const Result<std::span<const std::int64_t>> found = storeOf(store).segments();
    if (!found) return fail(found.error());
    *segments = found->data();
    *count = found->size();
    return WEIR_OK;
  });
}

weir_status preparingOnly(weir_context* ctx, const char* service) {
  if (!inside(ctx)) return outside(ctx, service);
  if (ctx->preparing) return WEIR_OK;
  return breach(ctx, std::string("it called ") + service + " outside of prepare_commit.");
}

weir_status statePut(weir_context* ctx, weir_state* store, const weir_state_entry* given, size_t count,
                     size_t entrySize) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = preparingOnly(ctx, "state_put"); status != WEIR_OK) return status;
    if (const weir_status status = ownStore(ctx, "state_put", store); status != WEIR_OK) return status;
    if (const char* const why = whyNoItems(given, count, entrySize)) {
      return breach(ctx, std::string("the entries that it gave to state_put: the array ") + why + ".");
    }
    std::vector<weir_state_entry> copies;
    const std::span<const weir_state_entry> entries = knownItems(given, count, entrySize, copies);
    if (ctx->checks == runtime::CheckDepth::Everything) {
      for (size_t i = 1; i < entries.size(); ++i) {
        const weir_state_entry& before = entries[i - 1];
        const weir_state_entry& entry = entries[i];
        const bool ascends = before.segment < entry.segment ||
                             (before.segment == entry.segment && toView(before.key) < toView(entry.key));
        if (!ascends) return breach(ctx, "it put state whose keys do not ascend at entry " + std::to_string(i) + ".");
      }
    }
    const Result<void> put = storeOf(store).put(entries);
    return put ? WEIR_OK : fail(put.error());
  });
}

weir_status stateDropBelow(weir_context* ctx, weir_state* store, int64_t segment) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = preparingOnly(ctx, "state_drop_below"); status != WEIR_OK) return status;
    if (const weir_status status = ownStore(ctx, "state_drop_below", store); status != WEIR_OK) return status;
    const Result<void> dropped = storeOf(store).dropBelow(segment);
    return dropped ? WEIR_OK : fail(dropped.error());
  });
}

int64_t stateBudget(weir_context* ctx, weir_state* store, int64_t used) noexcept {
  int64_t allowed = used;
  guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = ownStore(ctx, "state_budget", store); status != WEIR_OK) return status;
    allowed = storeOf(store).budget(used);
    return WEIR_OK;
  });
  return allowed;
}

void requestCommit(weir_context* ctx) noexcept {
  guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "request_commit");
    ctx->services.requestCommit();
    return WEIR_OK;
  });
}

weir_status setRecovery(weir_context* ctx, weir_slice blob) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (const weir_status status = preparingOnly(ctx, "set_recovery"); status != WEIR_OK) return status;
    const Result<void> set = ctx->services.setRecovery(toView(blob));
    return set ? WEIR_OK : fail(set.error());
  });
}

weir_status compileOver(weir_context* ctx, const SchemaRef& schema, weir_slice text, weir_expr** out,
                        ArrowSchema* type) {
  *out = nullptr;
  auto compiled = expr::compile(toView(text), schema->schema(), nullptr, &ctx->functions);
  if (!compiled) return fail(compiled.error());
  auto handle = std::make_unique<weir_expr>();
  handle->schema = schema;
  handle->expression = std::move(*compiled);
  if (type != nullptr) {
    *type = exportField(Field{"", handle->expression->type(), handle->expression->nullable()});
  }
  *out = handle.get();
  ctx->expressions.push_back(std::move(handle));
  return WEIR_OK;
}

weir_status exprCompile(weir_context* ctx, uint32_t port, weir_slice text, weir_expr** out,
                        ArrowSchema* type) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "expr_compile");
    if (port >= ctx->inputs.size()) {
      return fail(WEIR_ERROR_CONFIG, "There is no input port " + std::to_string(port) + " to compile over.");
    }
    return compileOver(ctx, ctx->inputs[port], text, out, type);
  });
}

weir_status exprCompileOver(weir_context* ctx, const ArrowSchema* schema, weir_slice text, weir_expr** out,
                            ArrowSchema* type) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "expr_compile_over");
    std::optional<Schema> known = schema == nullptr ? std::nullopt : importSchema(*schema);
    if (!known) return breach(ctx, "it compiled an expression over a schema that Weir does not have.");
    return compileOver(ctx, makeSchema(std::move(*known)), text, out, type);
  });
}

weir_status exprEvaluate(weir_context* ctx, weir_expr* expr, const weir_batch* batch, ArrowArray* out,
                         weir_row_errors* errors) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "expr_evaluate");
    if (expr == nullptr) return breach(ctx, "it called expr_evaluate with an expression that is NULL.");
    if (errors != nullptr && !hasRoom(errors, WEIR_SIZE_WITH(weir_row_errors, reasons))) {
      return noRoom(ctx, "expr_evaluate", "weir_row_errors");
    }
    if (const auto status = vouch(ctx, "expr_evaluate", batch, expr->schema.get()); status != WEIR_OK) return status;
    Result<expr::Evaluated> evaluated = expr->expression->evaluate(Batch::share(batch));
    if (!evaluated) return fail(evaluated.error());
    expr->errors.lend(std::move(evaluated->errors), errors);
    *out = evaluated->column.leak();
    return WEIR_OK;
  });
}

weir_status exprSelect(weir_context* ctx, weir_expr* expr, const weir_batch* batch, const uint32_t** rows,
                       size_t* count, weir_row_errors* errors) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "expr_select");
    if (expr == nullptr) return breach(ctx, "it called expr_select with an expression that is NULL.");
    if (errors != nullptr && !hasRoom(errors, WEIR_SIZE_WITH(weir_row_errors, reasons))) {
      return noRoom(ctx, "expr_select", "weir_row_errors");
    }
    if (const auto status = vouch(ctx, "expr_select", batch, expr->schema.get()); status != WEIR_OK) return status;
    if (expr->expression->type().id != TypeId::Bool) {
      return fail(WEIR_ERROR_CONFIG, "An expression of type " + typeName(expr->expression->type()) +
                                         " cannot choose rows: that takes a bool, such as a comparison.");
    }
    std::vector<expr::RowError> failed;
    const Result<void> done = expr->expression->select(Batch::share(batch), expr->selected, failed);
    if (!done) return fail(done.error());
    expr->errors.lend(std::move(failed), errors);
    *rows = expr->selected.data();
    *count = expr->selected.size();
    return WEIR_OK;
  });
}

weir_status openFormat(weir_context* ctx, const SchemaRef& schema, weir_slice use, const std::string& params,
                       weir_format** out) {
  *out = nullptr;
  if (!ctx->openFormat) return fail(WEIR_ERROR_UNSUPPORTED, "Formats cannot be opened here.");
  auto instance = ctx->openFormat(std::string(toView(use)), params, schema);
  if (!instance) return fail(instance.error());
  auto handle = std::make_unique<weir_format>();
  handle->schema = schema;
  handle->instance = std::move(*instance);
  *out = ctx->keep(std::move(handle));
  return WEIR_OK;
}

weir_status formatOpen(weir_context* ctx, uint32_t port, weir_slice use, weir_format** out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "format_open");
    if (port >= ctx->inputs.size()) {
      return fail(WEIR_ERROR_CONFIG, "There is no input port " + std::to_string(port) + " to encode.");
    }
    return openFormat(ctx, ctx->inputs[port], use, "{}", out);
  });
}

weir_status formatOpenWith(weir_context* ctx, const ArrowSchema* schema, weir_slice use, weir_slice params,
                           weir_format** out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "format_open_with");
    std::optional<Schema> known = schema == nullptr ? std::nullopt : importSchema(*schema);
    if (!known) return breach(ctx, "it opened a format over a schema that Weir does not have.");
    const std::string given(toView(params));
    return openFormat(ctx, makeSchema(std::move(*known)), use, given.empty() ? "{}" : given, out);
  });
}

weir_status formatEncode(weir_context* ctx, weir_format* format, const weir_batch* batch, weir_encoded* out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "format_encode");
    if (format == nullptr) return breach(ctx, "it called format_encode with a format that is NULL.");
    if (!hasRoom(out, WEIR_SIZE_WITH(weir_encoded, count))) return noRoom(ctx, "format_encode", "weir_encoded");
    if (const auto status = vouch(ctx, "format_encode", batch, format->schema.get()); status != WEIR_OK) return status;
    Result<weir_encoded> encoded = format->instance->encode(Batch::share(batch));
    if (!encoded) return fail(encoded.error());
    giveKnownPart(out, *encoded);
    return WEIR_OK;
  });
}

weir_status formatDecode(weir_context* ctx, weir_format* format, weir_slice data, const uint64_t* offsets,
                         size_t recordCount, weir_decoded* out) noexcept {
  return guarded(ctx, [&]() -> weir_status {
    if (!inside(ctx)) return outside(ctx, "format_decode");
    if (format == nullptr) return breach(ctx, "it called format_decode with a format that is NULL.");
    if (!hasRoom(out, WEIR_SIZE_WITH(weir_decoded, malformed_count))) {
      return noRoom(ctx, "format_decode", "weir_decoded");
    }
    if (offsets != nullptr && (!runtime::ascends(offsets, recordCount) || offsets[recordCount] > toView(data).size())) {
      return breach(ctx, "it called format_decode with records that do not lie in their bytes.");
    }
    const Result<runtime::Progress> ready = format->instance->prepare(toView(data), offsets, recordCount);
    if (!ready) return fail(ready.error());
    if (*ready == runtime::Progress::Blocked) return WEIR_BLOCKED;
    Result<runtime::DecodedRows> rows = format->instance->decode(toView(data), offsets, recordCount);
    if (!rows) return fail(rows.error());
    const auto [first, count] = std::pair(rows->malformed.data(), rows->malformed.size());
    giveKnownPart(out, {0, sizeof(weir_malformed), rows->batch ? rows->batch.leak() : nullptr, first, count});
    return WEIR_OK;
  });
}

const void* extension(weir_context*, const char*) noexcept {
  return nullptr;  // there are no drafts yet
}

}  // namespace

const weir_host* hostTable() {
  static constexpr weir_host kTable{sizeof(weir_host),
                                    WEIR_ABI_MAJOR,
                                    WEIR_ABI_MINOR,
                                    lastErrorText,
                                    setError,
                                    log,
                                    now,
                                    emit,
                                    deadLetter,
                                    wake,
                                    wakeAt,
                                    metricOpen,
                                    metricAdd,
                                    stateOpen,
                                    stateGetMany,
                                    stateScan,
                                    stateSegments,
                                    statePut,
                                    stateDropBelow,
                                    stateBudget,
                                    requestCommit,
                                    setRecovery,
                                    exprCompile,
                                    exprEvaluate,
                                    exprSelect,
                                    formatOpen,
                                    formatEncode,
                                    extension,
                                    metricSet,
                                    metricRecord,
                                    exprCompileOver,
                                    formatOpenWith,
                                    formatDecode,
                                    aggregateOpen,
                                    aggregateAdd,
                                    aggregateMerge,
                                    aggregateFinish};
  return &kTable;
}

}  // namespace weir::host
