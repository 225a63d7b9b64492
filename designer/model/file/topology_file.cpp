#include "designer/model/file/topology_file.hpp"

#include <QFile>
#include <QFileInfo>

#include "core/base/write_file.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/model/topic_names.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

Result<QByteArray> readAll(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    return configError((path + ": " + file.errorString() + ".").toStdString());
  }
  return file.readAll();
}

std::string_view view(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray canonical(const topology::Topology& topology, const catalog::Catalog& catalog) {
  return QByteArray::fromStdString(topology::formatTopology(topology, catalog));
}

// What the topology of a file is called when nobody says otherwise.
std::string nameFor(const QString& path) {
  return asName(QFileInfo(path).completeBaseName().toStdString()).substr(0, topology::kLongestName);
}

}  // namespace

Result<OpenedFile> openFile(const QString& path) {
  WEIR_TRY_ASSIGN(bytes, readAll(path));
  topology::ReadOutcome read = topology::readTopology(view(bytes));
  if (!read.topology) {
    return configError(topology::problemsText(read.problems, QFileInfo(path).fileName().toStdString()));
  }
  return OpenedFile{std::move(*read.topology), std::move(read.problems), std::move(bytes)};
}

TopologyFile::TopologyFile(Document& document, QString path, QByteArray bytes, QObject* parent)
    : QObject(parent), document_(document), path_(std::move(path)), bytes_(std::move(bytes)) {
  // Of what was never saved the name comes from where the topology comes from.
  const std::string& name = document_.topology().name.value;
  if (path_.isEmpty() || name == nameFor(path_)) givenName_ = name;
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &TopologyFile::lookAtDisk);
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &TopologyFile::lookAtDisk);
  watch();
}

QString TopologyFile::title() const {
  if (!path_.isEmpty()) return QFileInfo(path_).fileName();
  const std::string& name = document_.topology().name.value;
  return name.empty() || name == kUntitled ? tr("Untitled") : QString::fromStdString(name);
}

bool TopologyFile::canSave() const {
  return document_.changed() || path_.isEmpty();
}

Result<void> TopologyFile::write(const topology::Topology& topology, const QString& path,
                                 const catalog::Catalog& catalog) {
  QByteArray text = canonical(topology, catalog);
  // A file that is written anew becomes another file: what is watched is its name.
  WEIR_TRY(writeFile(QFile::encodeName(path).toStdString(), view(text)));
  bytes_ = std::move(text);
  goneFrom_ = nullptr;
  return {};
}

Result<void> TopologyFile::save(const catalog::Catalog& catalog) {
  WEIR_TRY(write(document_.topology(), path_, catalog));
  document_.markSaved();
  watch();
  Q_EMIT written();
  Q_EMIT bytesChanged();
  return {};
}

Result<void> TopologyFile::saveAs(const QString& path, const catalog::Catalog& catalog) {
  topology::Topology named = document_.topology();
  if (named.name.value.empty() || named.name.value == givenName_) named.name = {nameFor(path), {}};
  WEIR_TRY(write(named, path, catalog));
  path_ = path;
  if (named.name != document_.topology().name) {
    givenName_ = named.name.value;
    document_.apply({tr("Name it %1").arg(QString::fromStdString(givenName_)), std::move(named), {}, {}});
  }
  document_.markSaved();
  watch();
  Q_EMIT pathChanged();
  Q_EMIT written();
  Q_EMIT bytesChanged();
  return {};
}

Result<topology::Topology> TopologyFile::onDisk() const {
  WEIR_TRY_ASSIGN(opened, openFile(path_));
  if (placing_) placing_(opened.topology);
  return std::move(opened.topology);
}

Result<void> TopologyFile::reload() {
  WEIR_TRY_ASSIGN(opened, openFile(path_));
  bytes_ = std::move(opened.bytes);
  if (placing_) placing_(opened.topology);
  goneFrom_ = nullptr;
  document_.apply({tr("Take what is on disk"), std::move(opened.topology), {}, {}});
  document_.markSaved();
  watch();
  Q_EMIT bytesChanged();
  return {};
}

void TopologyFile::keepMine() {
  const Result<QByteArray> there = readAll(path_);
  bytes_ = there ? *there : QByteArray();
  const topology::ReadOutcome read = topology::readTopology(view(bytes_));
  // What is on disk is what the topology differs from now.
  document_.markSavedAs(makeSnapshot(read.topology.value_or(topology::Topology())));
  watch();
  Q_EMIT bytesChanged();
}

void TopologyFile::watch() {
  if (path_.isEmpty()) return;
  // The folder too: editors write a new file and rename it, which ends the watch of the old one.
  const QString folder = QFileInfo(path_).absolutePath();
  if (!watcher_.directories().contains(folder)) watcher_.addPath(folder);
  if (!watcher_.files().contains(path_) && QFileInfo::exists(path_)) watcher_.addPath(path_);
}

void TopologyFile::lookAtDisk() {
  const Result<QByteArray> there = readAll(path_);
  watch();
  if (!there) {
    if (goneFrom_ != nullptr) return;  // said already
    goneFrom_ = document_.saved();
    document_.markSavedAs(makeSnapshot({}));
    Q_EMIT outsideChange(true);
    return;
  }
  const Snapshot before = std::exchange(goneFrom_, nullptr);
  if (*there == bytes_) {
    if (before == nullptr) return;
    document_.markSavedAs(before);
    Q_EMIT cameBack();
    return;
  }
  bytes_ = *there;
  Q_EMIT outsideChange(false);
}

}  // namespace weir::designer
