// Quick fixes about event time.
#pragma once

#include <string>
#include <vector>

#include "designer/model/help/fix_parts.hpp"

namespace weir::designer {

void addTimeFixes(const topology::Problem& problem, const FixScene& scene, Fixes& fixes);

// A timestamp column that can say when a row happened.
struct TimeCandidate {
  std::string source;  // a source, or a topic that nothing here writes
  std::string column;
};

// For a node that works by event time whose input has none; empty: it needs none, or nothing can be offered.
std::vector<TimeCandidate> timeCandidates(const topology::Topology& topology, const catalog::Catalog& catalog,
                                          const topology::CheckOutcome& checked, const std::string& node);
// Declares it at the source.
topology::QuickFix takeAsEventTime(const topology::Topology& topology, const TimeCandidate& candidate);

}  // namespace weir::designer
