// One node of a picture.
#pragma once

#include <string_view>
#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

// What is around a node in the picture.
struct Surroundings {
  std::vector<std::string_view> inputs;  // ports that edges name, in the order of the edges
  std::vector<std::string_view> outputs;
  Badge badge = Badge::None;
  bool idle = false;
  Place place;

  friend bool operator==(const Surroundings&, const Surroundings&) = default;
};

// What says that a node is disabled, where nothing is wrong with it.
Badge disabledBadge(const topology::Node& node);
inline Badge disabledBadge(const topology::Topic&) {
  return Badge::None;
}

struct NodeMaker {
  const catalog::Catalog& catalog;
  const TextMeasure& measure;
  const Wording& wording;
  const topology::Topology& topology;

  NodePicture node(const topology::Node& node, const Surroundings& around) const;
  NodePicture topic(const topology::Topic& topic, const Surroundings& around) const;

 private:
  // Name, width and words, once kind, ports and badge are known.
  void fitTexts(NodePicture& picture, const catalog::OperatorSpec* spec, const json::Value& params) const;
  std::array<std::string, 2> words(const catalog::OperatorSpec& spec, const json::Value& params, double width) const;
  std::array<std::string, 2> cut(std::string_view first, std::string_view second, double width) const;
};

}  // namespace weir::drawing
