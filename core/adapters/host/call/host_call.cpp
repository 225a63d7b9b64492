#include "core/adapters/host/call/host_call.hpp"

#include <utility>

#include "core/adapters/host/guard/status.hpp"
#include "core/runtime/batch/batch_check.hpp"

namespace weir::host {

namespace {

thread_local std::string lastErrorOfThread;

}  // namespace

const std::string& lastError() {
  return lastErrorOfThread;
}

weir_status fail(weir_status status, std::string text) {
  lastErrorOfThread = std::move(text);
  return status;
}

weir_status fail(const Error& error) {
  return fail(statusOf(error), error.message);
}

weir_status breach(weir_context* ctx, const std::string& text) {
  ctx->breach(text);
  return fail(WEIR_ERROR_FATAL, text);
}

bool inside(const weir_context* ctx) {
  return CallScope::currentMark() == &ctx->mark;
}

weir_status outside(weir_context* ctx, const char* service) {
  return breach(ctx, std::string("it called ") + service +
                         " outside of a call of the host; only log, now, wake and counters may be used there.");
}

weir_status vouch(weir_context* ctx, const char* service, const weir_batch* batch, const EdgeSchema* schema) {
  if (batch == nullptr) return breach(ctx, std::string("it called ") + service + " with a batch that is NULL.");
  const EdgeSchema* const givenSchema = ctx->given == nullptr ? nullptr : ctx->inputs.at(ctx->givenPort).get();
  if (batch == ctx->given && (schema == nullptr || schema == givenSchema)) return WEIR_OK;
  if (batch == ctx->vouched.get() && (schema == nullptr || schema == ctx->vouchedSchema)) return WEIR_OK;
  const Result<void> checked = schema != nullptr ? runtime::checkBatch(*batch, *schema, ctx->checks, ctx->given)
                                                 : runtime::checkBatch(*batch, ctx->checks);
  if (!checked) return breach(ctx, std::string("what it gave to ") + service + ": " + checked.error().message);
  ctx->vouched = Batch::share(batch);
  ctx->vouchedSchema = schema;
  return WEIR_OK;
}

weir_status noRoom(weir_context* ctx, const char* service, const char* what) {
  return breach(ctx, std::string("it called ") + service + " with a " + what +
                         " whose struct_size it had not set to its size, so that nothing can be told there.");
}

}  // namespace weir::host
