#include "core/testkit/plugin_catalog.hpp"

#include <filesystem>

#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/catalog/read_manifest.hpp"

namespace weir::testkit {

Result<catalog::Catalog> catalogWith(const std::vector<std::string>& libraries) {
  catalog::Catalog catalog;
  std::vector<std::string> folders;
  for (const std::string& library : libraries) {
    WEIR_TRY_ASSIGN(manifest, catalog::readManifest(library));
    WEIR_TRY(catalog.add({manifest, library}));
    folders.push_back(std::filesystem::absolute(library).parent_path().string());
  }
  const std::vector<std::string> usual = host::pluginFolders();
  folders.insert(folders.end(), usual.begin(), usual.end());
  catalog.addOthers(host::buildCatalog(folders).catalog);
  return catalog;
}

}  // namespace weir::testkit
