// Plugin manifests as values. What each member means for authors: docs/plugins.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace weir::catalog {

// The first three stand in a topology as nodes; formats, functions and aggregates are named by parameters.
enum class OperatorKind : std::uint8_t { Source, Processor, Sink, Format, Function, Aggregate };
inline bool isNode(OperatorKind kind) {
  return kind <= OperatorKind::Sink;
}
// Gives the same for the same arguments, whatever the time and the task.
inline bool isPure(OperatorKind kind) {
  return kind == OperatorKind::Function || kind == OperatorKind::Aggregate;
}
enum class PortRole : std::uint8_t { Data, Late, DeadLetter };
enum class PortShape : std::uint8_t { Stream, Keyed, Table };
enum class MetricKind : std::uint8_t { Counter, Gauge, Histogram };
enum class TimeNeed : std::uint8_t { None, Event, Processing };
enum class ParamType : std::uint8_t {
  Text,
  Integer,
  Number,
  Boolean,
  Duration,
  Choice,
  Field /* a column of the input */,
  Fields,
  Expression,
  Format /* plugin.format */,
  Path,
  List,
  Object,
  Schema,
  Any
};

// What an operator does with the file that a path names.
enum class PathAccess : std::uint8_t {
  None,  // not said
  Read,  // the input: a file or a pattern
  Write  // the output: {task} stands for the number of the task
};

struct ParamSpec {
  std::string name;
  ParamType type = ParamType::Text;
  bool required = false;
  bool secret = false;
  bool standard = false;                    // added by Weir, not declared by the plugin: see addStandardParams
  std::optional<json::Value> defaultValue;  // as a topology file would write it
  std::optional<double> minimum;            // durations: in microseconds
  std::optional<double> maximum;
  std::vector<std::string> choices;      // Choice; Duration: words that may stand instead of one
  bool aggregates = false;               // Choice: an aggregate of a plugin (plugin.aggregate) may stand there too
  std::vector<ParamSpec> members;        // Object
  std::vector<ParamSpec> element;        // List: exactly one, without a name
  PathAccess access = PathAccess::None;  // Path
  std::string result;                    // Expression: the type that it must give; empty: any
  bool overInputs = false;               // Expression: over all inputs; names begin with that of a port: left.amount
  std::vector<std::string> types;        // Field, Fields: words that a column's type may match; empty: any
  std::string unit;
  std::string title;
  std::string help;
  std::vector<json::Value> examples;
};

// How an output schema comes from the input: applied in order, starting with nothing.
struct SchemaRule {
  enum class Kind : std::uint8_t {
    Pass,      // every column of input `input`
    Fields,    // the columns that parameter `param` (a field or a list of them) names
    Drop,      // removes the columns that `param` names
    Add,       // a column `name` of type `type`, or of the type of the expression in `param`
    Declared,  // the node's own `schema` parameter
    Derive,    // ask the operator's derive_schema in a child process
  };
  Kind kind = Kind::Pass;
  std::size_t input = 0;
  std::string param;
  std::string name;
  std::string type;  // a type name, or "type_of(param)"
  bool nullable = true;
};

struct PortSpec {
  std::string name;
  PortRole role = PortRole::Data;
  PortShape shape = PortShape::Stream;
  bool acceptsTable = false;            // inputs
  bool optional = false;                // inputs: the operator works without it
  bool broadcast = false;               // inputs: every task gets every row
  std::string partitionBy;              // inputs: as OperatorSpec::partitionBy, for this port alone
  std::vector<SchemaRule> schemaRules;  // outputs
  std::string doc;
};

struct StoreSpec {
  std::string name;
  std::string bound;  // why it cannot grow for ever, in words; "param:<name>" when a parameter bounds it
  std::int32_t stateVersion = 1;
};

struct MetricSpec {
  std::string name;
  MetricKind kind = MetricKind::Counter;
  std::string unit;
  std::string doc;
};

// What a function or an aggregate is called with.
struct ArgumentSpec {
  std::string name;
  std::vector<std::string> types;  // words that the type of a value may match; at least one
  std::string help;
};

// Functions and aggregates.
struct SignatureSpec {
  std::vector<ArgumentSpec> arguments;
  bool variadic = false;          // the last argument may come several times
  std::string result;             // a type, or "type_of(<argument>)"
  bool nullable = true;           // null may come out though no argument is null
  bool handlesNull = false;       // null arguments are given to it
  std::int32_t stateVersion = 1;  // aggregates: of what they keep
};

