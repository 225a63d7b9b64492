// What the check of one version of a topology remembers for the check of the next: after an edit, only what was edited
// and what its columns flow into is looked at again.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// For checks with one catalog, one after the other. Only nodes about which there was nothing to say are remembered.
class CheckMemory {
 public:
  // Fills the outputs of a node whose parameters and inputs are those of the last check; false: it is to be checked.
  bool recall(TypedNode& node);
  void keep(const TypedNode& node);
  // After a check: nodes that it did not meet are gone.
  void forgetOthers();

 private:
  struct Known {
    const catalog::OperatorSpec* spec = nullptr;
    json::Value params;
    std::vector<std::optional<Schema>> inputs;
    std::vector<std::optional<Schema>> outputs;
    std::size_t check = 0;  // the last that met it
  };

  std::unordered_map<std::string, Known> known_;
  std::size_t check_ = 0;
};

}  // namespace weir::topology
