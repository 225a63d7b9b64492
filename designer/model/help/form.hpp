// The form of a node or topic: its parameters as fields, made from the manifest.
#pragma once

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

struct FormField {
  const catalog::ParamSpec* spec = nullptr;  // of the catalog or of topicSettings(); null: not known, kept as it is
  std::string path;                          // for setValue(): "params.size", "params.aggregates.0.field"
  QString title;
  QString help;
  QString unit;
  QString placeholder;   // the default, or an example
  json::Value value;     // null: not set
  bool several = false;  // of parts that are edited at once: they have different values, which `value` has none of
  bool required = false;
  bool unfilled = false;  // it has still to be filled in, which is no error
  QStringList errors;     // sentences of the check
  QStringList warnings;
  std::vector<FormField> members;             // Object: its members
  std::vector<std::vector<FormField>> items;  // List: the fields of each item
};

struct Form {
  QString title;     // of the operator
  QString subtitle;  // "window.tumbling · plugin window 0.1.0", or what is missing
  QString doc;
  std::vector<FormField> fields;      // the operator's own
  std::vector<FormField> standard;    // those that every source or keyed operator has
  std::vector<FormField> about;       // what every node has: a note, a guarantee of its own
  std::vector<std::string> incoming;  // columns that expressions and field pickers may name
  Schema columns;                     // the same with their types
  bool columnsKnown = false;
};

// Nothing is there for ids of other parts: an empty form.
Form formOf(const topology::Topology& topology, const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
            const std::string& id);

// A choice as people read it: "on_close" -> "On close".
QString choiceTitle(const std::string& choice);
// Whether a secret only refers to where its value is: ${env:NAME} or ${file:path}.
bool isReference(const QString& text);

// What somebody typed, as the value of a field: a number where the field takes one, a list for columns, else a text.
// References such as ${param:size} stay texts. Empty text: null, which removes the value.
json::Value typedValue(const catalog::ParamSpec& spec, const QString& text);
// The value as it is shown in a line of text.
QString shownValue(const json::Value& value);

// The path of the first field of those that is missing or wrong; empty: none is.
std::string firstToFill(const std::vector<FormField>& fields);

}  // namespace weir::designer
