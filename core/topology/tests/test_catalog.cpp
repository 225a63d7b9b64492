#include "core/topology/tests/test_catalog.hpp"

#include <QtGlobal>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/json_parser.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/file/read_topology.hpp"

namespace weir::topology::testing {

namespace {

constexpr const char* kManifests[] = {
    R"json({"manifest_version":1,"plugin":"json","version":"1","operators":[{"id":"json","kind":"format"}]})json",
    R"json({"manifest_version":1,"plugin":"csv","version":"1","operators":[{"id":"csv","kind":"format","params":[
      {"name":"separator","type":"text","required":true,"examples":[";"]},{"name":"pause","type":"duration","default":"1s"},
      {"name":"password","type":"text","secret":true}]}]})json",
    R"json({"manifest_version":1,"plugin":"file","version":"1","operators":[
      {"id":"source","kind":"source","outputs":[{"name":"out"}],"params":[
        {"name":"path","type":"path","access":"read","required":true},{"name":"password","type":"text","secret":true},
        {"name":"follow","type":"boolean","default":false},
        {"name":"chunk","type":"integer","default":4096,"minimum":1024}]},
      {"id":"sink","kind":"sink","inputs":[{"name":"in"}],"params":[
        {"name":"path","type":"path","access":"write","required":true},{"name":"format","type":"format","default":"json.json"}]}]})json",
    R"json({"manifest_version":1,"plugin":"std","version":"1","operators":[
      {"id":"filter","kind":"processor","inputs":[{"name":"in"}],"outputs":[{"name":"out"}],
       "params":[{"name":"where","type":"expression","result":"bool","required":true,"examples":["amount > 0"]}]},
      {"id":"add","kind":"processor","inputs":[{"name":"in"}],
       "outputs":[{"name":"out","schema":[{"rule":"pass"},{"rule":"add","name":"added","type":"type_of(value)"}]}],
       "params":[{"name":"value","type":"expression","required":true}]},
      {"id":"drop","kind":"processor","inputs":[{"name":"in"}],
       "outputs":[{"name":"out","schema":[{"rule":"pass"},{"rule":"drop","param":"fields"}]}],
       "params":[{"name":"fields","type":"fields","required":true}]},
      {"id":"select","kind":"processor","inputs":[{"name":"in"}],
       "outputs":[{"name":"out","schema":[{"rule":"derive"}]}],
       "params":[{"name":"fields","type":"list","required":true,"element":{"type":"object","members":[
         {"name":"name","type":"text","required":true},{"name":"expression","type":"expression","required":true}]}}]}]})json",
    R"json({"manifest_version":1,"plugin":"window","version":"1","operators":[
      {"id":"tumbling","kind":"processor","inputs":[{"name":"in","shape":"keyed"}],
       "outputs":[{"name":"out","schema":[{"rule":"fields","param":"group_by"},
                     {"rule":"add","name":"window_start","type":"timestamp","nullable":false},
                     {"rule":"add","name":"window_end","type":"timestamp","nullable":false},{"rule":"derive"}]},
                  {"name":"late","role":"late","schema":[{"rule":"pass"}]}],
       "params":[{"name":"group_by","type":"fields","required":true},
                 {"name":"size","type":"duration","required":true,"minimum":1000},
                 {"name":"grace","type":"duration","default":"0s"},
                 {"name":"aggregates","type":"list","required":true,"element":{"type":"object","members":[
                    {"name":"name","type":"text","required":true},
                    {"name":"function","type":"choice","choices":["count","sum"],"aggregates":true,"required":true},
                    {"name":"field","type":"field"}]}},
                 {"name":"emit","type":"choice","choices":["on_close","on_update"],"default":"on_close"}],
       "stores":[{"name":"windows","bound":"param:size"}],
       "time":"event","partition_by":"group_by","combine":true,"combine_when":"emit=on_close"}]})json",
    R"json({"manifest_version":1,"plugin":"odd","version":"1","operators":[
      {"id":"forever","kind":"processor","inputs":[{"name":"in"}],"outputs":[{"name":"out"}],
       "params":[{"name":"ttl","type":"duration"},{"name":"token","type":"text","secret":true}],"stores":[{"name":"all","bound":"param:ttl"}]},
      {"id":"table","kind":"processor","inputs":[{"name":"in"}],"outputs":[{"name":"out","shape":"table"}]},
      {"id":"join","kind":"processor","inputs":[{"name":"left"},{"name":"right"}],
       "outputs":[{"name":"out","schema":[{"rule":"pass"}]}],
       "params":[{"name":"on","type":"fields","required":true}],"partition_by":"on"},
      {"id":"lookup","kind":"processor","outputs":[{"name":"out","schema":[{"rule":"pass"}]}],
       "inputs":[{"name":"left","partition_by":"left_key"},{"name":"right","partition_by":"right_key"},{"name":"small","broadcast":true,"optional":true}],
       "params":[{"name":"left_key","type":"field","types":["string"],"required":true},{"name":"right_key","type":"field","required":true},
                 {"name":"where","type":"expression","over":"inputs","result":"bool"}]}]})json"};

