#include "core/drawing/layout/internal/pins.hpp"

#include <algorithm>

#include "core/drawing/layout/internal/free_place.hpp"
#include "core/drawing/layout/internal/parts.hpp"

namespace weir::drawing::layout {

namespace {

class Pins {
 public:
  Pins(const LayoutInput& input, std::vector<Point>& places)
      : input_(input), places_(places), free_(input.groups.empty() ? kRowGap : kFrameGap) {}

  void run() {
    for (std::size_t node = 0; node < places_.size(); ++node) {
      if (!pinned(node)) continue;
      places_[node] = *input_.nodes[node].present;
      free_.take(rect(node));
    }
    std::vector<char> grouped(places_.size(), 0);
    std::vector<Movable> movable;
    for (const std::vector<std::size_t>& group : input_.groups) {
      for (const std::size_t node : group) grouped[node] = 1;
      if (std::any_of(group.begin(), group.end(), [&](std::size_t node) { return pinned(node); })) {
        placeAround(group);
      } else {
        movable.push_back({frameOf(input_, places_, group), group});
      }
    }
    for (std::size_t node = 0; node < places_.size(); ++node) {
      if (grouped[node] == 0 && !pinned(node)) movable.push_back({rect(node), {node}});
    }
    place(std::move(movable));
  }

 private:
  struct Movable {
    Rect rect;
    std::vector<std::size_t> nodes;
  };

  bool pinned(std::size_t node) const { return input_.nodes[node].pinned && input_.nodes[node].present.has_value(); }
  Rect rect(std::size_t node) const { return Rect::of(places_[node], input_.nodes[node].size); }

  // The rest of a group some of which is pinned: its frame is where it is then.
  void placeAround(const std::vector<std::size_t>& group) {
    std::vector<Movable> movable;
    for (const std::size_t node : group) {
      if (!pinned(node)) movable.push_back({rect(node), {node}});
    }
    place(std::move(movable));
    free_.take(frameOf(input_, places_, group));
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
  FreePlace free_;
};

}  // namespace

void respectPins(const LayoutInput& input, std::vector<Point>& places) {
  Pins(input, places).run();
}

}  // namespace weir::drawing::layout
