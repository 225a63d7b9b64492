// The command line of `weir run`.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/runtime/engine/engine.hpp"
#include "core/topology/plan/make_plan.hpp"

namespace weir::app {

struct RunOptions {
  std::string file;
  std::string home;  // empty: the default one of the topology
  std::string summaryFile;
  std::map<std::string, std::string> parameters;
  runtime::EngineOptions engine;
  Duration hangLimit = 60 * kSecond;     // a plugin that does not come out of a call for longer ends the runner
  Duration stopLimit = 10 * kSecond;     // what has not finished so long after a stop was asked for is left
  std::int64_t stateBytes = 64LL << 20;  // block cache and write buffers of the state store
};

inline constexpr const char* kRunUsage =
    "usage: weir run FILE [--home DIR] [--until-end [--keep-open]] [--threads N] [--param NAME=VALUE]...\n"
    "                [--commit-interval 200ms] [--overlay-memory MIB] [--state-memory MIB]\n"
    "                [--hang-limit 60s] [--stop-limit 10s] [--restarts 10] [--batch-rows N]\n"
    "                [--summary FILE] [--forget NODE]...\n"
    "                [--dead-letter-retention 7d] [--dead-letter-disk MIB]\n"
    "Without --home the topology works in the folder NAME.weir-home. --forget gives up what the home keeps of a node\n"
    "that is not drawn any more.\n";

// The error says which argument is wrong and how it is written.
Result<RunOptions> parseRunOptions(std::span<const std::string_view> arguments);

}  // namespace weir::app
