// Which plugins a test sees.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::testkit {

// The libraries themselves, and what lies in their folders and in the usual ones (WEIR_PLUGIN_PATH, beside the
// program): formats of sinks, and whatever else a topology takes.
Result<catalog::Catalog> catalogWith(const std::vector<std::string>& libraries);

}  // namespace weir::testkit
