#include "ui/workbench/close_guard.hpp"

#include <QCoreApplication>
#include <QLayout>
#include <QMessageBox>
#include <algorithm>

#include "ui/theme/tokens.h"
#include "ui/workbench/drawing_page.hpp"

namespace weir::designer {

namespace {

QString tr(const char* text, int count = -1) {
  return QCoreApplication::translate("CloseGuard", text, nullptr, count);
}

QString whatIsUnsaved(const Document& document) {
  if (!document.logicChanged()) return tr("only positions");
  return document.layoutChanged() ? tr("logic and positions") : tr("logic");
}

}  // namespace

QString unsavedText(const QList<DrawingPage*>& pages) {
  QStringList lines;
  for (DrawingPage* page : pages) {
    if (page->document().changed()) lines += page->title() + ": " + whatIsUnsaved(page->document());
  }
  return lines.join('\n');
}

bool mayClose(const QList<DrawingPage*>& pages, QWidget* window) {
  const QString unsaved = unsavedText(pages);
  if (unsaved.isEmpty()) return true;
  QMessageBox box(QMessageBox::NoIcon, tr("Save your work?"),
                  tr("Save the changes of %n drawing(s)?", static_cast<int>(unsaved.count('\n')) + 1),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window);
  box.setInformativeText(unsaved);
  box.setDefaultButton(QMessageBox::Save);
  box.layout()->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  switch (box.exec()) {
    case QMessageBox::Save:
      return std::all_of(pages.begin(), pages.end(),
                         [](DrawingPage* page) { return !page->document().changed() || page->save(); });
    case QMessageBox::Discard: return true;
    default: return false;
  }
}

}  // namespace weir::designer
