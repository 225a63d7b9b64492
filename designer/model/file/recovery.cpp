#include "designer/model/file/recovery.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUuid>
#include <chrono>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/plan/diff.hpp"

namespace weir::designer {

namespace {

using namespace std::chrono_literals;
constexpr auto kPause = 1s;

QString workFile(const QString& folder, const QString& id) {
  return folder + "/" + id + ".weir";
}

QString pathFile(const QString& folder, const QString& id) {
  return folder + "/" + id + ".path";
}

bool isRunning(qint64 process) {
  return QFileInfo::exists(QString("/proc/%1").arg(process));
}

bool put(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

QByteArray get(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

Autosave::Autosave(Document& document, const TopologyFile& file, QString folder, QObject* parent)
    : QObject(parent),
      document_(document),
      file_(file),
      folder_(std::move(folder)),
      // Its process, so that nobody recovers what is still open.
      id_(QString("%1-%2").arg(QCoreApplication::applicationPid()).arg(QUuid::createUuid().toString(QUuid::Id128))) {
  QDir().mkpath(folder_);
  timer_.setSingleShot(true);
  timer_.setInterval(kPause);
  connect(&timer_, &QTimer::timeout, this, &Autosave::write);
  connect(&document_, &Document::savedStateChanged, this, &Autosave::schedule);
}

Autosave::~Autosave() {
  remove();
}

void Autosave::schedule() {
  if (document_.changed()) {
    timer_.start();
  } else {
    remove();
  }
}

bool Autosave::write() {
  timer_.stop();
  const std::string text = topology::formatTopology(document_.topology(), catalog::Catalog());
  return put(pathFile(folder_, id_), file_.path().toUtf8()) &&
         put(workFile(folder_, id_), QByteArray::fromStdString(text));
}

void Autosave::remove() {
  timer_.stop();
  forget(folder_, id_);
}

std::vector<Recoverable> recoverable(const QString& folder) {
  std::vector<Recoverable> found;
  for (const QString& name : QDir(folder).entryList({"*.weir"}, QDir::Files, QDir::Time)) {
    const QString id = name.chopped(5);
    if (isRunning(id.section('-', 0, 0).toLongLong())) continue;
    Result<OpenedFile> work = openFile(workFile(folder, id));
    if (!work) continue;
    const QString path = QString::fromUtf8(get(pathFile(folder, id)));
    topology::Topology onDisk;
    if (!path.isEmpty()) {
      if (Result<OpenedFile> file = openFile(path)) onDisk = std::move(file->topology);
    }
    const std::vector<topology::Change> changes = topology::diff(onDisk, work->topology);
    if (changes.empty()) {
      forget(folder, id);
      continue;
    }
    found.push_back({id, path, std::move(work->topology), QString::fromStdString(topology::changesText(changes))});
  }
  return found;
}

void forget(const QString& folder, const QString& id) {
  QFile::remove(workFile(folder, id));
  QFile::remove(pathFile(folder, id));
}

}  // namespace weir::designer
