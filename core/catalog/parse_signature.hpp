// The part of the manifest reader for functions and aggregates.
#pragma once

#include "core/catalog/manifest.hpp"
#include "core/catalog/manifest_member.hpp"

namespace weir::catalog {

// How it is called and what comes out. Id, kind and what is for people have been read.
void readSignature(const ManifestObject& object, OperatorSpec& spec);

}  // namespace weir::catalog
