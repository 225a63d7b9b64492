// Graphs to lay out: generated from a seed, of the forms that topologies have.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/drawing/layout/layered_layout.hpp"

namespace weir::drawing::testing {

// A pipeline like those that people draw: sources, steps one after the other, forks, joins, sinks; late rows aside.
LayoutInput pipes(std::size_t nodes, std::uint32_t seed);
// Columns of equal length, each node fed by one or two of the column before, some from further away.
LayoutInput layers(std::size_t nodes, std::uint32_t seed);
// Each node feeds a few later ones.
LayoutInput anyGraph(std::size_t nodes, double edgesPerNode, std::uint32_t seed, bool cycles);
LayoutInput tree(std::size_t nodes, std::size_t children, bool joining);

// Frames some of the nodes of a graph: neighbours mostly, and some that have nothing to do with each other.
void addGroups(LayoutInput& graph, std::size_t groups, std::uint32_t seed);
// Puts groups into groups, and halves of them into further ones.
void nestGroups(LayoutInput& graph);

struct NamedGraph {
  std::string name;
  LayoutInput graph;
};
// Thirty: generated ones, and those of the topologies that ship with Weir.
std::vector<NamedGraph> corpus();

// Pairs of edges whose straight lines between the middles of their nodes cross.
std::size_t straightCrossings(const LayoutInput& graph, const std::vector<Point>& places);

}  // namespace weir::drawing::testing
