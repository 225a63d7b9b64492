#include "runner/home.hpp"

#include "adapters/embedded/files/posix_files.hpp"
#include "adapters/embedded/state/lossy_file_system.hpp"
#include "adapters/embedded/state/rocks_state_store.hpp"
#include "adapters/embedded/state/slow_file_system.hpp"
#include "runtime/memory/slow_sync_files.hpp"
#include "runtime/memory/unsynced_loss_files.hpp"

namespace weir::app {

namespace {

constexpr std::uint64_t kSmallJournal = 8 << 10;

}  // namespace

Result<embedded::HomeLock> lockHome(const std::string& home) {
  embedded::PosixFiles files;
  if (const Result<void> made = files.makeFolders(home); !made) {
    return configError(made.error().message + " --home names another folder.");
  }
  return embedded::HomeLock::take(home);
}

Result<std::unique_ptr<embedded::EmbeddedLog>> lookAtHome(runtime::Files& files, const std::string& home) {
  const std::string folder = home + "/log";
  WEIR_TRY_ASSIGN(known, files.exists(folder + "/journal"));
  if (!known) return configError("There is no home in " + home + "; `weir run` makes one, and --home names another.");
  return embedded::EmbeddedLog::look(files, folder);
}

Result<HomePorts> openHome(const std::string& home, std::int64_t stateBytes, const TestSwitches& switches,
                           const Clock& clock, Logger& logger, StartProgress* start) {
  HomePorts ports;
  ports.files = std::make_unique<embedded::PosixFiles>();
  runtime::Files* files = ports.files.get();
  if (switches.loseUnsynced) {
    ports.lossyFiles = std::make_unique<runtime::UnsyncedLossFiles>(*files);
    files = ports.lossyFiles.get();
  }
  if (switches.waitToSync) {
    ports.slowFiles = std::make_unique<runtime::SlowSyncFiles>(*files, switches.waitToSync);
    files = ports.slowFiles.get();
  }
  embedded::EmbeddedLogOptions options;
  options.folder = home + "/log";
  options.crashPoints = switches.reached;
  options.clock = &clock;
  options.logger = &logger;
  options.journalBeforeData = switches.journalBeforeData;
  if (switches.small) options.journalLimit = kSmallJournal;
  auto log = embedded::EmbeddedLog::open(*files, options);
  if (!log) return log.error();
  ports.log = std::move(*log);
  embedded::RocksStateStoreOptions rocks;
  rocks.folder = home + "/state";
  rocks.memoryBudget = stateBytes;
  rocks.crashPoints = switches.reached;
  if (switches.loseUnsynced) rocks.files = embedded::makeLossyFileSystem();
  if (switches.waitToSync) rocks.files = embedded::makeSlowFileSystem(rocks.files, switches.waitToSync);
  rocks.start = start;
  ports.state = std::make_unique<embedded::RocksStateStore>(rocks);
  return ports;
}

}  // namespace weir::app
