#include "core/topology/model/edge_ids.hpp"

namespace weir::topology {

namespace {

constexpr std::string_view kLeadsTo = " -> ";

}  // namespace

std::string edgeId(const Edge& edge) {
  return edge.from.value + std::string(kLeadsTo) + edge.to.value;
}

std::optional<Edge> edgeOfId(std::string_view id) {
  const std::size_t between = id.find(kLeadsTo);
  if (between == std::string_view::npos) return std::nullopt;
  const std::string_view to = id.substr(between + kLeadsTo.size());
  return Edge{{std::string(id.substr(0, between)), {}}, {std::string(to), {}}, {}};
}

}  // namespace weir::topology
