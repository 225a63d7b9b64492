#include "designer/ui/workbench/close_guard.hpp"

#include <QCoreApplication>
#include <QHash>
#include <QLayout>
#include <QMessageBox>
#include <algorithm>

#include "designer/ui/theme/tokens.h"
#include "designer/ui/workbench/topology_page.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(CloseGuard)
};

QString whatIsUnsaved(const Document& document) {
  QStringList what;
  if (document.logicChanged()) {
    what += document.layoutChanged() ? Words::tr("logic and positions") : Words::tr("logic");
  } else if (document.layoutChanged()) {
    what += Words::tr("only positions and comments");
  }
  if (!document.unreadText().isEmpty()) what += Words::tr("a text that cannot be read yet");
  return what.join(QStringLiteral(", "));
}

}  // namespace

QString unsavedText(const QList<TopologyPage*>& pages) {
  QStringList lines;
  for (TopologyPage* page : pages) {
    if (page->document().changed()) lines += page->title() + ": " + whatIsUnsaved(page->document());
  }
  return lines.join('\n');
}

namespace {

bool save(TopologyPage* page) {
  if (!page->document().changed()) return true;
  if (!page->save()) return false;
  if (page->document().unreadText().isEmpty()) return true;
  page->showMessage(
      {"text",
       MessageTone::Error,
       {},
       Words::tr("Saved as it is drawn. What was written as its text cannot be read: mend it, or undo it there."),
       {}});
  return false;
}

// One page of each topology, if all of its pages are closed.
QList<TopologyPage*> lastPages(const QList<TopologyPage*>& pages) {
  QHash<OpenTopology*, QList<TopologyPage*>> byTopology;
  for (TopologyPage* const page : pages) byTopology[&page->topology()] += page;
  QList<TopologyPage*> last;
  for (TopologyPage* const page : pages) {
    const QList<TopologyPage*>& same = byTopology[&page->topology()];
    if (same.first() == page && page->pagesOfTopology() == same.size()) last += page;
  }
  return last;
}

}  // namespace

bool mayClose(const QList<TopologyPage*>& all, QWidget* window) {
  const QList<TopologyPage*> pages = lastPages(all);
  const QString unsaved = unsavedText(pages);
  if (unsaved.isEmpty()) return true;
  QMessageBox box(QMessageBox::NoIcon, Words::tr("Save your work?"),
                  Words::tr("Save the changes of %n topolog(ies)?", nullptr, static_cast<int>(unsaved.count('\n')) + 1),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window);
  box.setInformativeText(unsaved);
  box.setDefaultButton(QMessageBox::Save);
  box.layout()->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  switch (box.exec()) {
    case QMessageBox::Save: return std::all_of(pages.begin(), pages.end(), save);
    case QMessageBox::Discard:
      // Decided now, whatever happens until the window is gone.
      for (TopologyPage* const page : pages) page->topology().autosave().discard();
      return true;
    default: return false;
  }
}

}  // namespace weir::designer
