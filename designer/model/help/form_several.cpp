#include "designer/model/help/form_several.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

#include "designer/model/help/form_topology.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Form)
};

constexpr std::string_view kParams = "params.";

// Settings of topics have no "params." before them; what they share with nodes goes by the names of nodes.
std::string pathIn(const topology::Topology& topology, const std::string& id, const std::string& path) {
  const bool stripped = topology.topic(id) != nullptr && path.starts_with(kParams);
  return stripped ? path.substr(kParams.size()) : path;
}

std::string settingOf(const std::string& path) {
  return path.starts_with(kParams) ? path.substr(kParams.size()) : path;
}

bool sameKind(const ParamSpec& one, const ParamSpec& other) {
  if (&one == &other) return true;
  const auto same = [](const std::vector<ParamSpec>& left, const std::vector<ParamSpec>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& a, const auto& b) { return a.name == b.name && sameKind(a, b); });
  };
  return one.type == other.type && one.unit == other.unit && one.choices == other.choices &&
         one.secret == other.secret && same(one.members, other.members) && same(one.element, other.element);
}

void addMissing(QStringList& to, const QStringList& from) {
  for (const QString& sentence : from) {
    if (!to.contains(sentence)) to.append(sentence);
  }
}

bool isOwn(const std::string& path) {
  const std::string name = settingOf(path);
  return name == "doc" || name == "was";
}

// What is edited as a whole, and has no value that all of them have, is shown, not changed.
bool isWhole(const ParamSpec& spec) {
  return spec.type == ParamType::List || spec.type == ParamType::Schema || spec.type == ParamType::Any;
}

void merge(FormField& field, const FormField& other) {
  addMissing(field.errors, other.errors);
  addMissing(field.warnings, other.warnings);
  field.unfilled = field.unfilled || other.unfilled;
  field.required = field.required || other.required;
  if (field.spec->type == ParamType::Object && field.members.size() == other.members.size() && !field.members.empty()) {
    for (std::size_t i = 0; i < field.members.size(); ++i) merge(field.members[i], other.members[i]);
    return;
  }
  if (field.several || field.value == other.value) return;
  field.several = true;
  field.value = {};
  field.items.clear();
  field.placeholder = Words::tr("Several values");
}

// Those of `field` and of what is in it that nobody can edit for all of them at once.
void keepWhole(FormField& field) {
  for (FormField& member : field.members) keepWhole(member);
  if (field.several && isWhole(*field.spec)) field.spec = nullptr;
}

using Fields = std::vector<FormField>;

const FormField* counterpart(const Fields& fields, const FormField& field) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FormField& other) {
    return other.spec != nullptr && settingOf(other.path) == settingOf(field.path) &&
           sameKind(*other.spec, *field.spec);
  });
  return found == fields.end() ? nullptr : &*found;
}

const FormField* counterpart(const Form& form, const FormField& field) {
  for (const Fields* const fields : {&form.fields, &form.standard, &form.about}) {
    if (const FormField* const found = counterpart(*fields, field)) return found;
  }
  return nullptr;
}

Fields common(const Fields& fields, const std::vector<Form>& others) {
  Fields out;
  for (FormField field : fields) {
    if (field.spec == nullptr || isOwn(field.path)) continue;
    const bool everywhere = std::all_of(others.begin(), others.end(), [&](const Form& form) {
      const FormField* const other = counterpart(form, field);
      if (other != nullptr) merge(field, *other);
      return other != nullptr;
    });
    if (!everywhere) continue;
    keepWhole(field);
    out.push_back(std::move(field));
  }
  return out;
}

}  // namespace

Form formOfSeveral(const topology::Topology& topology, const catalog::Catalog& catalog,
                   const topology::CheckOutcome& checked, const std::vector<std::string>& ids) {
  // That of a node comes first: its paths are those of the fields.
  std::vector<std::string> ordered = ids;
  std::stable_partition(ordered.begin(), ordered.end(),
                        [&](const std::string& id) { return topology.node(id) != nullptr; });
  std::vector<Form> forms;
  forms.reserve(ordered.size());
  for (const std::string& id : ordered) forms.push_back(formOf(topology, catalog, checked, id));
  Form out;
  if (forms.empty()) return out;
  const Form first = std::move(forms.front());
  forms.erase(forms.begin());
  out.fields = common(first.fields, forms);
  out.standard = common(first.standard, forms);
  out.about = common(first.about, forms);
  // Columns that each of them has.
  out.columns = first.columns;
  out.columnsKnown = first.columnsKnown;
  for (const Form& form : forms) {
    out.columnsKnown = out.columnsKnown && form.columnsKnown;
    std::erase_if(out.columns.fields, [&](const Field& column) {
      return std::find(form.columns.fields.begin(), form.columns.fields.end(), column) == form.columns.fields.end();
    });
  }
  for (const Field& column : out.columns.fields) out.incoming.push_back(column.name);
  return out;
}

Result<Edit> setFieldOfAll(const topology::Topology& topology, const std::vector<std::string>& ids,
                           const std::string& path, const json::Value& value) {
  Edit all{{}, topology, "value", {}};
  for (const std::string& id : ids) {
    WEIR_TRY_ASSIGN(edit, setField(all.after, id, pathIn(topology, id, path), value));
    all.label = std::move(edit.label);
    all.after = std::move(edit.after);
    all.mergeKey += " " + id;
  }
  all.mergeKey += " " + path;
  return all;
}

}  // namespace weir::designer
