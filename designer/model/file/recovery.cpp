#include "designer/model/file/recovery.hpp"

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

QString lockFile(const QString& folder, const QString& id) {
  return folder + "/" + id + ".lock";
}

// Why it could not be written; empty: it was.
QString put(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  const bool done = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
  return done ? QString() : path + ": " + file.errorString();
}

QByteArray get(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The lock last, and while it is held: nobody finds the work without it.
void removeFiles(const QString& folder, const QString& id) {
  QFile::remove(workFile(folder, id));
  QFile::remove(pathFile(folder, id));
  QFile::remove(lockFile(folder, id));
}

// What is on disk, as far as it can be read.
topology::Topology onDisk(const QString& path) {
  if (path.isEmpty()) return {};
  Result<OpenedFile> file = openFile(path);
  return file ? std::move(file->topology) : topology::Topology();
}

}  // namespace

Autosave::Autosave(Document& document, const TopologyFile& file, QString folder, QObject* parent)
    : QObject(parent),
      document_(document),
      file_(file),
      folder_(std::move(folder)),
      id_(QUuid::createUuid().toString(QUuid::Id128)) {
  QDir().mkpath(folder_);
  timer_.setSingleShot(true);
  timer_.setInterval(kPause);
  connect(&timer_, &QTimer::timeout, this, &Autosave::write);
  connect(&document_, &Document::savedStateChanged, this, &Autosave::schedule);
}

Autosave::~Autosave() {
  discard();
}

void Autosave::goOnWith(Recoverable found) {
  discard();
  id_ = std::move(found.id);
  lock_ = std::move(found.lock);
  recovered_ = true;
  settle();
}

void Autosave::schedule() {
  if (document_.changed()) {
    timer_.start();
  } else {
    discard();
  }
}

void Autosave::settle() {
  if (document_.changed()) {
    write();
  } else {
    discard();
  }
}

bool Autosave::write() {
  timer_.stop();
  if (!lock_) lock_ = RecoveryLock::take(lockFile(folder_, id_));
  if (!lock_) {
    setFailure(tr("%1 cannot be written").arg(folder_));
    return false;
  }
  const std::string text = topology::formatTopology(document_.topology(), catalog::Catalog());
  QString failure = put(pathFile(folder_, id_), file_.path().toUtf8());
  if (failure.isEmpty()) failure = put(workFile(folder_, id_), QByteArray::fromStdString(text));
  setFailure(failure);
  return failure.isEmpty();
}

void Autosave::setFailure(const QString& failure) {
  if (failure == failure_) return;
  failure_ = failure;
  Q_EMIT failureChanged();
}

void Autosave::discard() {
  timer_.stop();
  recovered_ = false;
  setFailure({});
  if (!lock_) return;
  removeFiles(folder_, id_);
  lock_.reset();
}

std::vector<Recoverable> recoverable(const QString& folder) {
  std::vector<Recoverable> found;
  for (const QString& name : QDir(folder).entryList({"*.weir"}, QDir::Files, QDir::Time)) {
    const QString id = name.chopped(5);
    std::optional<RecoveryLock> lock = RecoveryLock::take(lockFile(folder, id));
    if (!lock) continue;
    const QString path = QString::fromUtf8(get(pathFile(folder, id)));
    Result<OpenedFile> work = openFile(workFile(folder, id));
    if (!work) {
      const QString why = QString::fromStdString(work.error().message).section('\n', 0, 0);
      found.push_back({id, path, {}, workFile(folder, id) + ": " + why, std::move(*lock)});
      continue;
    }
    if (topology::diff(onDisk(path), work->topology).empty()) {
      removeFiles(folder, id);
      continue;
    }
    found.push_back({id, path, std::move(work->topology), {}, std::move(*lock)});
  }
  return found;
}

void forget(const QString& folder, const Recoverable& found) {
  removeFiles(folder, found.id);
}

}  // namespace weir::designer
