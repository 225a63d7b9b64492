#include "designer/model/help/form_topology.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using json::Value;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Form)
};

ParamSpec make(std::string name, ParamType type) {
  ParamSpec spec;
  spec.name = std::move(name);
  spec.type = type;
  return spec;
}

// Fields point into these, so they live as long as the program; they never change.
struct Specs {
  ParamSpec name = make("name", ParamType::Text);
  ParamSpec doc = make("doc", ParamType::Text);
  ParamSpec guarantee = make("guarantee", ParamType::Choice);
  ParamSpec disabled = make("disabled", ParamType::Choice);
  ParamSpec params = make("params", ParamType::List);
  ParamSpec was = make("was", ParamType::List);

  Specs() {
    was.element.push_back(make("", ParamType::Text));
    guarantee.choices = {"exactly_once", "at_least_once"};
    disabled.choices = {"stop", "pass"};
    ParamSpec one = make("", ParamType::Object);
    one.members = {make("name", ParamType::Text), make("type", ParamType::Choice), make("default", ParamType::Any),
                   make("doc", ParamType::Text)};
    one.members[0].required = one.members[1].required = true;
    one.members[1].choices = {"text", "integer", "number", "boolean", "duration"};
    params.element.push_back(std::move(one));
  }
};

const Specs& specs() {
  static const Specs kSpecs;
  return kSpecs;
}

FormField field(const ParamSpec& spec, QString title, const topology::Text& text, QString help = {}) {
  FormField made;
  made.spec = &spec;
  made.path = spec.name;
  made.title = std::move(title);
  made.help = std::move(help);
  if (!text.empty()) made.value = Value::text(text.value);
  return made;
}

Value parametersValue(const topology::Topology& topology) {
  Value list = Value::list();
  for (const auto& parameter : topology.params) {
    Value one = Value::object();
    one.set("name", Value::text(parameter->name.value));
    one.set("type", Value::text(parameter->type.value));
    if (parameter->hasDefault) one.set("default", parameter->defaultValue);
    if (!parameter->doc.empty()) one.set("doc", Value::text(parameter->doc.value));
    list.items().push_back(std::move(one));
  }
  return list;
}

topology::Parameter parameterOf(const Value& value) {
  const auto text = [&](const char* name) {
    const Value* const member = value.find(name);
    return topology::Text{member == nullptr ? std::string() : member->asText(), {}};
  };
  topology::Parameter parameter;
  parameter.name = text("name");
  parameter.type = text("type");
  if (parameter.type.empty()) parameter.type.value = "text";
  parameter.doc = text("doc");
  if (const Value* const given = value.find("default")) {
    parameter.defaultValue = *given;
    parameter.hasDefault = true;
  }
  return parameter;
}

QString titleOf(const std::string& name) {
  return name == "default" ? Words::tr("Value when none is given")
         : name == "doc"   ? Words::tr("Note")
                           : choiceTitle(name);
}

FormField parametersField(const topology::Topology& topology) {
  FormField list;
  list.spec = &specs().params;
  list.path = "params";
  list.title = Words::tr("Parameters");
  list.help = Words::tr("What whoever starts the topology may choose. Write ${param:name} to use one.");
  list.value = parametersValue(topology);
  for (std::size_t i = 0; i < list.value.items().size(); ++i) {
    std::vector<FormField> members;
    for (const ParamSpec& spec : specs().params.element.front().members) {
      FormField member;
      member.spec = &spec;
      member.path = "params." + std::to_string(i) + "." + spec.name;
      member.title = titleOf(spec.name);
      member.required = spec.required;
      if (const Value* const value = list.value.items()[i].find(spec.name)) member.value = *value;
      members.push_back(std::move(member));
    }
    list.items.push_back(std::move(members));
  }
  return list;
}

FormField formerIdsField(const topology::Node& node) {
  FormField list;
  list.spec = &specs().was;
  list.path = list.spec->name;
  list.title = Words::tr("Was");
  list.help = Words::tr("Ids that it had: it goes on from what a home keeps under them.");
  list.value = formerIdsValue(node);
  for (std::size_t i = 0; i < list.value.items().size(); ++i) {
    FormField one;
    one.spec = &specs().was.element.front();
    one.path = list.path + "." + std::to_string(i);
    one.value = list.value.items()[i];
    list.items.push_back({std::move(one)});
  }
  return list;
}

