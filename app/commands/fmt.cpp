#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/base/write_file.hpp"
#include "core/topology/file/format_topology.hpp"

namespace weir::app {

namespace {

int refuse(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return kExitErrors;
}

// What comes out of a pipe does not go back into it.
Result<void> canBeWrittenBack(const std::string& path) {
  std::error_code unknown;  // is told by whoever reads it
  const std::filesystem::file_status status = std::filesystem::status(path, unknown);
  if (path != "-" && (std::filesystem::is_regular_file(status) || !std::filesystem::exists(status))) return {};
  return configError((path == "-" ? "The standard input" : path) +
                     " is no regular file: `weir fmt` writes a file anew in its place.");
}

int formatOne(const std::string& path, const catalog::Catalog& catalog, bool checkOnly) {
  if (!checkOnly) {
    if (const Result<void> regular = canBeWrittenBack(path); !regular) return refuse(regular.error());
  }
  const Result<std::string> before = readWholeFile(path);
  if (!before) return refuse(before.error());
  const Result<topology::Topology> topology = topologyOf(*before, path);
  if (!topology) return refuse(topology.error());
  const std::string after = topology::formatTopology(*topology, catalog);
  if (after == *before) return kExitOk;
  if (checkOnly) {
    std::fprintf(stderr, "%s is not in canonical form; `weir fmt %s` rewrites it.\n", path.c_str(), path.c_str());
    return kExitWarnings;
  }
  const Result<void> written = writeFile(path, after);
  if (written) return kExitOk;
  std::fprintf(stderr, "%s\n", written.error().message.c_str());
  return kExitFailed;
}

}  // namespace

int formatCommand(Arguments arguments) {
  bool checkOnly = false;
  std::vector<std::string> files;
  for (const std::string_view argument : arguments) {
    if (argument == "--check") {
      checkOnly = true;
    } else if (argument.starts_with("--")) {
      std::fprintf(stderr, "weir fmt: there is no option '%s'.\n", std::string(argument).c_str());
      return kExitErrors;
    } else {
      files.emplace_back(argument);
    }
  }
  if (files.empty()) {
    std::fputs(kFormatUsage, stderr);
    return kExitErrors;
  }
  // The order of parameters is the manifest's; those of plugins that are not here stay as they are.
  const Result<host::FoundPlugins> plugins = host::findPlugins();
  if (!plugins) {
    std::fprintf(stderr, "weir fmt: %s\n", plugins.error().message.c_str());
    return kExitErrors;
  }
  int worst = kExitOk;
  for (const std::string& file : files) worst = std::max(worst, formatOne(file, plugins->catalog, checkOnly));
  return worst;
}

}  // namespace weir::app