struct OperatorSpec {
  std::string id;  // without the plugin's name
  OperatorKind kind = OperatorKind::Processor;
  std::string title;
  std::string category;
  std::string icon;
  std::string doc;
  std::vector<std::string> keywords;
  std::vector<std::string> summary;  // templates: "{aggregate} by {group_by}, every {size}"
  std::vector<PortSpec> inputs;
  std::vector<PortSpec> outputs;
  std::vector<ParamSpec> params;  // in the order in which files write them
  std::vector<StoreSpec> stores;
  std::vector<MetricSpec> metrics;
  TimeNeed time = TimeNeed::None;
  std::string partitionBy;   // the parameter that names the key columns; empty: any row anywhere
  bool keyedByPort = false;  // some input port has a partition_by of its own
  bool combine = false;      // has partial and final stages
  std::string combineWhen;   // "param=value" under which it may be combined; empty: always
  bool asyncIo = false;
  bool givesRows = false;  // sources: rows, not bytes that a format decodes
  bool givesTime =
      false;  // sources: event times and watermarks come with the records, unless the topology names a field
  SignatureSpec signature;  // functions and aggregates

  const ParamSpec* param(std::string_view name) const;
  const MetricSpec* metric(std::string_view name) const;
  // The parameter that names the key columns of an input port; empty: it has none.
  const std::string& keyOf(const PortSpec& port) const {
    return port.partitionBy.empty() && !port.broadcast ? partitionBy : port.partitionBy;
  }
  std::optional<std::size_t> input(std::string_view name) const;
  std::optional<std::size_t> output(std::string_view name) const;
};

struct Manifest {
  std::int32_t manifestVersion = 1;
  std::string plugin;  // its name in `use`: "window"
  std::string title;
  std::string version;
  std::string vendor;
  std::string licence;
  std::vector<OperatorSpec> operators;
  std::string text;  // as it was read: what `weir plugins --json` passes on

  const OperatorSpec* find(std::string_view operatorId) const;
};

inline constexpr std::int32_t kManifestVersion = 1;

// The word that manifests use: "text", "duration", ...
std::string_view paramTypeName(ParamType type);

// Every plugin known to this run: a value, passed to whoever needs it.
struct CatalogEntry {
  Manifest manifest;
  std::string libraryPath;
};

// A library, or a folder of them, that was found and is not used.
struct RefusedPlugin {
  std::string path;
  std::string reason;  // a sentence with what to do
};

// A node whose operator is another topology, a part, says where its file is: "file:parts/score.weir".
inline constexpr std::string_view kPartUse = "file:";
inline bool isPartUse(std::string_view use) {
  return use.starts_with(kPartUse);
}
using PartOperators = std::map<std::string, OperatorSpec, std::less<>>;  // by use

class Catalog {
 public:
  Result<void> add(CatalogEntry entry);  // refuses a second plugin of the same name
  void refuse(RefusedPlugin plugin) { refused_.push_back(std::move(plugin)); }
  // Parts are known as operators where a topology is drawn: what a file says is for those who check and run.
  void setParts(PartOperators parts) { parts_ = std::move(parts); }
  const PartOperators& parts() const { return parts_; }
  // Those of another catalog whose names are free here, and what was refused there.
  void addOthers(const Catalog& others);
  const std::vector<CatalogEntry>& entries() const { return entries_; }
  const std::vector<RefusedPlugin>& refused() const { return refused_; }
  // The operator that `use` ("window.tumbling") names.
  const OperatorSpec* find(std::string_view use) const;
  // Its operators of a kind, as `use` names them.
  std::vector<std::string> names(OperatorKind kind) const;
  const CatalogEntry* plugin(std::string_view name) const;
  // The refused file that is named after a plugin, as files usually are. Nothing where the plugin is there.
  const RefusedPlugin* refusedAs(std::string_view plugin) const;
  // Why a plugin is not there, and what helps, in sentences.
  std::string whyMissing(std::string_view plugin) const;

 private:
  std::vector<CatalogEntry> entries_;
  std::vector<RefusedPlugin> refused_;
  PartOperators parts_;
};

}  // namespace weir::catalog
