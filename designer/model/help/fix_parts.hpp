// What the quick fixes share: columns of ports, and where parameters name columns.
#pragma once

#include <QString>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// What a fix may look at.
struct FixScene {
  const topology::Topology& topology;
  const catalog::Catalog& catalog;
  const topology::CheckOutcome& checked;
  const topology::CheckOutcome* before;  // may be null
};

using Fixes = std::vector<topology::QuickFix>;

// Columns of the first port of that side, as far as the checks know them.
const Schema* schemaAt(const topology::CheckOutcome& checked, const std::string& node, bool output);
// The columns that a source or topic declares.
std::optional<Schema> declaredSchema(const topology::Topology& topology, const std::string& id);
// What expressions and column names of a node or topic are about: its input, or the columns that a source declares.
std::optional<Schema> readableSchema(const FixScene& scene, const topology::CheckOutcome& checked,
                                     const std::string& id);

// A place in parameters that names columns: a Field, one of Fields, or an Expression. The path is that of a FixStep.
using ColumnUse = std::function<void(const catalog::ParamSpec& spec, const std::string& path, const std::string& text)>;
// `id` is a node or topic; visits nothing for one whose operator is not known.
void forEachColumnUse(const FixScene& scene, const std::string& id, const ColumnUse& use);

topology::QuickFix setText(const QString& title, const std::string& target, const std::string& path,
                           const std::string& text);

}  // namespace weir::designer
