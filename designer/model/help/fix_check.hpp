// Whether a quick fix does what it says, tried on a copy of the topology.
#pragma once

#include <memory>

#include "core/topology/model/problem.hpp"
#include "designer/model/help/fix_parts.hpp"

namespace weir::designer {

// Tries the quick fixes of one problem. Both must outlive it.
class FixCheck {
 public:
  FixCheck(const topology::Problem& problem, const FixScene& scene);
  ~FixCheck();
  FixCheck(const FixCheck&) = delete;
  FixCheck& operator=(const FixCheck&) = delete;

  // True when the problem is gone after it and nothing of its weight is new. Only the nodes that the problem and the
  // fix are about are checked, with what comes before and after them. No plugin is asked: what an operator gives is
  // known as far as the last check knew it. What was hidden until now, because nobody knew the columns, is not the
  // fix's fault.
  bool mends(const topology::QuickFix& fix);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace weir::designer
