// Asks operators for their output schemas in a child process, so that a plugin that crashes or hangs takes neither the
// designer nor `weir check` with it. One child answers many questions; one that dies is replaced.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/adapters/host/guard/child_process.hpp"
#include "core/catalog/manifest.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/topology/graph/schema_deriver.hpp"

namespace weir::host {

// The child's side: a question a line, an answer a line, until the input ends.
void serveDerivations(runtime::PluginHost& host, std::istream& in, std::ostream& out);

// The asking side. One thread at a time. Answers are kept, by library file (inode, size and time of change), operator,
// stage, parameters and inputs; refusals and crashes too.
class DeriveClient {
 public:
  // `command` starts a program that calls serveDerivations with plugins of the same catalog, which outlives this.
  DeriveClient(std::vector<std::string> command, const catalog::Catalog& catalog, int timeLimitMilliseconds = 10'000);

  Result<std::vector<Schema>> derive(const topology::DeriveRequest& request);
  // The same as a callback for core/topology; refers to this.
  topology::SchemaDeriver deriver();

 private:
  Result<std::vector<Schema>> ask(const std::string& question);
  std::string stampOf(const std::string& use) const;

  const std::vector<std::string> command_;
  const catalog::Catalog& catalog_;
  const int timeLimit_;
  std::optional<ChildProcess> child_;
  std::map<std::string, Result<std::vector<Schema>>> known_;
};

}  // namespace weir::host
