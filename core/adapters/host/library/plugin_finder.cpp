#include "core/adapters/host/library/plugin_finder.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/catalog/read_manifest.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::host {

namespace files = std::filesystem;

std::vector<std::string> pluginFolders() {
  std::vector<files::path> wanted;
  if (const char* path = std::getenv("WEIR_PLUGIN_PATH")) {
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::size_t colon = rest.find(':');
      if (colon != 0) wanted.emplace_back(rest.substr(0, colon));
      rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
  }
  std::error_code problem;
  const files::path program = files::read_symlink("/proc/self/exe", problem);
  if (!problem) {
    wanted.push_back(program.parent_path().parent_path() / "lib/weir/plugins");
    wanted.push_back(program.parent_path().parent_path() / "plugins");
  }
  std::vector<std::string> folders;
  for (const files::path& folder : wanted) {
    const files::path canonical = files::canonical(folder, problem);
    if (problem || !files::is_directory(canonical, problem)) continue;
    if (std::find(folders.begin(), folders.end(), canonical.string()) == folders.end()) {
      folders.push_back(canonical.string());
    }
  }
  return folders;
}

FoundPlugins buildCatalog(const std::vector<std::string>& folders, const TrustPolicy& policy) {
  FoundPlugins found;
  found.trust = policy;
  for (const std::string& folder : folders) {
    std::vector<std::string> libraries;
    std::error_code problem;
    for (files::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
      if (entry->path().extension() == ".so") libraries.push_back(entry->path().string());
    }
    if (problem) {
      found.catalog.refuse(
          {folder, "The folder cannot be listed: " + whyRefused(problem.value(), folder, Access::Read)});
    }
    std::sort(libraries.begin(), libraries.end());
    for (const std::string& library : libraries) {
      const auto refuse = [&](const Error& error) { found.catalog.refuse({library, error.message}); };
      const Result<TrustedFile> file = openTrusted(library, policy);
      if (!file) {
        refuse(file.error());
        continue;
      }
      Result<catalog::Manifest> manifest = catalog::readManifest(file->descriptor(), file->path());
      if (!manifest) {
        refuse(manifest.error());
        continue;
      }
      const Result<void> added = found.catalog.add({std::move(*manifest), file->path()});
      if (!added) refuse(added.error());
    }
  }
  return found;
}

Result<FoundPlugins> findPlugins() {
  WEIR_TRY_ASSIGN(policy, trustPolicyFromEnvironment());
  return buildCatalog(pluginFolders(), policy);
}

}  // namespace weir::host
