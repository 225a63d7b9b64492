// Statuses of the C border <-> Results.
#pragma once

#include <string>

#include "core/base/logger.hpp"
#include "core/base/result.hpp"
#include "weir/abi/host.h"

namespace weir::host {

weir_status statusOf(const Error& error);
// `text` is what the plugin said; empty when it said nothing.
Error errorOf(weir_status status, const std::string& where, const std::string& text);
LogLevel levelOf(weir_log_level level);

}  // namespace weir::host
