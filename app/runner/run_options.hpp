// What people may choose of a run.
#pragma once

#include <map>
#include <string>

#include "core/runtime/engine/engine.hpp"

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

}  // namespace weir::app
