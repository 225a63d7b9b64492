#include "core/topology/file/format_topology.hpp"

#include <algorithm>

#include "core/catalog/format_use.hpp"
#include "core/topology/model/topic_settings.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;
using json::Member;
using json::Value;

// Of a line, its indentation and its comma included.
constexpr std::size_t kWidth = 100;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void writeInline(const Value& value, std::string& out) {
  if (value.isList() && !value.items().empty()) {
    const char* separator = "[";
    for (const Value& item : value.items()) {
      out += separator;
      writeInline(item, out);
      separator = ", ";
    }
    out += ']';
  } else if (value.isObject() && !value.members().empty()) {
    const char* separator = "{ ";
    for (const Member& member : value.members()) {
      out += separator + json::quote(member.name) + ": ";
      writeInline(member.value, out);
      separator = ", ";
    }
    out += " }";
  } else {
    out += json::write(value);
  }
}

// Which values are written over several lines although one would do.
enum class Broken : std::uint8_t { WhereTooLong, Always };

class Writer {
 public:
  std::string take() && { return std::move(out_); }

  // `lead` is what stands before the value on its line, `room` what follows it (a comma).
  void value(const Value& value, std::size_t depth, std::size_t lead, std::size_t room, Broken broken) {
    const bool container = (value.isList() && !value.items().empty()) || (value.isObject() && !value.members().empty());
    if (!container || broken == Broken::WhereTooLong) {
      std::string line;
      writeInline(value, line);
      if (!container || depth * 2 + lead + characters(line) + room <= kWidth) {
        out_ += line;
        return;
      }
    }
    if (value.isList()) {
      begin('[');
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        const bool last = i + 1 == value.items().size();
        indent(depth + 1);
        this->value(value.items()[i], depth + 1, 0, last ? 0 : 1, Broken::WhereTooLong);
        out_ += last ? "\n" : ",\n";
      }
      end(']', depth);
    } else {
      begin('{');
      for (std::size_t i = 0; i < value.members().size(); ++i) {
        const bool last = i + 1 == value.members().size();
        member(value.members()[i], depth + 1, last, Broken::WhereTooLong);
      }
      end('}', depth);
    }
  }

  void member(const Member& member, std::size_t depth, bool last, Broken broken) {
    indent(depth);
    const std::string name = json::quote(member.name) + ": ";
    out_ += name;
    value(member.value, depth, characters(name), last ? 0 : 1, broken);
    out_ += last ? "\n" : ",\n";
  }

  void begin(char bracket) { (out_ += bracket) += '\n'; }
  void end(char bracket, std::size_t depth) {
    indent(depth);
    out_ += bracket;
  }
  void indent(std::size_t depth) { out_.append(depth * 2, ' '); }
  void text(std::string_view text) { out_ += text; }

 private:
  std::string out_;
};

// Members in the order of `specs`, at every depth; unknown ones after them as they were read.
Value ordered(const Value& value, const std::vector<ParamSpec>& specs, const catalog::Catalog& catalog);

// The name of the format, and then its parameters.
Value orderedFormat(const Value& value, const catalog::Catalog& catalog) {
  const Value* const use = value.find(catalog::kUse);
  const catalog::OperatorSpec* const spec = use == nullptr ? nullptr : catalog.find(use->asText());
  Value out = Value::object();
  if (use != nullptr) out.set(std::string(catalog::kUse), *use);
  const Value rest = spec == nullptr ? value : ordered(value, spec->params, catalog);
  for (const Member& member : rest.members()) {
    if (member.name != catalog::kUse) out.members().push_back(member);
  }
  return out;
}

Value ordered(const Value& value, const ParamSpec& spec, const catalog::Catalog& catalog) {
  if (spec.type == catalog::ParamType::Format && value.isObject()) return orderedFormat(value, catalog);
  if (value.isObject() && !spec.members.empty()) return ordered(value, spec.members, catalog);
  if (!value.isList() || spec.element.empty()) return value;
  std::vector<Value> items;
  for (const Value& item : value.items()) items.push_back(ordered(item, spec.element[0], catalog));
  return Value::list(std::move(items));
}

Value ordered(const Value& value, const std::vector<ParamSpec>& specs, const catalog::Catalog& catalog) {
  std::vector<Member> members;
  for (const ParamSpec& spec : specs) {
    if (const Value* const found = value.find(spec.name))
      members.push_back({spec.name, ordered(*found, spec, catalog), {}});
  }
  for (const Member& member : value.members()) {
    const bool known =
        std::any_of(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.name == member.name; });
    if (!known) members.push_back(member);
  }
  return Value::object(std::move(members));
}

void addText(Value& object, std::string_view name, const Text& text) {
  if (!text.empty()) object.members().push_back({std::string(name), Value::text(text.value), {}});
}