Result<std::vector<Schema>> deriveWindow(const DeriveRequest& request) {
  const json::Value params = *json::parseText(request.params);
  Schema out;
  for (const json::Value& name : params.find("group_by")->items()) {
    const std::optional<std::size_t> index = request.inputs[0].find(name.asText());
    if (!index) return configError("there is no column " + name.asText());
    out.fields.push_back(request.inputs[0].fields[*index]);
  }
  out.fields.push_back({"window_start", TypeId::Timestamp, false});
  out.fields.push_back({"window_end", TypeId::Timestamp, false});
  for (const json::Value& aggregate : params.find("aggregates")->items()) {
    out.fields.push_back({aggregate.find("name")->asText(), TypeId::Int64, false});
  }
  if (request.stage == WEIR_STAGE_PARTIAL) out.fields.push_back({"rows", TypeId::Int64, false});
  return std::vector<Schema>{out, request.inputs[0]};
}

Result<std::vector<Schema>> deriveSelect(const DeriveRequest& request) {
  const json::Value params = *json::parseText(request.params);
  Schema out;
  for (const json::Value& field : params.find("fields")->items()) {
    const auto compiled = expr::compile(field.find("expression")->asText(), request.inputs[0]);
    if (!compiled) return configError(compiled.error().message);
    out.fields.push_back({field.find("name")->asText(), (*compiled)->type(), (*compiled)->nullable()});
  }
  return std::vector<Schema>{out};
}

}  // namespace

catalog::Catalog testCatalog() {
  catalog::Catalog catalog;
  for (const char* const text : kManifests) {
    Result<catalog::Manifest> manifest = catalog::parseManifest(text);
    if (!manifest) qFatal("%s", manifest.error().message.c_str());
    const Result<void> added = catalog.add({std::move(*manifest), ""});
    if (!added) qFatal("%s", added.error().message.c_str());
  }
  return catalog;
}

SchemaDeriver testDeriver() {
  return [](const DeriveRequest& request) -> Result<std::vector<Schema>> {
    if (request.use == "window.tumbling") return deriveWindow(request);
    if (request.use == "std.select") return deriveSelect(request);
    return fatalError("nobody derives " + request.use);
  };
}

Topology topologyOf(std::string_view text) {
  ReadOutcome outcome = readTopology(text);
  if (!outcome.topology || hasErrors(outcome.problems)) qFatal("%s", problemsText(outcome.problems, "test").c_str());
  return std::move(*outcome.topology);
}

std::string contentsOf(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string briefly(const Problems& problems, bool withInfos) {
  Problems sorted = problems;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& left, const Problem& right) {
    return std::pair(left.position.line, left.position.column) < std::pair(right.position.line, right.position.column);
  });
  std::string out;
  for (const Problem& problem : sorted) {
    if (problem.severity == Severity::Info && !withInfos) continue;
    if (!out.empty()) out += "\n";
    out += std::string(problem.code) + "@" + std::to_string(problem.position.line) + ":" +
           std::to_string(problem.position.column);
    if (!problem.node.empty()) out += " " + problem.node;
    if (!problem.parameter.empty()) out += " " + problem.parameter;
  }
  return out;
}

std::string source(const std::string& id, const std::string& more) {
  return node(
      id, "file.source",
      R"("path":"x","format":"json.json","schema":[{"name":"order_id","type":"int64"},)"
      R"({"name":"region","type":"string"},{"name":"amount","type":"float64"},{"name":"ts","type":"timestamp"}],)"
      R"("event_time":{"field":"ts","disorder":"5s"})" +
          more);
}

std::string node(const std::string& id, const std::string& use, const std::string& params) {
  return R"({"id":")" + id + R"(","use":")" + use + R"(","params":{)" + params + "}}";
}

std::string window(const std::string& id, const std::string& by, const std::string& more) {
  return node(id, "window.tumbling",
              R"("group_by":[")" + by + R"("],"size":"1m","aggregates":[{"name":"n","function":"count"}])" + more);
}

std::string edge(const std::string& from, const std::string& to) {
  return R"({"from":")" + from + R"(","to":")" + to + R"("})";
}

std::string file(const std::string& nodes, const std::string& edges, const std::string& topics,
                 const std::string& more) {
  return R"({"weir":1,"name":"t",)" + more + "\n\"nodes\":[\n" + nodes + "\n],\n\"topics\":[\n" + topics +
         "\n],\n\"edges\":[\n" + edges + "\n]}";
}

}  // namespace weir::topology::testing
