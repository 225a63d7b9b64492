#include "designer/model/help/part_lines.hpp"

#include <algorithm>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

PartLines::PartLines(const topology::Topology& read) {
  const auto collect = [this](const auto& parts) {
    for (const auto& part : parts) {
      if (part->position.known()) starts_.push_back({static_cast<int>(part->position.line), partId(*part)});
    }
  };
  collect(read.nodes);
  collect(read.topics);
  collect(read.groups);
  collect(read.edges);
  // A part is in the layout once more.
  for (const auto& entry : read.layout) {
    const json::Position position = entry->value.position();
    if (position.known()) starts_.push_back({static_cast<int>(position.line), entry->id});
  }
  std::stable_sort(starts_.begin(), starts_.end(), [](const Start& a, const Start& b) { return a.line < b.line; });
}

int PartLines::lineOf(std::string_view id) const {
  const auto found = std::find_if(starts_.begin(), starts_.end(), [&](const Start& start) { return start.id == id; });
  return found == starts_.end() ? 0 : found->line;
}

std::string PartLines::partAt(int line) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), line,
                                      [](int at, const Start& start) { return at < start.line; });
  return after == starts_.begin() ? std::string() : std::prev(after)->id;
}

}  // namespace weir::designer
