// What the functions of the host table have in common.
#pragma once

#include <cstddef>
#include <exception>
#include <new>
#include <string>

#include "core/adapters/host/call/bridge_context.hpp"
#include "core/base/result.hpp"
#include "weir/abi/plugin.h"

namespace weir::host {

// Text of the last failed call on this thread, as the ABI promises it.
const std::string& lastError();
// Keeps the text for last_error; answers the status.
weir_status fail(weir_status status, std::string text);
weir_status fail(const Error& error);
// Something that a plugin must not do: stops its operator when the call returns.
weir_status breach(weir_context* ctx, const std::string& text);

// Calls tagged [task] and [control] come from inside a call of the host on this instance, on its thread.
bool inside(const weir_context* ctx);
weir_status outside(weir_context* ctx, const char* service);

// A batch that the operator hands to a service of the host: the one that it was given, or one that passes the check.
// `schema` is what it has to have; NULL: any.
weir_status vouch(weir_context* ctx, const char* service, const weir_batch* batch, const EdgeSchema* schema);

// Whether a struct that the host fills in has room for what there was of it at first: what does not fit in is lost.
template <typename T>
bool hasRoom(const T* out, std::size_t least) {
  return out != nullptr && out->struct_size >= least;
}
weir_status noRoom(weir_context* ctx, const char* service, const char* what);

// A service: what it does is the host's time, not the plugin's.
template <typename F>
weir_status guarded(weir_context* ctx, F&& body) noexcept {
  const HostScope scope(ctx->mark);
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return WEIR_ERROR_FATAL;
  } catch (const std::exception& error) {
    return fail(WEIR_ERROR_FATAL, std::string("The host failed: ") + error.what());
  } catch (...) {
    return fail(WEIR_ERROR_FATAL, "The host failed.");
  }
}

}  // namespace weir::host