// "params" of the topology: a list of parts, which paths cannot address.
Result<Edit> setParameter(const topology::Topology& topology, const std::string& path, Value value) {
  Edit edit{Words::tr("Change a parameter"), topology, "value  " + path, {}};
  // A node in an empty topology lends its parameters, so that paths work.
  topology::Topology lent;
  topology::Node node;
  node.id.value = "lent";
  node.params.set("params", parametersValue(topology));
  lent.nodes.emplace_back(std::move(node));
  WEIR_TRY_ASSIGN(changed, setValue(lent, "lent", "params." + path, std::move(value)));
  const Value list = valueAt(changed.after, "lent", "params.params");
  std::vector<topology::Part<topology::Parameter>> made;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    topology::Parameter parameter = parameterOf(list.items()[i]);
    // What did not change stays the same part.
    const bool same = i < topology.params.size() && *topology.params[i] == parameter;
    made.push_back(same ? topology.params[i] : topology::Part<topology::Parameter>(std::move(parameter)));
  }
  edit.after.params = std::move(made);
  return edit;
}

}  // namespace

std::vector<FormField> aboutFields(const topology::Node& node) {
  FormField guarantee = field(specs().guarantee, Words::tr("Guarantee"), node.guarantee,
                              Words::tr("For the part of the topology between topics that it stands in."));
  guarantee.placeholder = Words::tr("as the topology");
  FormField disabled = field(specs().disabled, Words::tr("Disabled"), node.disabled,
                             Words::tr("Stop: it does not run, nor what hangs on it alone. Pass: rows go past it."));
  disabled.placeholder = Words::tr("no: it runs");
  return {field(specs().doc, Words::tr("Note"), node.doc), disabled, guarantee, formerIdsField(node)};
}

Form topologyForm(const topology::Topology& topology, const topology::CheckOutcome& checked) {
  Form form;
  form.title = Words::tr("Topology");
  form.fields.push_back(field(specs().name, Words::tr("Name"), topology.name));
  form.fields.push_back(field(specs().doc, Words::tr("Note"), topology.doc));
  form.fields.push_back(field(specs().guarantee, Words::tr("Guarantee"), topology.guarantee,
                              Words::tr("Exactly once: after a crash no row counts twice and none is lost.")));
  form.fields.back().placeholder = choiceTitle("exactly_once");
  for (const topology::Problem& problem : checked.problems) {
    if (problem.node.empty() && problem.edge.empty() && problem.message.starts_with("\"guarantee\"")) {
      form.fields.back().errors.append(QString::fromStdString(problem.message));
    }
  }
  form.fields.push_back(parametersField(topology));
  return form;
}

Form groupForm(const topology::Topology& topology, const std::string& id) {
  Form form;
  for (const auto& group : topology.groups) {
    if (group->id.value != id) continue;
    form.title = Words::tr("Group");
    int nodes = 0;
    for (const std::string& member : withMembers(topology, {id})) {
      nodes += topology.node(member) != nullptr || topology.topic(member) != nullptr ? 1 : 0;
    }
    form.subtitle = Words::tr("%n node(s)", nullptr, nodes);
    form.fields = {field(specs().name, Words::tr("Name"), group->name),
                   field(specs().doc, Words::tr("Note"), group->doc)};
  }
  return form;
}

Result<Edit> setField(const topology::Topology& topology, const std::string& id, const std::string& path, Value value) {
  if (id.empty() && path.starts_with("params")) return setParameter(topology, path, std::move(value));
  const bool removes = value.isNull();
  WEIR_TRY_ASSIGN(edit, setValue(topology, id, path, std::move(value)));
  const std::size_t point = path.rfind('.');
  if (!removes || point == std::string::npos) return edit;
  const std::string owner = path.substr(0, point);
  const Value left = valueAt(edit.after, id, owner);
  // Items of lists stay, and so do the parameters themselves.
  const bool item = owner.find_last_not_of("0123456789") != owner.size() - 1;
  if (owner == "params" || item || !left.isObject() || !left.members().empty()) return edit;
  WEIR_TRY_ASSIGN(without, setValue(edit.after, id, owner, {}));
  without.label = edit.label;
  without.mergeKey = edit.mergeKey;
  return without;
}

}  // namespace weir::designer
