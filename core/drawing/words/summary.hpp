// What a node says about itself: the `summary` templates of its manifest, filled with its parameters. The form of
// templates: docs/plugins.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing {

// Words that are not the plugin's. The designer gives translated ones; "{}" is where something is put in.
struct Wording {
  std::string choose = "choose the {}";  // of a required parameter that has no value
  std::string more = "and {} more";      // of a list that is too long
  std::string missingPlugin = "plugin missing, settings kept";
  std::string onePartition = "1 partition";
  std::string partitions = "{} partitions";
  std::string keyedBy = "{}, keyed by {}";
  std::string kept = "kept {}";
  std::string keptForEver = "kept for ever";
  std::string yes = "yes";
  std::string no = "no";
};

struct SummaryContext {
  const topology::Topology& topology;  // for the defaults that ${param:name} has
  const Wording& wording;
};

// Puts `values` in the places of "{}", one after the other.
std::string filled(std::string_view pattern, const std::vector<std::string>& values);

// Titles of the required parameters without a value.
std::vector<std::string> missingTitles(const catalog::OperatorSpec& spec, const json::Value& params);

// The lines of the summary. Lists show `mostItems` entries and say how many more there are.
std::vector<std::string> summaryLines(const catalog::OperatorSpec& spec, const json::Value& params,
                                      std::size_t mostItems, const SummaryContext& context);

// The length of the longest list among the parameters.
std::size_t longestList(const json::Value& params);

// A text as people read it: ${param:name} with its default, without line feeds.
std::string readableText(std::string_view text, const topology::Topology& topology);

}  // namespace weir::drawing
