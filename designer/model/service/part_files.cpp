#include "designer/model/service/part_files.hpp"

#include <QFileInfo>

#include "core/topology/parts/expand.hpp"

namespace weir::designer {

namespace {

std::vector<std::string> usesOf(const topology::Topology& topology) {
  std::vector<std::string> uses;
  for (const auto& node : topology.nodes) {
    if (catalog::isPartUse(node->use.value)) uses.push_back(node->use.value);
  }
  return uses;
}

}  // namespace

PartFiles::PartFiles(QObject* parent) : QObject(parent) {
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &PartFiles::changed);
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &PartFiles::changed);
}

bool PartFiles::usesOthers(const topology::Topology& topology) const {
  return usesOf(topology) != uses_;
}

CatalogRef PartFiles::with(const CatalogRef& plugins, const topology::Topology& topology, const QString& file) {
  uses_ = usesOf(topology);
  QStringList read;
  const topology::PartReader reader = [&read, files = topology::partsOfThisMachine()](const std::string& path) {
    read.append(QFileInfo(QString::fromStdString(path)).absoluteFilePath());
    return files(path);
  };
  catalog::PartOperators parts = topology::partOperators(topology, *plugins, reader, file.toStdString());
  watch(read);
  if (uses_.empty()) return plugins;
  catalog::Catalog all = *plugins;
  all.setParts(std::move(parts));
  return std::make_shared<const catalog::Catalog>(std::move(all));
}

void PartFiles::watch(const QStringList& files) {
  const QStringList before = watcher_.files() + watcher_.directories();
  if (!before.isEmpty()) watcher_.removePaths(before);
  // The folders too: editors write a new file and rename it, and a file that is not there may come.
  QStringList paths;
  for (const QString& file : files) {
    const QString folder = QFileInfo(file).absolutePath();
    if (QFileInfo::exists(file)) paths.append(file);
    if (QFileInfo::exists(folder)) paths.append(folder);
  }
  paths.removeDuplicates();
  if (!paths.isEmpty()) watcher_.addPaths(paths);
}

}  // namespace weir::designer
