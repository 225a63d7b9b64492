// Where the parts of a topology stand in the text of its file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/topology/model/topology.hpp"

namespace weir::designer {

class PartLines {
 public:
  PartLines() = default;
  // Of a topology that was read from the text.
  explicit PartLines(const topology::Topology& read);

  // The line in which a part begins, from 1; 0: it has none there.
  int lineOf(std::string_view id) const;
  // The part that began last before a line; empty: none did.
  std::string partAt(int line) const;

 private:
  struct Start {
    int line = 0;
    std::string id;
  };
  std::vector<Start> starts_;  // by line
};

}  // namespace weir::designer
