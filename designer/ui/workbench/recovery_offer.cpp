#include "designer/ui/workbench/recovery_offer.hpp"

#include <QCoreApplication>

#include "designer/model/file/recovery.hpp"
#include "designer/ui/panels/lists/changes_panel.hpp"
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
  Result<OpenedFile> opened = path.isEmpty() ? Result<OpenedFile>(configError("untitled")) : openFile(path);
  if (!opened) return emptyStart();
  return {std::move(opened->topology), path, std::move(opened->bytes)};
}

// A page that goes on with recovered work already takes no other one: two designers may have had the file open.
TopologyPage* pageFor(const QList<Workbench*>& workbenches, const QString& path) {
  OpenTopology::Start start = onDisk(path);
  for (Workbench* const workbench : workbenches) {
    TopologyPage* const open = path.isEmpty() ? nullptr : workbench->pageOf(path);
    if (open == nullptr) continue;
    if (open->topology().autosave().hasRecovered()) {
      start.path.clear();
      break;
    }
    workbench->show(open);
    return open;
  }
  return workbenches.first()->openInPlaceOf(workbenches.first()->current(), std::move(start));
}

void offer(TopologyPage* page, Recoverable found) {
  Document& document = page->document();
  const Snapshot before = document.now();
  document.apply({Words::tr("Recover unsaved work"), std::move(found.work), {}, {}});
  page->topology().autosave().goOnWith(std::move(found));
  if (!document.changed()) return;  // somebody has saved the same meanwhile
  const auto decided = [page] { page->removeMessage("recovery"); };
  const auto throwAway = [&document, decided, before, page] {
    decided();
    // A step of its own: what was drawn since then can be had again.
    document.apply({Words::tr("Throw away recovered work"), *before, {}, {}});
    // A crash right now brings nothing back.
    page->topology().autosave().settle();
  };
  const int changes = ChangesModel::rowsOf(topology::diff(*document.saved(), document.topology()));
  page->showMessage(
      {"recovery",
       MessageTone::Warning,
       {},
       Words::tr("The designer ended before this was saved. %n change(s) listed below.", nullptr, changes),
       {{Words::tr("Keep"), decided}, {Words::tr("Throw away"), throwAway}},
       false});
  QObject::connect(&document, &Document::savedStateChanged, page, [&document, decided] {
    if (!document.changed()) decided();
  });
}

}  // namespace

void offerRecovery(const QList<Workbench*>& workbenches, const Services& services) {
  for (Recoverable& found : recoverable(services.recoveryFolder)) {
    TopologyPage* const page = pageFor(workbenches, found.path);
    offer(page, std::move(found));
    for (Workbench* const workbench : workbenches) {
      if (workbench->current() == page) workbench->showChanges();
    }
  }
}

}  // namespace weir::designer
