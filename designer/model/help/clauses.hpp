// Nodes drafted from what somebody types: "where amount > 100", "select region, amount * 2 as double", "count by region
// every 1m". What a clause may say follows from the operator's parameters; no operator is known here.
#pragma once

#include <QString>
#include <optional>

#include "core/base/json.hpp"
#include "designer/model/help/palette.hpp"

namespace weir::designer {

// The parameters of a node that the text drafts; nothing: it is no clause for this operator. The first word names the
// operator, or one of its aggregates.
std::optional<json::Value> clauseParams(const PaletteEntry& entry, const QString& text);

}  // namespace weir::designer
