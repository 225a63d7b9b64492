#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "commands.hpp"
#include "commands/topology_input.hpp"
#include "topology/topology_file.hpp"

namespace weir::app {

namespace {

// Beside the file, then over it: a file is never half-written.
Result<void> replaceFile(const std::string& path, const std::string& text) {
  const std::string temporary = path + ".new";
  std::FILE* const file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) return configError(temporary + " cannot be written: " + std::strerror(errno) + ".");
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) != 0 || !written) {
    std::remove(temporary.c_str());
    return configError(temporary + " cannot be written: " + std::strerror(errno) + ".");
  }
  std::error_code problem;
  const std::filesystem::file_status status = std::filesystem::status(path, problem);
  if (!problem) std::filesystem::permissions(temporary, status.permissions(), problem);
  std::filesystem::rename(temporary, path, problem);
  if (problem) return configError(path + " cannot be replaced: " + problem.message() + ".");
  return {};
}

int formatOne(const std::string& path, const catalog::Catalog& catalog, bool checkOnly) {
  const Result<std::string> before = readWholeFile(path);
  const Result<topology::Topology> topology = readTopologyFile(path);
  if (!before || !topology) {
    std::fprintf(stderr, "%s\n", (before ? topology.error() : before.error()).message.c_str());
    return kExitErrors;
  }
  const std::string after = topology::formatTopology(*topology, catalog);
  if (after == *before) return kExitOk;
  if (checkOnly) {
    std::fprintf(stderr, "%s is not in canonical form; `weir fmt %s` rewrites it.\n", path.c_str(), path.c_str());
    return kExitWarnings;
  }
  const Result<void> replaced = replaceFile(path, after);
  if (replaced) return kExitOk;
  std::fprintf(stderr, "%s\n", replaced.error().message.c_str());
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
    std::fputs("usage: weir fmt FILE... [--check]\n", stderr);
    return kExitErrors;
  }
  // The order of parameters is the manifest's; those of plugins that are not here stay as they are.
  const Result<host::FoundPlugins> plugins = findPlugins();
  if (!plugins) {
    std::fprintf(stderr, "weir fmt: %s\n", plugins.error().message.c_str());
    return kExitErrors;
  }
  int worst = kExitOk;
  for (const std::string& file : files) worst = std::max(worst, formatOne(file, plugins->catalog, checkOnly));
  return worst;
}

}  // namespace weir::app
