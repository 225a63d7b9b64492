#include "core/drawing/tests/shipped.hpp"

#include <QDir>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/catalog/parse_manifest.hpp"
#include "core/topology/file/read_topology.hpp"
#include "tests/program/places.hpp"

namespace weir::drawing::testing {

namespace {

std::vector<std::string> filesIn(const std::string& folder, const QString& pattern) {
  std::vector<std::string> out;
  const QDir directory(QString::fromStdString(folder));
  for (const QString& name : directory.entryList({pattern}, QDir::Files, QDir::Name)) {
    out.push_back(directory.filePath(name).toStdString());
  }
  return out;
}

}  // namespace

std::string contentsOf(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) qFatal("%s cannot be read", path.c_str());
  return {std::istreambuf_iterator<char>(stream), {}};
}

catalog::Catalog shippedCatalog() {
  catalog::Catalog catalog;
  const QDir plugins(weir::places::inRepository("plugins"));
  for (const QString& name : plugins.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    for (const std::string& file : filesIn(plugins.filePath(name).toStdString(), "plugin.json")) {
      Result<catalog::Manifest> manifest = catalog::parseManifest(contentsOf(file));
      if (!manifest) qFatal("%s: %s", file.c_str(), manifest.error().message.c_str());
      if (const Result<void> added = catalog.add({std::move(*manifest), file}); !added) qFatal("two of one name");
    }
  }
  return catalog;
}

std::vector<std::string> shippedFiles() {
  return filesIn(weir::places::inRepository("topologies").toStdString(), "*.weir");
}

topology::Topology topologyOf(std::string_view text) {
  topology::ReadOutcome outcome = topology::readTopology(text);
  if (!outcome.topology || hasErrors(outcome.problems)) qFatal("%s", problemsText(outcome.problems, "test").c_str());
  return std::move(*outcome.topology);
}

topology::Topology drawn(const std::string& nodes, const std::string& edges, const std::string& topics,
                         const std::string& more) {
  return topologyOf(R"({"weir":1,"name":"t",)" + more + R"("nodes":[)" + nodes + R"(],"topics":[)" + topics +
                    R"(],"edges":[)" + edges + "]}");
}

}  // namespace weir::drawing::testing
