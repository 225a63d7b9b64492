#include "designer/ui/panels/tests/scene.hpp"

#include <QDir>
#include <QFile>

#include "core/base/json_parser.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/file/read_topology.hpp"
#include "tests/program/places.hpp"

namespace weir::designer::test {

namespace {

std::string contents(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
  return file.readAll().toStdString();
}

void add(catalog::Catalog& catalog, const std::string& manifest) {
  Result<catalog::Manifest> parsed = catalog::parseManifest(manifest);
  if (!parsed) qFatal("%s", parsed.error().message.c_str());
  if (!catalog.add({std::move(*parsed), "plugin.so"})) qFatal("a plugin twice");
}

catalog::Catalog ours() {
  catalog::Catalog catalog;
  QDir plugins(weir::places::inRepository("plugins"));
  for (const QString& name : plugins.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    const QString path = plugins.filePath(name + "/plugin.json");
    if (QFile::exists(path)) add(catalog, contents(path));
  }
  return catalog;
}

}  // namespace

Result<std::vector<Schema>> derive(const topology::DeriveRequest& request) {
  const Schema& input = request.inputs.at(0);
  const Result<json::Value> params = json::parseText(request.params);
  if (!params) return params.error();
  Schema out;
  if (request.use == "window.tumbling") {
    for (const json::Value& key : params->find("group_by")->items()) {
      if (const auto index = input.find(key.asText())) out.fields.push_back(input.fields[*index]);
    }
    out.fields.push_back({"window_start", TypeId::Timestamp, false});
    out.fields.push_back({"window_end", TypeId::Timestamp, false});
    for (const json::Value& aggregate : params->find("aggregates")->items()) {
      out.fields.push_back({aggregate.find("name")->asText(), TypeId::Int64, false});
    }
    return std::vector<Schema>{out, input};
  }
  if (request.use == "std.extend") out = input;
  if (request.use == "std.rename") {
    out = input;
    for (const json::Value& field : params->find("fields")->items()) {
      if (const auto index = out.find(field.find("from")->asText()))
        out.fields[*index].name = field.find("to")->asText();
    }
    return std::vector<Schema>{out};
  }
  for (const json::Value& field : params->find("fields")->items()) {
    auto compiled = expr::compile(field.find("expression")->asText(), input);
    if (!compiled) return compiled.error();
    out.fields.push_back({field.find("name")->asText(), (*compiled)->type(), (*compiled)->nullable()});
  }
  return std::vector<Schema>{out};
}

CatalogRef pluginCatalog() {
  return std::make_shared<const catalog::Catalog>(ours());
}

CatalogRef pluginCatalogAnd(const std::string& manifest) {
  catalog::Catalog catalog = ours();
  add(catalog, manifest);
  return std::make_shared<const catalog::Catalog>(std::move(catalog));
}

topology::Topology topologyOf(const std::string& text) {
  topology::ReadOutcome read = topology::readTopology(text);
  if (!read.topology || !read.problems.empty()) {
    qFatal("%s", topology::problemsText(read.problems, "test").c_str());
  }
  return std::move(*read.topology);
}

topology::Topology shipped(const QString& name) {
  return topologyOf(contents(weir::places::inRepository("topologies/%1.weir").arg(name)));
}

topology::Topology brokenTopology() {
  return topologyOf(R"({ "weir": 1, "name": "broken", "nodes": [
  { "id": "orders", "use": "file.source", "params": { "path": "data/orders/*.ndjson", "format": "json.json", "schema": [
    { "name": "order_id", "type": "int64", "nullable": false }, { "name": "region", "type": "string", "nullable": false },
    { "name": "amount", "type": "string" }, { "name": "placed_at", "type": "timestamp", "nullable": false },
    { "name": "shipped_at", "type": "timestamp" } ] } },
  { "id": "large", "use": "std.filter", "name": "Large orders", "params": { "where": "amount > 100" } },
  { "id": "per_minute", "use": "window.tumbling", "name": "Count by region", "params": { "group_by": ["regoin"], "size": "1m",
    "aggregates": [{ "name": "orders", "function": "count" }, { "name": "total", "function": "sum", "field": "amount" }] } },
  { "id": "locate_city", "use": "geo.locate", "params": { "table": "cities.csv", "precision": 3 } } ],
  "topics": [{ "id": "result", "partitions": 4, "key": ["region"] }],
  "edges": [{ "from": "orders.out", "to": "large.in" }, { "from": "orders.out", "to": "per_minute.in" },
            { "from": "per_minute.out", "to": "result" }, { "from": "large.out", "to": "nowhere.in" }] })");
}

Checked check(const topology::Topology& topology, const CatalogRef& catalog) {
  return std::make_shared<const topology::CheckOutcome>(topology::check(topology, *catalog, derive));
}

std::string sourceText(const std::string& columns, const std::string& more) {
  return R"({ "id": "orders", "use": "file.source", "params": { "path": "x", "format": "json.json", "schema": [)" +
         columns + "]" + more + " } }";
}

}  // namespace weir::designer::test
