#include "core/runtime/task/blocked_nodes.hpp"

#include <algorithm>
#include <optional>

namespace weir::runtime {

bool BlockedNodes::waitsFor(const TaskNode& node) const {
  return node.instance() != nullptr && (node.backlog().isBlocked() || commits_.waitsFor(node));
}

Instant BlockedNodes::tell() {
  const Instant now = clock_.monotonic();
  Instant next = Instant::never();
  for (const auto& node : graph_.nodes()) {
    if (!waitsFor(*node)) {
      node->blockedTime().isOver();
      continue;
    }
    if (const std::optional<Duration> since = node->blockedTime().goesOn(now, limit_)) {
      logger_.write(LogLevel::Warning, node->plan().id,
                    "It has been blocked for " + std::to_string(*since / kSecond) +
                        " s: it waits for something of its own, and until that comes its task commits nothing.");
    }
    next = std::min(next, node->blockedTime().next());
  }
  return next;
}

std::vector<std::string> BlockedNodes::ids() const {
  std::vector<std::string> ids;
  for (const auto& node : graph_.nodes()) {
    if (waitsFor(*node)) ids.push_back(node->plan().id);
  }
  return ids;
}

}  // namespace weir::runtime
