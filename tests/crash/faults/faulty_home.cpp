#include "tests/crash/faults/faulty_home.hpp"

#include <memory>
#include <utility>

#include "tests/crash/faults/late_segment_files.hpp"
#include "tests/crash/faults/lossy_file_system.hpp"
#include "tests/crash/faults/slow_file_system.hpp"
#include "tests/crash/faults/slow_sync_files.hpp"
#include "tests/crash/faults/state_first_log.hpp"
#include "tests/crash/faults/unmarked_log.hpp"
#include "tests/crash/faults/unsynced_loss_files.hpp"

namespace weir::faults {

namespace {

constexpr std::uint64_t kSmallJournal = 8 << 10;

struct Below {
  std::unique_ptr<runtime::Files> below;
};

// A Files port together with the one that it is over, which goes after it.
template <typename Layer>
class Layered final : private Below, public Layer {
 public:
  template <typename... Arguments>
  explicit Layered(std::unique_ptr<runtime::Files> files, Arguments... arguments)
      : Below{std::move(files)}, Layer(*below, std::move(arguments)...) {}
};

std::unique_ptr<runtime::Files> over(std::unique_ptr<runtime::Files> files, const Faults& faults) {
  if (faults.loseUnsynced) files = std::make_unique<Layered<UnsyncedLossFiles>>(std::move(files));
  if (faults.journalFirst) files = std::make_unique<Layered<LateSegmentFiles>>(std::move(files));
  if (faults.waitToSync) {
    files = std::make_unique<Layered<SlowSyncFiles>>(std::move(files), faults.waitToSync);
  }
  return files;
}

}  // namespace

Result<app::HomePorts> openHome(const app::HomeRequest& request, const Faults& faults) {
  app::HomeParts parts = app::partsOf(request);
  parts.files = over(std::move(parts.files), faults);
  parts.log.crashPoints = faults.reached;
  if (faults.small) parts.log.journalLimit = kSmallJournal;
  parts.state.crashPoints = faults.reached;
  if (faults.loseUnsynced) parts.state.files = makeLossyFileSystem();
  if (faults.waitToSync) parts.state.files = makeSlowFileSystem(parts.state.files, faults.waitToSync);
  WEIR_TRY_ASSIGN(ports, app::openParts(std::move(parts)));
  if (faults.stateFirst) ports.log = std::make_unique<StateFirstLog>(std::move(ports.log), faults.reached);
  if (faults.unmarked) ports.log = std::make_unique<UnmarkedLog>(std::move(ports.log));
  return std::move(ports);
}

}  // namespace weir::faults
