#include "designer/ui/workbench/data_files.hpp"

#include <QFileInfo>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/scene/placing.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/widgets/file_dialog.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"

namespace weir::designer {

namespace {

// Bars.
const QString kBar = QStringLiteral("data");
const QString kTimes = QStringLiteral("times");
const QString kColumns = QStringLiteral("columns");

constexpr qsizetype kMostButtons = 2;

QString folderOf(TopologyPage& page) {
  const QString path = page.topology().file().path();
  return path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
}

void apply(TopologyPage& page, Edit edit) {
  page.document().closeMerge();
  page.document().apply(std::move(edit));
  page.document().closeMerge();
}

// Whether the node still reads what was asked for.
bool reads(TopologyPage& page, const std::string& node, const std::string& path) {
  const topology::Node* const source = page.document().topology().node(node);
  const json::Value* const now = source == nullptr ? nullptr : source->params.find("path");
  return now != nullptr && now->isText() && now->asText() == path;
}

// The best event time is taken; a click takes another one.
void offerOtherTimes(TopologyPage& page, const std::string& node, const DataFile& data) {
  page.removeMessage(kTimes);
  if (data.times.size() < 2) return;
  const auto words = [](const QString& pattern, const EventTime& time) {
    return pattern.arg(QString::fromStdString(time.field), QString::fromStdString(time.disorder));
  };
  QList<MessageButton> others;
  for (std::size_t i = 1; i < data.times.size() && others.size() < kMostButtons; ++i) {
    others.append({words(DataFiles::tr("Take %1 (at most %2)"), data.times[i]), [&page, node, time = data.times[i]] {
                     page.removeMessage(kTimes);
                     if (Result<Edit> edit = takeEventTime(page.document().topology(), node, time))
                       apply(page, std::move(*edit));
                   }});
  }
  page.showMessage({kTimes,
                    MessageTone::Info,
                    {},
                    words(DataFiles::tr("The event time is %1, at most %2 out of order."), data.times.front()),
                    others});
}

}  // namespace

DataFiles::DataFiles(Services& services, QObject* parent) : QObject(parent), services_(services) {}

void DataFiles::look(TopologyPage& page, const QString& file, Then then) {
  page.removeMessage(kBar);
  const auto say = [&page, name = QFileInfo(file).fileName()](MessageTone tone, const QString& what) {
    page.showMessage({kBar, tone, {}, QStringLiteral("%1: %2").arg(name, what), {}});
  };
  if (services_.catalog.runner().isEmpty()) {
    say(MessageTone::Warning, tr("its columns are not known, because there is no runner that could look."));
    return then(nullptr);
  }
  inference_.look(services_.catalog.runner(), file, &page, [say, then = std::move(then)](const Result<DataFile>& data) {
    then(data ? &*data : nullptr);
    if (!data) return say(MessageTone::Warning, QString::fromStdString(data.error().message));
    if (!data->doubts.empty()) say(MessageTone::Warning, data->doubts.front());
  });
}

void DataFiles::add(TopologyPage& page, const QStringList& files, QPointF at) {
  for (const QString& file : files) {
    const Point place{at.x(), at.y()};
    look(page, file, [&page, file, place](const DataFile* data) {
      Edit edit = addFileSource(page.document().topology(), pathBeside(folderOf(page), file), data, place);
      const std::string id = *edit.selection->begin();
      apply(page, placedClear(page.canvas().canvasScene(), std::move(edit)));
      page.canvas().navigation().setCurrent(id);
      page.canvas().navigation().reveal(id);
      if (data != nullptr) offerOtherTimes(page, id, *data);
    });
    at.ry() += drawing::kNodeHeight + drawing::kRowGap;
  }
}

void DataFiles::choose(TopologyPage& page) {
  const QString filter = tr("Rows of JSON (*.ndjson *.jsonl *.json);;All files (*)");
  const QStringList files = FileDialog(&page, tr("Choose data files"), folderOf(page), filter).askForSome();
  if (files.isEmpty()) return;
  CanvasView& canvas = page.canvas();
  const QString use = QString::fromUtf8(kFileSource.data(), static_cast<qsizetype>(kFileSource.size()));
  add(page, files, canvas.nodes().rectAt(use, canvas.camera().middle()).topLeft());
}

// The path is written at once. What is found there comes later, and only if the node still reads it: one step with the
// path, as long as nothing else was edited meanwhile.
void DataFiles::read(TopologyPage& page, const QString& node, const QString& written, const QString& file) {
  const std::string id = node.toStdString();
  const std::string path = written.toStdString();
  Result<Edit> naming = readFrom(page.document().topology(), id, path, nullptr);
  if (!naming) return;
  apply(page, std::move(*naming));
  look(page, file, [&page, id, path, written, named = page.document().now()](const DataFile* data) {
    if (data == nullptr || !reads(page, id, path)) return;
    const auto take = [&page, id, path, named](const DataFile& taken) {
      if (!reads(page, id, path)) return;
      Document& document = page.document();
      if (document.now() == named) document.undo();
      if (Result<Edit> edit = readFrom(document.topology(), id, path, &taken)) apply(page, std::move(*edit));
      offerOtherTimes(page, id, taken);
    };
    const json::Value* const schema = page.document().topology().node(id)->params.find("schema");
    if (schema == nullptr || schema->items().empty()) return take(*data);
    if (*schema == data->schema) return;
    page.showMessage({kColumns,
                      MessageTone::Warning,
                      {},
                      tr("%1 has other columns than the source says.").arg(QFileInfo(written).fileName()),
                      {{tr("Take its columns"), [&page, take, found = *data] {
                          page.removeMessage(kColumns);
                          take(found);
                        }}}});
  });
}

}  // namespace weir::designer
