#include "core/drawing/layout/internal/pins.hpp"

#include <algorithm>

#include "core/drawing/layout/internal/free_place.hpp"
#include "core/drawing/layout/internal/parts.hpp"

namespace weir::drawing::layout {

namespace {

class Pins {
 public:
  Pins(const LayoutInput& input, std::vector<Point>& places)
      : input_(input),
        places_(places),
        groupOf_(groupsOfNodes(input)),
        free_(input.groups.empty() ? kRowGap : kFrameGap) {}

  void run() {
    for (std::size_t node = 0; node < places_.size(); ++node) {
      if (!pinned(node)) continue;
      places_[node] = *input_.nodes[node].present;
      free_.take(rect(node));
    }
    placeIn(kNoGroup);
  }

 private:
  struct Movable {
    Rect rect;
    std::vector<std::size_t> nodes;
  };

  bool pinned(std::size_t node) const { return input_.nodes[node].pinned && input_.nodes[node].present.has_value(); }
  Rect rect(std::size_t node) const { return Rect::of(places_[node], input_.nodes[node].size); }

  // What lies in a group, or in none: the rest of groups some of which is pinned first, whose frames are where they are
  // then; groups without pins move as a whole.
  void placeIn(std::size_t around) {
    std::vector<Movable> movable;
    for (std::size_t index = 0; index < input_.groups.size(); ++index) {
      const LayoutGroup& group = input_.groups[index];
      if (group.outer != around) continue;
      if (std::any_of(group.nodes.begin(), group.nodes.end(), [&](std::size_t node) { return pinned(node); })) {
        placeIn(index);
        free_.take(framesOf(input_, places_)[index]);
      } else {
        movable.push_back({framesOf(input_, places_)[index], group.nodes});
      }
    }
    for (std::size_t node = 0; node < places_.size(); ++node) {
      if (groupOf_[node] == around && !pinned(node)) movable.push_back({rect(node), {node}});
    }
    place(std::move(movable));
  }

  void place(std::vector<Movable> movable) {
    std::stable_sort(movable.begin(), movable.end(),
                     [](const Movable& one, const Movable& two) { return one.rect.y < two.rect.y; });
    for (const Movable& each : movable) {
      const Point to = free_.below(each.rect);
      for (const std::size_t node : each.nodes) places_[node] = places_[node] + (to - each.rect.corner());
      free_.take(Rect::of(to, {each.rect.width, each.rect.height}));
    }
  }

  static constexpr double kFrameGap = 32;  // the layout sets frames that far from what is outside
  const LayoutInput& input_;
  std::vector<Point>& places_;
  std::vector<std::size_t> groupOf_;
  FreePlace free_;
};

}  // namespace

void respectPins(const LayoutInput& input, std::vector<Point>& places) {
  Pins(input, places).run();
}

}  // namespace weir::drawing::layout
