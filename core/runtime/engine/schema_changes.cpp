#include "core/runtime/engine/schema_changes.hpp"

#include <algorithm>
#include <optional>

#include "core/base/type_name.hpp"

namespace weir::runtime {

namespace {

std::string typeOf(const Field& field) {
  return typeName(field.type) + (field.nullable ? "" : " not null");
}

}  // namespace

std::string columnChanges(const Schema& before, const Schema& after) {
  std::string text;
  const auto say = [&text](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
  for (const Field& field : after.fields) {
    if (!before.find(field.name)) say("added " + field.name + " (" + typeOf(field) + ")");
  }
  for (const Field& field : before.fields) {
    if (!after.find(field.name)) say("removed " + field.name);
  }
  for (const Field& field : after.fields) {
    const std::optional<std::size_t> known = before.find(field.name);
    if (!known) continue;
    const std::string was = typeOf(before.fields[*known]);
    if (was != typeOf(field)) say(field.name + " is " + typeOf(field) + " and was " + was);
  }
  return text;
}

const Schema* schemaOfSource(const topology::Plan& plan, const std::string& node) {
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (const topology::PlannedNode& planned : subTopology.nodes) {
      if (planned.role == topology::NodeRole::Source && planned.id == node) return &planned.outputs.at(0);
    }
  }
  return nullptr;
}

Result<void> SchemaChanges::planned(const SchemaChange& change, const Schema& schema) {
  std::vector<Schema>& given = given_[change.node];
  if (change.gotOn) given.clear();
  if (std::find(given.begin(), given.end(), schema) != given.end()) {
    return fatalError("Source '" + change.node + "' says again that its schema changes in split '" + change.split +
                      "'. It has read nothing there since it said so before, and the columns that it derives are " +
                      typeName(DataType::structure(schema.fields)) +
                      " once more, so it would go on like this for ever. Its plugin has a defect, or what it asks for "
                      "its columns does not "
                      "know the new ones yet.");
  }
  given.push_back(schema);
  return {};
}

}  // namespace weir::runtime
