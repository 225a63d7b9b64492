#include "designer/ui/workbench/template_work.hpp"

#include <QFile>
#include <QLayout>
#include <QMessageBox>
#include <QPushButton>

#include "designer/model/edits/fragment.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/shell/commands/command_match.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/template_dialog.hpp"
#include "designer/ui/workbench/topology_page.hpp"

namespace weir::designer {

namespace {

constexpr const char* kBar = "template";

}  // namespace

TemplateWork::TemplateWork(Services& services, MainWindow& window, QObject* parent)
    : QObject(parent), services_(services), window_(window) {}

void TemplateWork::say(TopologyPage& page, const QString& what) {
  page.showMessage({kBar, MessageTone::Warning, {}, what, {}});
}

void TemplateWork::saveFrom(TopologyPage& page) {
  const Document& document = page.document();
  const bool whole = document.selection().empty();
  const topology::Topology kept = whole ? document.topology() : cutOut(document.topology(), document.selection());
  page.removeMessage(kBar);
  if (kept.nodes.empty() && kept.topics.empty()) return say(page, tr("There is nothing to make a template of."));
  const QString count = tr("%n node(s)", nullptr, static_cast<int>(kept.nodes.size() + kept.topics.size()));
  TemplateDialog dialog(
      tr("Save as template"), (whole ? tr("Of all that is drawn: %1.") : tr("Of what is selected: %1.")).arg(count),
      [&](const QString& title, const QString& description) {
        return services_.templates.save(kept, title, description, *services_.catalog.catalog());
      },
      &window_);
  dialog.exec();
}

void TemplateWork::insert(TopologyPage& page, const QString& file, QPointF at) {
  page.removeMessage(kBar);
  const OwnTemplate* const own = services_.templates.find(file);
  QFile text(file);
  if (own == nullptr || !own->error.isEmpty() || !text.open(QIODevice::ReadOnly)) {
    return say(page, tr("%1 cannot be read.").arg(file));
  }
  page.canvas().commands().insertText(QString::fromUtf8(text.readAll()), at, tr("Add “%1”").arg(own->title));
  page.canvas().setFocus();
}

void TemplateWork::change(const QString& file) {
  const OwnTemplate* const own = services_.templates.find(file);
  if (own == nullptr) return;
  TemplateDialog dialog(
      tr("Rename template"), {},
      [&](const QString& title, const QString& description) {
        return services_.templates.change(file, title, description, *services_.catalog.catalog());
      },
      &window_);
  dialog.name().setText(own->title);
  dialog.description().setText(own->description);
  dialog.description().setEnabled(own->error.isEmpty());
  dialog.name().selectAll();
  dialog.exec();
}

void TemplateWork::remove(const QString& file) {
  const OwnTemplate* const own = services_.templates.find(file);
  if (own == nullptr) return;
  QMessageBox box(QMessageBox::NoIcon, tr("Delete template"), tr("Delete the template “%1”?").arg(own->title),
                  QMessageBox::Yes | QMessageBox::Cancel, &window_);
  box.setInformativeText(tr("Its file is gone then. What was made of it stays."));
  box.button(QMessageBox::Yes)->setText(tr("Delete"));
  box.setDefaultButton(QMessageBox::Cancel);
  box.layout()->setContentsMargins(space::kHuge, space::kHuge, space::kHuge, space::kLarge);
  if (box.exec() != QMessageBox::Yes) return;
  const Result<void> done = services_.templates.remove(file);
  if (done) return;
  QMessageBox::warning(&window_, tr("Delete template"), QString::fromStdString(done.error().message));
}

QList<Command> TemplateWork::commands(const QString& typed, TopologyPage* page) {
  QList<Command> found;
  for (const OwnTemplate& own : services_.templates.all()) {
    const QString title = tr("Add template “%1”").arg(own.title);
    const std::optional<int> cost = commandCost(typed, title, own.description);
    if (!cost) continue;
    found.append({title, own.error, themeIcon(QStringLiteral("layout-dashboard")),
                  own.error.isEmpty() && page != nullptr,
                  [this, page, file = own.file] { insert(*page, file, page->canvas().camera().middle()); }, *cost});
  }
  return found;
}

}  // namespace weir::designer
