#include "core/topology/file/read_topology.hpp"

#include <algorithm>
#include <map>

#include "core/base/closest_name.hpp"
#include "core/base/json_parser.hpp"
#include "core/topology/model/former_ids.hpp"
#include "core/topology/model/nul_text.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::topology {

namespace {

using json::Kind;
using json::Value;

// Reads members of one object and reports what is wrong with them. `owner` is the id for the problems.
class ObjectReader {
 public:
  ObjectReader(const Value& value, std::string what, Problems& problems)
      : value_(value), what_(std::move(what)), problems_(problems) {
    if (!value_.isObject()) {
      report(codes::kMemberType, value_.position(),
             "An entry of " + what_ + " must be an object, not " + std::string(kindName(value_.kind())) + ".");
    }
    if (const Value* const id = value_.find("id"); id != nullptr && id->isText()) owner_ = id->asText();
  }

  bool good() const { return value_.isObject(); }

  void report(std::string_view code, json::Position position, std::string message, std::string help = {}) {
    Problem problem;
    problem.code = code;
    problem.position = position;
    problem.node = owner_;
    problem.message = std::move(message);
    problem.help = std::move(help);
    problems_.push_back(std::move(problem));
  }

  void allow(const std::vector<std::string_view>& known) {
    for (const json::Member& member : value_.members()) {
      if (std::find(known.begin(), known.end(), member.name) != known.end()) continue;
      std::string list;
      for (const std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
      const std::optional<std::string> near = closestName(member.name, known);
      report(codes::kUnknownMember, member.position, "\"" + member.name + "\" is not known in " + what_ + ".",
             near ? "Did you mean \"" + *near + "\"?" : "These are known: " + list + ".");
    }
  }

  const Value* member(std::string_view name, Kind kind, bool required = false) {
    const Value* const value = value_.find(name);
    if (value == nullptr) {
      if (required && good()) {
        report(codes::kMissingMember, value_.position(), "\"" + std::string(name) + "\" is missing in " + what_ + ".",
               "Add it as " + std::string(kindName(kind)) + ".");
      }
      return nullptr;
    }
    if (value->kind() == kind) return value;
    report(codes::kMemberType, value->position(),
           "\"" + std::string(name) + "\" must be " + std::string(kindName(kind)) + ", not " +
               std::string(kindName(value->kind())) + ".");
    return nullptr;
  }

  Text text(std::string_view name, bool required = false) {
    const Value* const value = member(name, Kind::Text, required);
    return value == nullptr ? Text{} : Text{value->asText(), value->position()};
  }

  Text word(std::string_view name) {
    Text out = text(name, true);
    if (out.position.known() && !isName(out.value)) {
      report(codes::kBadName, out.position, "\"" + out.value + "\" cannot be a name here.",
             "Use a letter followed by letters, digits, '_' and '-'.");
    } else if (out.value.size() > kLongestName) {
      report(codes::kBadName, out.position,
             "\"" + out.value + "\" is longer than " + std::to_string(kLongestName) + " characters.",
             "Topics and folders are named after it: make it shorter.");
    }
    return out;
  }

  const std::vector<Value>& list(std::string_view name) {
    static const std::vector<Value> kNone;
    const Value* const value = member(name, Kind::List);
    return value == nullptr ? kNone : value->items();
  }

  // `otherwise` is said of what is no text.
  std::vector<Text> texts(std::string_view name, const std::string& otherwise) {
    std::vector<Text> out;
    for (const Value& item : list(name)) {
      if (item.isText()) {
        out.push_back({item.asText(), item.position()});
      } else {
        report(codes::kMemberType, item.position(), otherwise);
      }
    }
    return out;
  }

 private:
  const Value& value_;
  std::string what_;
  std::string owner_;
  Problems& problems_;
};

Parameter readParameter(const Value& value, Problems& problems) {
  ObjectReader object(value, "\"params\" of the topology", problems);
  object.allow({"name", "type", "default", "doc"});
  Parameter out;
  out.position = value.position();
  out.name = object.word("name");
  out.type = object.text("type", true);
  out.doc = object.text("doc");
  if (const Value* const byDefault = value.find("default")) {
    out.defaultValue = *byDefault;
    out.hasDefault = true;
  }
  const std::vector<std::string_view> types = {"text", "integer", "number", "boolean", "duration"};
  if (out.type.position.known() && std::find(types.begin(), types.end(), out.type.value) == types.end()) {
    object.report(codes::kNotAChoice, out.type.position, "\"" + out.type.value + "\" is no type of a parameter.",
                  "Use text, integer, number, boolean or duration.");
  }
  return out;
}

Port readPort(const Value& value, Problems& problems) {
  ObjectReader object(value, "a port", problems);
  object.allow({"name", "to", "from", "doc", "schema"});
  Port out;
  out.position = value.position();
  out.name = object.word("name");
  out.to = object.text("to");
  out.from = object.text("from");
  out.doc = object.text("doc");
  if (const Value* const schema = object.member("schema", Kind::List)) out.schema = *schema;
  if (object.good() && out.to.empty() == out.from.empty()) {
    object.report(codes::kMissingMember, value.position(), "A port needs either \"to\" or \"from\".",
                  "Say \"to\", where what comes in goes, or \"from\", where what goes out comes from.");
  }
  return out;
}

Node readNode(const Value& value, Problems& problems) {
  ObjectReader object(value, "a node", problems);
  object.allow({"id", "use", "name", "doc", "guarantee", "disabled", "was", "params"});
  Node out;
  out.position = value.position();
  out.id = object.word("id");
  out.use = object.text("use", true);
  out.name = object.text("name");
  out.doc = object.text("doc");
  out.guarantee = object.text("guarantee");
  out.disabled = object.text("disabled");
  out.was = object.texts("was", "\"was\" of a node must hold ids.");
  if (const Value* const params = object.member("params", Kind::Object)) out.params = *params;
  return out;
}

Topic readTopic(const Value& value, Problems& problems) {
  ObjectReader object(value, "a topic", problems);
  Topic out;
  out.position = value.position();
  out.id = object.word("id");
  std::vector<json::Member> settings;
  for (const json::Member& member : value.members()) {
    if (member.name != "id") settings.push_back(member);
  }
  out.settings = Value::object(std::move(settings)).at(value.position());
  return out;
}

Edge readEdge(const Value& value, Problems& problems) {
  ObjectReader object(value, "an edge", problems);
  object.allow({"from", "to"});
  return {object.text("from", true), object.text("to", true), value.position()};
}

Group readGroup(const Value& value, Problems& problems) {
  ObjectReader object(value, "a group", problems);
  object.allow({"id", "name", "doc", "nodes"});
  Group out;
  out.position = value.position();
  out.id = object.word("id");
  out.name = object.text("name");
  out.doc = object.text("doc");
  out.nodes = object.texts("nodes", "\"nodes\" of a group must hold ids.");
  return out;
}

void reportNuls(const Value& value, Problems& problems) {
  for (const json::Position place : nulsIn(value)) {
    Problem problem;
    problem.code = codes::kNulInText;
    problem.position = place;
    problem.message = "A text holds the character NUL.";
    problem.help = "Take it out.";
    problems.push_back(std::move(problem));
  }
}

// Several entries of one name are one port, which leads in or out.
void refusePortsBothWays(const Topology& topology, Problems& problems) {
  std::map<std::string_view, bool> outputs;
  for (const Part<Port>& port : topology.ports) {
    const auto [first, fresh] = outputs.emplace(port->name.value, port->output());
    if (fresh || first->second == port->output() || port->name.empty()) continue;
    Problem problem;
    problem.code = codes::kDuplicateId;
    problem.position = port->name.position;
    problem.message = "The port \"" + port->name.value + "\" leads both in and out.";
    problem.help = "Give one of the two another name.";
    problems.push_back(std::move(problem));
  }
}

// Nodes, topics and groups share one space of ids, so that edges, layout and problems can name them.
void refuseDuplicateIds(const Topology& topology, Problems& problems) {
  std::map<std::string_view, json::Position> seen;
  const auto visit = [&](const Text& id, std::string_view what) {
    if (id.empty()) return;
    const auto [first, fresh] = seen.emplace(id.value, id.position);
    if (fresh) return;
    Problem problem;
    problem.code = codes::kDuplicateId;
    problem.position = id.position;
    problem.node = id.value;
    problem.message = "The " + std::string(what) + " \"" + id.value + "\" is there twice: the first stands in line " +
                      std::to_string(first->second.line) + ".";
    problem.help = "Give one of them another name.";
    problems.push_back(std::move(problem));
  };
  for (const Part<Node>& node : topology.nodes) visit(node->id, "id");
  for (const Part<Topic>& topic : topology.topics) visit(topic->id, "id");
  for (const Part<Group>& group : topology.groups) visit(group->id, "id");
  seen.clear();
  for (const Part<Parameter>& parameter : topology.params) visit(parameter->name, "parameter");
  refusePortsBothWays(topology, problems);
}

// What nodes and topics are set to is left to their check, which knows what it is.
void refuseNuls(const Value& root, Problems& problems) {
  for (const json::Member& member : root.members()) {
    const bool parts = (member.name == "nodes" || member.name == "topics") && member.value.isList();
    if (!parts) {
      reportNuls(member.value, problems);
      continue;
    }
    for (const Value& part : member.value.items()) {
      for (const json::Member& own : part.members()) {
        const bool checked = member.name == "topics" ? own.name != "id" : own.name == "params";
        if (!checked) reportNuls(own.value, problems);
      }
    }
  }
}

bool refuseVersion(const Value& root, Problems& problems) {
  ObjectReader object(root, "a topology", problems);
  const Value* const version = object.member("weir", Kind::Number, true);
  if (version == nullptr) return false;
  const std::optional<std::int64_t> number = version->asInteger();
  if (number && *number >= 1 && *number <= kFileVersion) return false;
  const bool newer = number ? *number > kFileVersion : true;
  object.report(
      codes::kFileVersion, version->position(),
      "The file is of version " + version->asText() + "; this Weir reads version " + std::to_string(kFileVersion) + ".",
      newer ? "Update Weir." : "Write \"weir\": 1.");
  return newer;
}

}  // namespace

ReadOutcome readTopology(std::string_view text) {
  ReadOutcome outcome;
  std::variant<Value, json::ParseError> parsed = json::parse(text);
  if (const auto* const error = std::get_if<json::ParseError>(&parsed)) {
    Problem problem;
    problem.code = error->duplicate ? codes::kDuplicateMember : codes::kSyntax;
    problem.position = error->position;
    problem.message = error->message;
    problem.help = error->help;
    outcome.problems.push_back(std::move(problem));
    return outcome;
  }
  const Value& root = *std::get_if<Value>(&parsed);
  Problems& problems = outcome.problems;
  if (!root.isObject()) {
    const ObjectReader refused(root, "a topology file", problems);  // says so
    return outcome;
  }
  if (refuseVersion(root, problems)) return outcome;
  ObjectReader object(root, "a topology", problems);
  object.allow({"weir", "name", "doc", "guarantee", "params", "ports", "nodes", "topics", "groups", "edges", "layout"});
  Topology& topology = outcome.topology.emplace();
  topology.name = object.word("name");
  topology.doc = object.text("doc");
  topology.guarantee = object.text("guarantee");
  for (const Value& item : object.list("params")) topology.params.emplace_back(readParameter(item, problems));
  for (const Value& item : object.list("ports")) topology.ports.emplace_back(readPort(item, problems));
  for (const Value& item : object.list("nodes")) topology.nodes.emplace_back(readNode(item, problems));
  for (const Value& item : object.list("topics")) topology.topics.emplace_back(readTopic(item, problems));
  for (const Value& item : object.list("groups")) topology.groups.emplace_back(readGroup(item, problems));
  for (const Value& item : object.list("edges")) topology.edges.emplace_back(readEdge(item, problems));
  if (const Value* const layout = object.member("layout", Kind::Object)) topology.layout = layoutEntries(*layout);
  refuseDuplicateIds(topology, problems);
  refuseNuls(root, problems);
  checkFormerIds(topology, problems);
  return outcome;
}

}  // namespace weir::topology
