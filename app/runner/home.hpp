// A home: the folder where a runner keeps its log and its state.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/embedded/home/home_lock.hpp"
#include "core/adapters/embedded/state/rocks_state_store.hpp"
#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/base/result.hpp"
#include "core/base/start_progress.hpp"
#include "core/runtime/ports/files.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/state_store.hpp"

namespace weir::app {

// What has to be made anew after a failure.
struct HomePorts {
  std::unique_ptr<runtime::Files> files;  // of the log
  std::unique_ptr<runtime::Log> log;
  std::unique_ptr<runtime::StateStore> state;
};

// A home that is to be opened. The caller holds its lock; what is referred to outlives the ports.
struct HomeRequest {
  std::string home;
  std::int64_t stateBytes = 0;
  const Clock& clock;
  Logger& logger;
  StartProgress* start = nullptr;  // told how far an opening that takes long is
};

// What the ports of a home are made of.
struct HomeParts {
  std::unique_ptr<runtime::Files> files;
  embedded::EmbeddedLogOptions log;
  embedded::RocksStateStoreOptions state;
};

// The lock of a home, and what taking it has made.
struct LockedHome {
  embedded::HomeLock lock;
  bool fresh = false;             // there was no home: the folder was empty, or not there
  std::vector<std::string> made;  // folders on the way to it, it too, that were not there: the outermost first
};

// Locks the home, which is made when missing; a folder that holds anything else is refused. Another runner there gives
// an error of kind Retryable, whatever else is wrong one of kind Config.
Result<LockedHome> lockHome(const std::string& home);

// After a start that was refused: where there was no home before, and nothing has been committed, there is none again.
void removeUnused(const std::string& home, const LockedHome& locked);

// Opens log and state store; recovers what a crash left.
Result<HomePorts> openHome(const HomeRequest& request);
// Its two steps, for whoever puts something between them, or over the ports.
HomeParts partsOf(const HomeRequest& request);
Result<HomePorts> openParts(HomeParts parts);
// How a run opens its home: `openHome`, or one that prepares its ports for a test.
using HomeOpener = std::function<Result<HomePorts>(const HomeRequest& request)>;

// The log of a home as it is published at this moment. Needs no lock, and changes nothing. A folder that is no home is
// an error of kind Config.
Result<std::unique_ptr<embedded::EmbeddedLog>> lookAtHome(runtime::Files& files, const std::string& home);

}  // namespace weir::app
