// The files of the parts that a topology uses: what they are as operators, and when somebody changes them.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/topology/model/topology.hpp"
#include "core/topology/parts/part_reader.hpp"
#include "designer/model/service/catalog_service.hpp"

namespace weir::designer {

// GUI thread only.
class PartFiles : public QObject {
  Q_OBJECT

 public:
  explicit PartFiles(QObject* parent = nullptr);

  // The catalog of plugins with the parts of a topology that is saved in `file`; that of plugins itself where it uses
  // none. Their files, and those of parts in them, are watched from then on.
  CatalogRef with(const CatalogRef& plugins, const topology::Topology& topology, const QString& file);
  // Whether another version uses other parts than that one.
  bool usesOthers(const topology::Topology& topology) const;

 Q_SIGNALS:
  void changed();

 private:
  std::optional<std::string> textOf(const std::string& path) const;
  void look();
  void watch();

  topology::PartReader files_;
  std::vector<std::string> uses_;
  std::map<std::string, std::optional<std::string>> texts_;  // that were read, by path; nothing: it could not be
  QFileSystemWatcher watcher_;
};

}  // namespace weir::designer
