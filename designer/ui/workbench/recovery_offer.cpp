#include "designer/ui/workbench/recovery_offer.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "designer/model/file/recovery.hpp"
#include "designer/ui/workbench/examples.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Recovery)
};

OpenTopology::Start onDisk(const QString& path) {
  if (path.isEmpty()) return emptyStart();
  Result<OpenedFile> opened = openFile(path);
  if (!opened) return emptyStart();
  return {std::move(opened->topology), path, std::move(opened->bytes)};
}

TopologyPage* pageFor(const QList<Workbench*>& workbenches, const QString& path) {
  for (Workbench* const workbench : workbenches) {
    TopologyPage* const open = path.isEmpty() ? nullptr : workbench->pageOf(path);
    if (open == nullptr) continue;
    workbench->show(open);
    return open;
  }
  return workbenches.first()->openInPlaceOf(workbenches.first()->current(), onDisk(path));
}

void offer(TopologyPage* page, Recoverable found, const QString& folder) {
  Document& document = page->document();
  const Snapshot before = document.now();
  const int changes = static_cast<int>(found.changes.count('\n'));
  document.apply({Words::tr("Recover unsaved work"), std::move(found.work), {}, {}});
  const auto settle = [page, folder, id = found.id] {
    page->removeMessage("recovery");
    forget(folder, id);
  };
  const auto throwAway = [&document, settle, before] {
    settle();
    // A step of its own: what was drawn since then can be had again.
    document.apply({Words::tr("Throw away recovered work"), *before, {}, {}});
  };
  page->showMessage(
      {"recovery",
       MessageTone::Warning,
       {},
       Words::tr("The designer ended before this was saved. %n change(s) listed below.", nullptr, changes),
       {{Words::tr("Keep"), settle}, {Words::tr("Throw away"), throwAway}},
       false});
  QObject::connect(&document, &Document::savedStateChanged, page, [&document, settle] {
    if (!document.changed()) settle();
  });
  QObject::connect(page, &QObject::destroyed, [folder, id = found.id] { forget(folder, id); });
}

}  // namespace

void offerRecovery(const QList<Workbench*>& workbenches, const Services& services) {
  for (Recoverable& found : recoverable(services.recoveryFolder)) {
    TopologyPage* const page = pageFor(workbenches, found.path);
    offer(page, std::move(found), services.recoveryFolder);
    for (Workbench* const workbench : workbenches) {
      if (workbench->current() == page) workbench->showChanges();
    }
  }
}

}  // namespace weir::designer
