// A small topology and the catalog that it needs, for the model's tests.
#pragma once

#include <QString>
#include <cassert>

#include "core/catalog/manifest.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "core/drawing/picture/picture.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/model/edits/fragment.hpp"

namespace weir::designer::sample {

inline constexpr const char* kManifest = R"({
  "manifest_version": 1, "plugin": "shop", "title": "Shop", "version": "1.2.0", "vendor": "Weir", "licence": "Apache-2.0",
  "operators": [
    { "id": "orders", "kind": "source", "title": "Orders", "category": "Sources", "icon": "file-source", "doc": "Orders of a shop.",
      "keywords": ["KafkaSource"], "inputs": [], "outputs": [{ "name": "out", "schema": [{ "rule": "declared" }] }],
      "params": [] },
    { "id": "lines", "kind": "format", "title": "Lines", "category": "Formats", "icon": "text", "doc": "Lines.",
      "keywords": [], "inputs": [], "outputs": [], "params": [] },
    { "id": "filter", "kind": "processor", "title": "Filter", "category": "Rows", "icon": "filter", "doc": "Passes rows.",
      "keywords": ["where", "having"], "inputs": [{ "name": "in" }],
      "outputs": [{ "name": "out", "schema": [{ "rule": "pass" }] }],
      "params": [{ "name": "where", "type": "expression", "required": true, "title": "Where" },
                 { "name": "limit", "type": "integer", "minimum": 1, "default": 10 }] },
    { "id": "drop", "kind": "processor", "title": "Drop columns", "category": "Rows", "icon": "drop", "doc": "Leaves columns out.",
      "keywords": ["without"], "inputs": [{ "name": "in" }],
      "outputs": [{ "name": "out", "schema": [{ "rule": "pass" }, { "rule": "drop", "param": "fields" }] }],
      "params": [{ "name": "fields", "type": "fields", "required": true }] },
    { "id": "shape", "kind": "processor", "title": "Shape", "category": "Rows", "icon": "shape", "doc": "Knows its columns itself.",
      "keywords": [], "inputs": [{ "name": "in" }], "outputs": [{ "name": "out", "schema": [{ "rule": "derive" }] }],
      "params": [] },
    { "id": "print", "kind": "sink", "title": "Print", "category": "Sinks", "icon": "print", "doc": "Prints rows.",
      "keywords": ["console"], "inputs": [{ "name": "in" }], "outputs": [], "params": [] }
  ] })";

inline catalog::Catalog catalog() {
  catalog::Catalog catalog;
  Result<catalog::Manifest> manifest = catalog::parseManifest(kManifest);
  assert(manifest);
  const Result<void> added = catalog.add({std::move(*manifest), "shop.so"});
  assert(added);
  (void)added;
  return catalog;
}

// orders -> large -> print, and a topic that nothing writes.
inline constexpr const char* kTopology = R"({
  "weir": 1,
  "name": "shop",
  "nodes": [
    {
      "id": "orders",
      "use": "shop.orders",
      "params": {
        "format": "shop.lines",
        "schema": [
          { "name": "region", "type": "string", "nullable": false },
          { "name": "amount", "type": "float64" }
        ]
      }
    },
    {
      "id": "large",
      "use": "shop.filter",
      "params": {
        "where": "amount > 100"
      }
    },
    {
      "id": "print",
      "use": "shop.print"
    }
  ],
  "topics": [
    {
      "id": "archive"
    }
  ],
  "edges": [
    { "from": "orders.out", "to": "large.in" },
    { "from": "large.out", "to": "print.in" }
  ],
  "layout": {
    "orders": { "x": 0, "y": 0 },
    "large": { "x": 320, "y": 0 },
    "print": { "x": 640, "y": 0 },
    "archive": { "x": 640, "y": 128 }
  }
}
)";

inline topology::Topology topology(std::string_view text = kTopology) {
  topology::ReadOutcome read = topology::readTopology(text);
  assert(read.topology);
  return std::move(*read.topology);
}

inline std::string wires(const topology::Topology& topology) {
  std::string out;
  for (const auto& edge : topology.edges) {
    out += (out.empty() ? "" : ", ") + edge->from.value + " -> " + edge->to.value;
  }
  return out;
}

// What the canvas knows of a topology when something is pasted into it.
class Shown {
 public:
  explicit Shown(const topology::Topology& topology) : picture_(maker_.make(topology, {})) {}
  Surroundings around() const { return {picture_, maker_}; }

 private:
  catalog::Catalog catalog_ = catalog();
  drawing::InterMeasure measure_;
  drawing::PictureMaker maker_{catalog_, measure_};
  drawing::Picture picture_;
};

inline std::optional<Edit> pasted(const topology::Topology& topology, const QString& text, Point at) {
  return paste(topology, text, at, Shown(topology).around());
}

inline Edit duplicated(const topology::Topology& topology, const Selection& ids) {
  return duplicate(topology, ids, Shown(topology).around());
}

// The members of a group, with spaces between them.
inline std::string members(const topology::Topology& topology, std::string_view id) {
  std::string out;
  for (const auto& group : topology.groups) {
    if (group->id.value != id) continue;
    for (const topology::Text& node : group->nodes) out += (out.empty() ? "" : " ") + node.value;
  }
  return out;
}

// The ids that a node had, with spaces between them.
inline std::string was(const topology::Topology& topology, std::string_view id) {
  std::string out;
  for (const topology::Text& former : topology.node(id)->was) out += (out.empty() ? "" : " ") + former.value;
  return out;
}

}  // namespace weir::designer::sample