void addTexts(Value& object, const char* name, const std::vector<Text>& texts) {
  if (texts.empty()) return;
  Value list = Value::list();
  for (const Text& text : texts) list.items().push_back(Value::text(text.value));
  object.set(name, std::move(list));
}

Value toValue(const Parameter& parameter) {
  Value out = Value::object();
  addText(out, "name", parameter.name);
  addText(out, "type", parameter.type);
  if (parameter.hasDefault) out.set("default", parameter.defaultValue);
  addText(out, "doc", parameter.doc);
  return out;
}

Value toValue(const Port& port) {
  Value out = Value::object();
  addText(out, "name", port.name);
  addText(out, "to", port.to);
  addText(out, "from", port.from);
  addText(out, "doc", port.doc);
  if (!port.schema.isNull()) out.set("schema", port.schema);
  return out;
}

Value toValue(const Edge& edge) {
  Value out = Value::object();
  addText(out, "from", edge.from);
  addText(out, "to", edge.to);
  return out;
}

Value toValue(const Group& group) {
  Value out = Value::object();
  addText(out, "id", group.id);
  addText(out, "name", group.name);
  addText(out, "doc", group.doc);
  Value nodes = Value::list();
  for (const Text& node : group.nodes) nodes.items().push_back(Value::text(node.value));
  out.set("nodes", std::move(nodes));
  return out;
}

Value toValue(const Node& node, const catalog::Catalog& catalog) {
  Value out = Value::object();
  addText(out, "id", node.id);
  addText(out, "use", node.use);
  addText(out, "name", node.name);
  addText(out, "doc", node.doc);
  addText(out, "guarantee", node.guarantee);
  addText(out, "disabled", node.disabled);
  addTexts(out, "was", node.was);
  if (node.params.members().empty()) return out;
  const catalog::OperatorSpec* const spec = catalog.find(node.use.value);
  out.set("params", spec == nullptr ? node.params : ordered(node.params, spec->params, catalog));
  return out;
}

Value toValue(const Topic& topic, const std::vector<ParamSpec>& settings, const catalog::Catalog& catalog) {
  Value out = Value::object();
  addText(out, "id", topic.id);
  const Value rest = ordered(topic.settings, settings, catalog);
  out.members().insert(out.members().end(), rest.members().begin(), rest.members().end());
  return out;
}

// A list whose entries stand one below the other, each a block of its own or on one line.
template <typename T, typename Convert>
void writeList(Writer& writer, std::string_view name, const std::vector<Part<T>>& parts, Broken broken,
               const Convert& convert) {
  if (parts.empty()) return;
  writer.text(",\n  \"" + std::string(name) + "\": [\n");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    const Value value = convert(*parts[i]);
    writer.indent(2);
    if (broken == Broken::WhereTooLong) {
      writer.value(value, 2, 0, last ? 0 : 1, broken);
    } else {
      writer.begin('{');
      for (std::size_t m = 0; m < value.members().size(); ++m) {
        const Member& member = value.members()[m];
        const bool block = member.name == "params";
        writer.member(member, 3, m + 1 == value.members().size(), block ? Broken::Always : Broken::WhereTooLong);
      }
      writer.end('}', 2);
    }
    writer.text(last ? "\n" : ",\n");
  }
  writer.text("  ]");
}

}  // namespace

std::string formatTopology(const Topology& topology, const catalog::Catalog& catalog) {
  Writer writer;
  writer.text("{\n  \"weir\": " + std::to_string(kFileVersion));
  const auto text = [&](std::string_view name, const Text& value) {
    if (!value.empty()) writer.text(",\n  \"" + std::string(name) + "\": " + json::quote(value.value));
  };
  text("name", topology.name);
  text("doc", topology.doc);
  text("guarantee", topology.guarantee);
  const auto plain = [](const auto& part) { return toValue(part); };
  const std::vector<ParamSpec> settings = topicSettings();
  writeList(writer, "params", topology.params, Broken::WhereTooLong, plain);
  writeList(writer, "ports", topology.ports, Broken::WhereTooLong, plain);
  writeList(writer, "nodes", topology.nodes, Broken::Always, [&](const Node& node) { return toValue(node, catalog); });
  writeList(writer, "topics", topology.topics, Broken::Always,
            [&](const Topic& topic) { return toValue(topic, settings, catalog); });
  writeList(writer, "groups", topology.groups, Broken::WhereTooLong, plain);
  writeList(writer, "edges", topology.edges, Broken::WhereTooLong, plain);
  if (!topology.layout.empty()) {
    writer.text(",\n  \"layout\": ");
    writer.value(layoutValue(topology), 1, 0, 0, Broken::Always);
  }
  writer.text("\n}\n");
  return std::move(writer).take();
}

}  // namespace weir::topology
