#include "core/topology/check/named_paths.hpp"

#include "core/topology/model/references.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using catalog::PathAccess;
using json::Value;

class Collector {
 public:
  Collector(const TypedNode& node, std::size_t subTopology, NamedPaths& out)
      : node_(node), subTopology_(subTopology), out_(out) {}

  void collect(const Value& params, const std::vector<ParamSpec>& specs, const std::string& prefix) {
    for (const ParamSpec& spec : specs) {
      const Value* const value = params.find(spec.name);
      if (value != nullptr) collectOne(*value, spec, prefix + spec.name);
    }
  }

  // `written`: as it stands in the file.
  void collectReferences(const Value& written) {
    if (written.isText()) {
      for (std::string& path : filesReferredTo(written.asText())) {
        out_.references.push_back({&node_, subTopology_, "", written.position(), std::move(path)});
      }
    }
    for (const Value& item : written.items()) collectReferences(item);
    for (const json::Member& member : written.members()) collectReferences(member.value);
  }

 private:
  void collectOne(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (spec.type == ParamType::Object && value.isObject()) {
      collect(value, spec.members, path + ".");
    } else if (spec.type == ParamType::List && value.isList() && !spec.element.empty()) {
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        collectOne(value.items()[i], spec.element[0], path + "." + std::to_string(i));
      }
    } else if (spec.access != PathAccess::None && value.isText() && !value.asText().empty() &&
               !holdsReference(node_.normalised, &value) && !isReported(node_.normalised, path)) {
      std::vector<NamedPath>& paths = spec.access == PathAccess::Read ? out_.reads : out_.writes;
      paths.push_back({&node_, subTopology_, path, value.position(), value.asText()});
    }
  }

  const TypedNode& node_;
  std::size_t subTopology_;
  NamedPaths& out_;
};

// 12 of 100 tasks: "0012".
std::string taskText(std::int32_t task) {
  const std::string digits = std::to_string(task);
  return digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
}

}  // namespace

NamedPaths namedPaths(const TypedGraph& graph, const Cut& cut) {
  NamedPaths paths;
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    const TypedNode& node = graph.nodes[index];
    if (!node.runs()) continue;
    Collector collector(node, cut.subTopology.empty() ? kNone : cut.subTopology[index], paths);
    if (node.spec != nullptr) collector.collect(node.normalised.params, node.spec->params, "");
    collector.collectReferences(node.node != nullptr ? node.node->params : node.topic->settings);
  }
  return paths;
}

std::string withTask(std::string path, std::int32_t task) {
  const std::string number = taskText(task);
  for (std::size_t at = path.find(kTaskInPath); at != std::string::npos;
       at = path.find(kTaskInPath, at + number.size())) {
    path.replace(at, kTaskInPath.size(), number);
  }
  return path;
}

}  // namespace weir::topology
