#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "app/commands/write_message.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/base/printable.hpp"
#include "core/base/write_file.hpp"
#include "core/topology/file/format_topology.hpp"

namespace weir::app {

namespace {

// What comes out of a pipe does not go back into it.
Result<void> canBeWrittenBack(const std::string& path) {
  std::error_code unknown;  // is told by whoever reads it
  const std::filesystem::file_status status = std::filesystem::status(path, unknown);
  if (path != "-" && (std::filesystem::is_regular_file(status) || !std::filesystem::exists(status))) return {};
  return configError((path == "-" ? "The standard input" : path) +
                     " is no regular file: `weir fmt` writes a file anew in its place.");
}

int written(const Result<void>& outcome) {
  if (outcome) return kExitOk;
  fail(outcome.error());
  return kExitFailed;
}

int formatOne(const std::string& path, const catalog::Catalog& catalog, bool checkOnly) {
  if (!checkOnly) {
    if (const Result<void> regular = canBeWrittenBack(path); !regular) return fail(regular.error());
  }
  const Result<std::string> before = readWholeFile(path);
  if (!before) return fail(before.error());
  topology::Topology topology;
  if (const int status = takeTopology(path, *before, topology); status != kExitOk) return status;
  const std::string after = topology::formatTopology(topology, withParts(catalog, topology, path));
  if (after == *before) return kExitOk;
  if (checkOnly) {
    const std::string shown = printable(path);
    std::fprintf(stderr, "%s is not in canonical form; `weir fmt %s` rewrites it.\n", shown.c_str(), shown.c_str());
    return kExitWarnings;
  }
  return written(writeFile(path, after));
}

class Format final : public Command {
 public:
  Format() : Command("fmt") {
    table_.arguments("FILE", files_, Offers::Topologies,
                     "a topology; without --check and --to it is written anew in its place");
    table_.flag("--check", checkOnly_, "only tell which of them are not in canonical form");
    table_.choice("--to", form_, {"pb", "json"},
                  "write the topology as a Protobuf message, weir.v1.Topology, in its binary form or as JSON");
    table_.file("-o", out_, "the file for the message; without it, the standard output");
  }

  Result<void> check() override {
    if (form_.empty()) {
      return out_.empty() ? Result<void>() : configError("-o says where a message is written: it needs --to.");
    }
    if (checkOnly_) return configError("--check is for files in canonical form, and --to writes another form.");
    if (files_.size() > 1) return configError("--to takes one topology at a time.");
    return {};
  }

  int run() override {
    if (!form_.empty()) return writeMessage(files_[0], form_, out_);
    // The order of parameters is the manifest's; those of plugins that are not here stay as they are.
    const Result<host::FoundPlugins> plugins = host::findPlugins();
    if (!plugins) return fail(plugins.error());
    int worst = kExitOk;
    for (const std::string& file : files_) worst = std::max(worst, formatOne(file, plugins->catalog, checkOnly_));
    return worst;
  }

 private:
  std::vector<std::string> files_;
  bool checkOnly_ = false;
  std::string form_;
  std::string out_;
};

}  // namespace

std::unique_ptr<Command> makeFormat() {
  return std::make_unique<Format>();
}

}  // namespace weir::app
