// The one kind of change that there is: mouse, keyboard, forms, quick fixes and paste all make an Edit.
#pragma once

#include <QString>
#include <optional>
#include <set>
#include <string>

#include "core/topology/model/topology.hpp"

namespace weir::designer {

// What is selected, by id of nodes, topics, groups and comments, or edgeId() of wires.
using Selection = std::set<std::string>;

struct Edit {
  QString label;  // "Move 2 nodes": what the undo command says
  topology::Topology after;
  // Edits that follow each other with the same key become one step: all moves of one drag, all letters typed into one
  // field. Empty: a step of its own.
  std::string mergeKey;
  std::optional<Selection> selection;  // what is selected after it; nothing: what was, as far as it is still there
};

}  // namespace weir::designer
