// Keeps exceptions on their side of the border.
#pragma once

#include <exception>
#include <new>

#include "weir/abi/host.h"
#include "weir/sdk/errors.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::detail {

// Runs `body`; whatever it throws becomes a status and a text.
template <typename F>
weir_status guarded(const weir_host* host, weir_context* handle, F&& body) noexcept {
  const auto fail = [&](weir_status status, const char* text) {
    host->set_error(handle, toSlice(text));
    return status;
  };
  try {
    return body();
  } catch (const PluginError& error) {
    return fail(error.status(), error.what());
  } catch (const std::bad_alloc&) {
    return fail(WEIR_ERROR_FATAL, "Out of memory.");
  } catch (const std::exception& error) {
    return fail(WEIR_ERROR_FATAL, error.what());
  } catch (...) {
    return fail(WEIR_ERROR_FATAL, "The operator threw something that is not a std::exception.");
  }
}

}  // namespace weir::detail
