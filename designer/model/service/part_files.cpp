#include "designer/model/service/part_files.hpp"

#include <QFileInfo>
#include <algorithm>

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

PartFiles::PartFiles(QObject* parent) : QObject(parent), files_(topology::partsOfThisMachine()) {
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &PartFiles::look);
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &PartFiles::look);
}

bool PartFiles::usesOthers(const topology::Topology& topology) const {
  return usesOf(topology) != uses_;
}

std::optional<std::string> PartFiles::textOf(const std::string& path) const {
  Result<std::string> text = files_(path);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

CatalogRef PartFiles::with(const CatalogRef& plugins, const topology::Topology& topology, const QString& file) {
  uses_ = usesOf(topology);
  texts_.clear();
  if (!uses_.empty()) {
    const topology::PartReader reader = [this](const std::string& path) -> Result<std::string> {
      Result<std::string> text = files_(path);
      texts_[path] = text ? std::optional(*text) : std::nullopt;
      return text;
    };
    catalog::Catalog all = *plugins;
    all.setParts(topology::partOperators(topology, *plugins, reader, file.toStdString()));
    watch();
    return std::make_shared<const catalog::Catalog>(std::move(all));
  }
  watch();
  return plugins;
}

// Something has happened near them.
void PartFiles::look() {
  watch();
  const bool same = std::all_of(texts_.begin(), texts_.end(),
                                [this](const auto& known) { return textOf(known.first) == known.second; });
  if (!same) Q_EMIT changed();
}

// The folders too: editors write a new file and rename it, which ends the watch of the old one, and a file that is not
// there may come.
void PartFiles::watch() {
  QStringList paths;
  for (const auto& [path, text] : texts_) {
    const QFileInfo file(QString::fromStdString(path));
    if (file.exists()) paths.append(file.absoluteFilePath());
    if (QFileInfo::exists(file.absolutePath())) paths.append(file.absolutePath());
  }
  paths.removeDuplicates();
  const QStringList before = watcher_.files() + watcher_.directories();
  QStringList gone;
  QStringList fresh;
  std::copy_if(before.begin(), before.end(), std::back_inserter(gone),
               [&](const QString& path) { return !paths.contains(path); });
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(fresh),
               [&](const QString& path) { return !before.contains(path); });
  if (!gone.isEmpty()) watcher_.removePaths(gone);
  if (!fresh.isEmpty()) watcher_.addPaths(fresh);
}

}  // namespace weir::designer
