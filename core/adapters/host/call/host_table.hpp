// The C functions that plugins call.
#pragma once

#include "weir/abi/plugin.h"

namespace weir::host {

// The services of this host: one table for all instances.
const weir_host* hostTable();

}  // namespace weir::host
