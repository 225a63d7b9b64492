// The manifest reader: what may stand where. The meaning of each member: docs/plugins.md.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::catalog {

// Reads a manifest, strictly; the error names the member that is wrong, its path, line and column. Adds the
// parameters that Weir gives to every source (`format` and `schema`, unless it gives rows, `event_time`, `tasks`,
// `idle_after`) and to every keyed operator (`partitions`) after those that the plugin declares.
Result<Manifest> parseManifest(std::string_view json);

}  // namespace weir::catalog
