// The manifest of a library file.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::catalog {

// The manifest embedded in a library, without loading it.
Result<Manifest> readManifest(const std::string& libraryPath);
// The same of a file that is open; `libraryPath` is for messages.
Result<Manifest> readManifest(int descriptor, const std::string& libraryPath);
// Its text alone.
Result<std::string> readManifestText(int descriptor, const std::string& libraryPath);

}  // namespace weir::catalog
