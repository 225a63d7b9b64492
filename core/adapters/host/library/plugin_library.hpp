// A plugin library that has been loaded, and checked against its manifest and this host's ABI.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/adapters/host/guard/call_scope.hpp"
#include "core/adapters/host/guard/trust.hpp"
#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "weir/abi/plugin.h"

namespace weir::host {

// A table of the plugin, as long as this host knows it: slots that an older plugin does not have are NULL.
struct OperatorTable {
  weir_operator calls{};
  weir_source_api source{};
  weir_format_api format{};
  weir_function_api function{};
  weir_aggregate_api aggregate{};
};

class PluginLibrary {
 public:
  // Checks trust, and that the file still has the catalog's manifest; loads (for ever: batches may call into the
  // library long after its operators are gone); refuses a file that was changed meanwhile, checks versions before
  // anything of the plugin is called, and compares its operators with the manifest.
  static Result<std::unique_ptr<PluginLibrary>> load(const catalog::CatalogEntry& entry, const TrustPolicy& policy,
                                                     CallRegistry& calls);

  const catalog::Manifest& manifest() const { return manifest_; }
  const std::string& path() const { return path_; }
  // By id without the plugin's name; nullptr when there is none.
  const OperatorTable* find(std::string_view id) const;

 private:
  PluginLibrary() = default;
  catalog::Manifest manifest_;
  std::string path_;
  std::vector<std::unique_ptr<OperatorTable>> operators_;
};

// The rules by themselves, for tests: may this host serve a plugin that says so?
Result<void> checkVersion(const weir_plugin_info& info, const std::string& path,
                          std::uint16_t hostMinor = WEIR_ABI_MINOR);

}  // namespace weir::host
