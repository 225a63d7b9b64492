#include "designer/ui/workbench/data_files.hpp"

#include <QFileInfo>
#include <memory>
#include <optional>
#include <vector>

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

// Goes when the node does not read that any more.
void say(TopologyPage& page, const Message& message, const std::string& node, const std::string& path) {
  page.showMessage(message);
  QObject::connect(&page.document(), &Document::edited, page.messages().first(), [&page, id = message.id, node, path] {
    if (!reads(page, node, path)) page.removeMessage(id);
  });
}

// The best event time is taken; a click takes another one.
void offerOtherTimes(TopologyPage& page, const std::string& node, const std::string& path, const DataFile& data) {
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
  say(page,
      {kTimes,
       MessageTone::Info,
       {},
       words(DataFiles::tr("The event time is %1, at most %2 out of order."), data.times.front()),
       others},
      node, path);
}

// What is odd about a file; empty: nothing.
QString oddityOf(const QString& file, const Result<DataFile>& data) {
  const QString name = QFileInfo(file).fileName();
  if (!data) return QStringLiteral("%1: %2").arg(name, QString::fromStdString(data.error().message));
  return data->doubts.empty() ? QString() : QStringLiteral("%1: %2").arg(name, data->doubts.front());
}

}  // namespace

// Files that are added together: one step when the last of them is known.
struct DataFiles::Arrival {
  struct File {
    QString name;
    std::string path;  // as the topology names it
    Point at;
    std::optional<DataFile> data;
  };
  std::vector<File> files;
  std::size_t missing = 0;
  QStringList oddities;
};

DataFiles::DataFiles(Services& services, QObject* parent) : QObject(parent), services_(services) {}

void DataFiles::look(TopologyPage& page, const QString& file, const Then& then) {
  if (services_.catalog.runner().isEmpty()) {
    const QString why = tr("its columns are not known, because there is no runner that could look.");
    return then(configError(why.toStdString()));
  }
  inference_.look(services_.catalog.runner(), file, &page, then);
}

void DataFiles::add(TopologyPage& page, const QStringList& files, QPointF at) {
  page.removeMessage(kBar);
  // Shared by the answers, which come one by one.
  const auto arrival = std::make_shared<Arrival>();
  for (const QString& file : files) {
    arrival->files.push_back({file, pathBeside(folderOf(page), file), {at.x(), at.y()}, {}});
    at.ry() += drawing::kNodeHeight + drawing::kRowGap;
  }
  arrival->missing = arrival->files.size();
  for (Arrival::File& one : arrival->files) {
    look(page, one.name, [&page, &one, arrival](const Result<DataFile>& data) {
      if (data) one.data = *data;
      if (const QString oddity = oddityOf(one.name, data); !oddity.isEmpty()) arrival->oddities += oddity;
      if (--arrival->missing == 0) take(page, *arrival);
    });
  }
}

void DataFiles::take(TopologyPage& page, const Arrival& arrival) {
  const CanvasScene& scene = page.canvas().canvasScene();
  Edit edit{tr("Add %n source(s)", nullptr, static_cast<int>(arrival.files.size())),
            page.document().topology(),
            {},
            Selection{}};
  std::vector<std::string> ids;
  for (const Arrival::File& file : arrival.files) {
    Edit one = addFileSource(edit.after, file.path, file.data ? &*file.data : nullptr, file.at);
    ids.push_back(*one.selection->begin());
    edit.selection->insert(ids.back());
    edit.after = std::move(one.after);
  }
  apply(page, placedClear(scene, std::move(edit)));
  page.canvas().navigation().setCurrent(ids.front());
  page.canvas().navigation().reveal(ids.front());
  if (arrival.files.size() == 1 && arrival.files.front().data) {
    offerOtherTimes(page, ids.front(), arrival.files.front().path, *arrival.files.front().data);
  }
  if (arrival.oddities.empty()) return;
  const int others = static_cast<int>(arrival.oddities.size()) - 1;
  const QString& first = arrival.oddities.front();
  const QString sentence = others == 0 ? first : tr("%1 (And %n other file(s).)", nullptr, others).arg(first);
  say(page, {kBar, MessageTone::Warning, {}, sentence, {}}, ids.front(), arrival.files.front().path);
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
  page.removeMessage(kBar);
  look(page, file, [&page, id, path, written, file, named = page.document().now()](const Result<DataFile>& data) {
    if (!reads(page, id, path)) return;
    if (const QString oddity = oddityOf(file, data); !oddity.isEmpty()) {
      say(page, {kBar, MessageTone::Warning, {}, oddity, {}}, id, path);
    }
    if (!data) return;
    const auto take = [&page, id, path, named](const DataFile& taken) {
      if (!reads(page, id, path)) return;
      Document& document = page.document();
      if (document.now() == named) document.undo();
      if (Result<Edit> edit = readFrom(document.topology(), id, path, &taken)) apply(page, std::move(*edit));
      offerOtherTimes(page, id, path, taken);
    };
    const json::Value* const schema = page.document().topology().node(id)->params.find("schema");
    if (schema == nullptr || schema->items().empty()) return take(*data);
    if (*schema == data->schema) return;
    say(page,
        {kColumns,
         MessageTone::Warning,
         {},
         tr("%1 has other columns than the source says.").arg(QFileInfo(written).fileName()),
         {{tr("Take its columns"),
           [&page, take, found = *data] {
             page.removeMessage(kColumns);
             take(found);
           }}}},
        id, path);
  });
}

}  // namespace weir::designer
