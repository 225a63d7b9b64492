#include "designer/ui/workbench/parts.hpp"

#include <QFileInfo>

#include "core/base/write_file.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/parts/part_reader.hpp"
#include "designer/model/edits/part_edits.hpp"
#include "designer/model/help/data_file.hpp"
#include "designer/ui/canvas/scene/placing.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/widgets/file_dialog.hpp"
#include "designer/ui/workbench/file_dialogs.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"

namespace weir::designer {

namespace {

const QString kBar = QStringLiteral("part");

QString folderOf(TopologyPage& page) {
  const QString path = page.topology().file().path();
  return path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
}

std::string useOf(TopologyPage& page, const QString& file) {
  return std::string(catalog::kPartUse) + pathBeside(folderOf(page), QFileInfo(file).absoluteFilePath());
}

void say(TopologyPage& page, const QString& file, const QString& what) {
  page.showMessage(
      {kBar, MessageTone::Warning, {}, QStringLiteral("%1: %2").arg(QFileInfo(file).fileName(), what), {}});
}

// Why a file cannot be used as a node; empty: it can.
QString whyNoPart(const QString& file) {
  const Result<OpenedFile> opened = openFile(file);
  if (!opened) return QString::fromStdString(opened.error().message).section('\n', 0, 0);
  if (!opened->topology.ports.empty()) return {};
  return Parts::tr("it has no ports. Save a group as a part, or say in the file which of its ends are open.");
}

}  // namespace

Parts::Parts(Services& services, QObject* parent) : QObject(parent), services_(services) {}

void Parts::add(TopologyPage& page, const QStringList& files, QPointF at) {
  page.removeMessage(kBar);
  for (const QString& file : files) {
    if (const QString why = whyNoPart(file); !why.isEmpty()) {
      say(page, file, why);
      continue;
    }
    Edit edit = addNode(page.document().topology(), useOf(page, file), {at.x(), at.y()});
    edit.label = tr("Insert a part");
    const std::string id = *edit.selection->begin();
    page.document().apply(placedClear(page.canvas().canvasScene(), std::move(edit)));
    page.canvas().navigation().setCurrent(id);
    at.ry() += drawing::kNodeHeight + drawing::kRowGap;
  }
}

void Parts::choose(TopologyPage& page) {
  const QStringList files =
      FileDialog(&page, tr("Insert a part"), folderOf(page), tr("Topologies (*.weir)")).askForSome();
  if (files.isEmpty()) return;
  CanvasView& canvas = page.canvas();
  add(page, files,
      canvas.nodes().rectAt(QString::fromStdString(useOf(page, files.front())), canvas.camera().middle()).topLeft());
}

void Parts::saveGroup(TopologyPage& page) {
  const topology::Topology& topology = page.document().topology();
  std::string group;
  for (const auto& one : topology.groups) {
    if (page.document().selection().contains(one->id.value)) group = one->id.value;
  }
  if (group.empty()) return;
  const QString folder = folderOf(page);
  const QString name = QString::fromStdString(group) + QStringLiteral(".weir");
  const QString path = askWhereToWrite(&page, services_.settings,
                                       {.title = tr("Save group as a part"),
                                        .suggestion = folder.isEmpty() ? name : folder + QLatin1Char('/') + name,
                                        .suffix = "weir",
                                        .filter = tr("Topologies (*.weir)")});
  if (path.isEmpty()) return;
  page.removeMessage(kBar);
  if (QFileInfo(path) == QFileInfo(page.topology().file().path())) {
    return say(page, path, tr("this is the topology itself. Choose another name."));
  }
  GroupAsPart made = groupAsPart(topology, group, useOf(page, path));
  if (made.part.ports.empty())
    return say(page, path, tr("no wire crosses the frame of the group: a part has open ends."));
  const std::string text = topology::formatTopology(made.part, *page.topology().catalog());
  if (const Result<void> written = writeFile(path.toStdString(), text); !written) {
    return say(page, path, QString::fromStdString(written.error().message));
  }
  page.document().apply(std::move(made.edit));
}

void Parts::open(TopologyPage& page) {
  for (const std::string& id : page.document().selection()) open(page, id);
}

void Parts::open(TopologyPage& page, const std::string& id) {
  const topology::Node* const node = page.document().topology().node(id);
  if (node == nullptr || !catalog::isPartUse(node->use.value)) return;
  const std::string path = topology::partPath(node->use.value, page.topology().file().path().toStdString());
  Q_EMIT openRequested(QString::fromStdString(path));
}

}  // namespace weir::designer
