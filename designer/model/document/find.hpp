// Finding parts of a topology (Ctrl+F): `orders is:error uses:window`.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// Every word must fit. Plain words look at ids, names, operators' titles, comments and all that settings say: paths,
// columns, expressions. The others:
//   is:error, is:draft, is:warning, is:missing, is:pinned   uses:window or uses:window.tumbling
//   kind:source, processor, sink or topic          field:region (a column that comes in or goes out)
// Ids in the order of the file: nodes, topics, groups, comments.
std::vector<std::string> findParts(const topology::Topology& topology, const catalog::Catalog& catalog,
                                   const topology::CheckOutcome& checked, const QString& words);

// Those words that are plain.
QString plainWords(const QString& words);

}  // namespace weir::designer
