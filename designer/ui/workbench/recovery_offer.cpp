#include "designer/ui/workbench/recovery_offer.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <memory>

#include "designer/model/file/recovery.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
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

// A file that cannot be read now stays the one that the work belongs to.
OpenTopology::Start onDisk(const QString& path) {
  if (path.isEmpty()) return emptyStart();
  Result<OpenedFile> opened = openFile(path);
  if (!opened) return {emptyStart().topology, path, {}};
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

// What nobody can read stays where it is until somebody says otherwise.
void sayThatItIsUnreadable(TopologyPage* page, const QString& folder, Recoverable found) {
  const QString of = found.path.isEmpty() ? Words::tr("a topology without a name") : QFileInfo(found.path).fileName();
  const QString id = "recovery " + found.id;
  const QString sentence = Words::tr("There is unsaved work on %1 that cannot be read. %2").arg(of, found.unreadable);
  // Shared: a function that is copied cannot own the lock alone.
  const auto kept = std::make_shared<const Recoverable>(std::move(found));
  page->showMessage({id, MessageTone::Error, {}, sentence, {{Words::tr("Throw away"), [page, folder, id, kept] {
                                                               forget(folder, *kept);
                                                               page->removeMessage(id);
                                                             }}}});
}

void offer(TopologyPage* page, Recoverable found) {
  Document& document = page->document();
  const Snapshot before = document.now();
  document.apply({Words::tr("Recover unsaved work"), std::move(found.work), {}, {}});
  page->topology().autosave().goOnWith(std::move(found));
  page->canvas().zoomToOpen();
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
    if (!found.unreadable.isEmpty()) {
      workbenches.first()->openEmptyWhenBare();
      sayThatItIsUnreadable(workbenches.first()->current(), services.recoveryFolder, std::move(found));
      continue;
    }
    TopologyPage* const page = pageFor(workbenches, found.path);
    offer(page, std::move(found));
    for (Workbench* const workbench : workbenches) {
      if (workbench->current() == page) workbench->showChanges();
    }
  }
}

}  // namespace weir::designer
