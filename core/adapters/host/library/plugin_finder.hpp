// Finds plugins: folders -> catalog, without loading anything.
#pragma once

#include <string>
#include <vector>

#include "core/adapters/host/guard/trust.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::host {

struct FoundPlugins {
  catalog::Catalog catalog;  // knows what was refused, too
  TrustPolicy trust;         // by which they were chosen: whoever loads them goes by it too
};

// The folders of WEIR_PLUGIN_PATH (separated by colons), then ../lib/weir/plugins and ../plugins beside the running
// program: installed and built. Those that do not exist are left out, each stands once.
std::vector<std::string> pluginFolders();

// Every *.so of the folders, in order of folder and name. The first plugin of a name counts; another one of that
// name is refused.
FoundPlugins buildCatalog(const std::vector<std::string>& folders, const TrustPolicy& policy = {});

// What every command of Weir may use: the usual folders under the policy of the environment. An error when that policy
// cannot be read: nothing is used then.
Result<FoundPlugins> findPlugins();

}  // namespace weir::host
