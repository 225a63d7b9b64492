#include "designer/model/file/topology_file.hpp"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <vector>

#include "core/base/write_file.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"

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

}  // namespace

Result<OpenedFile> openFile(const QString& path) {
  WEIR_TRY_ASSIGN(bytes, readAll(path));
  topology::ReadOutcome read = topology::readTopology(view(bytes));
  if (!read.topology) {
    return configError(topology::problemsText(read.problems, QFileInfo(path).fileName().toStdString()));
  }
  return OpenedFile{std::move(*read.topology), std::move(read.problems), std::move(bytes)};
}

int linesTouched(const QByteArray& before, const QByteArray& after) {
  // The longest common subsequence of lines, after equal beginnings and ends are cut off.
  QList<QByteArray> left = before.split('\n');
  QList<QByteArray> right = after.split('\n');
  while (!left.isEmpty() && !right.isEmpty() && left.last() == right.last()) {
    left.removeLast();
    right.removeLast();
  }
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  left.erase(left.begin(), l);
  right.erase(right.begin(), r);
  std::vector<int> row(static_cast<std::size_t>(right.size()) + 1, 0);
  for (const QByteArray& line : left) {
    int diagonal = 0;
    for (std::size_t i = 1; i < row.size(); ++i) {
      const int above = row[i];
      row[i] = line == right[static_cast<qsizetype>(i) - 1] ? diagonal + 1 : std::max(row[i], row[i - 1]);
      diagonal = above;
    }
  }
  return static_cast<int>(std::max(left.size(), right.size())) - row.back();
}

TopologyFile::TopologyFile(Document& document, QString path, QByteArray bytes, QObject* parent)
    : QObject(parent), document_(document), path_(std::move(path)), bytes_(std::move(bytes)) {
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &TopologyFile::lookAtDisk);
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &TopologyFile::lookAtDisk);
  watch();
}

QString TopologyFile::title() const {
  return path_.isEmpty() ? tr("Untitled") : QFileInfo(path_).fileName();
}

int TopologyFile::linesNotCanonical(const catalog::Catalog& catalog) const {
  if (path_.isEmpty()) return 0;
  // The file itself: places that a topology got when it was opened are in none.
  const topology::ReadOutcome read = topology::readTopology(view(bytes_));
  if (!read.topology) return 0;
  const QByteArray saved = canonical(*read.topology, catalog);
  return saved == bytes_ ? 0 : linesTouched(bytes_, saved);
}

bool TopologyFile::canSave() const {
  return document_.changed() || path_.isEmpty();
}

Result<void> TopologyFile::save(const catalog::Catalog& catalog) {
  const QByteArray text = canonical(document_.topology(), catalog);
  // A file that is written anew becomes another file: what is watched is its name.
  WEIR_TRY(writeFile(QFile::encodeName(path_).toStdString(), view(text)));
  bytes_ = text;
  goneFrom_ = nullptr;
  document_.markSaved();
  watch();
  return {};
}

Result<void> TopologyFile::saveAs(const QString& path, const catalog::Catalog& catalog) {
  const QString before = std::exchange(path_, path);
  Result<void> saved = save(catalog);
  if (!saved) {
    path_ = before;
    return saved;
  }
  Q_EMIT pathChanged();
  return saved;
}

Result<void> TopologyFile::reload() {
  WEIR_TRY_ASSIGN(opened, openFile(path_));
  bytes_ = opened.bytes;
  if (placing_) placing_(opened.topology);
  goneFrom_ = nullptr;
  document_.apply({tr("Take what is on disk"), std::move(opened.topology), {}, {}});
  document_.markSaved();
  watch();
  return {};
}

void TopologyFile::keepMine() {
  const Result<QByteArray> there = readAll(path_);
  bytes_ = there ? *there : QByteArray();
  const topology::ReadOutcome read = topology::readTopology(view(bytes_));
  // What is on disk is what the topology differs from now.
  document_.markSavedAs(makeSnapshot(read.topology.value_or(topology::Topology())));
  watch();
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
