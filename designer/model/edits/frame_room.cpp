#include "designer/model/edits/frame_room.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/drawing/look/grid.hpp"
#include "designer/model/edits/room.hpp"

namespace weir::designer {

namespace {

using drawing::kNoGroup;
using drawing::Picture;
using drawing::Rect;

constexpr double kBeside = 8 * drawing::kGrid;  // for wires
constexpr double kAbove = 3 * drawing::kGrid;

Rect withGap(const Rect& rect) {
  return {rect.x - kBeside, rect.y - kAbove, rect.width + 2 * kBeside, rect.height + 2 * kAbove};
}

// What stands in a group, or in none, with what moves along.
struct Stand {
  std::size_t around = kNoGroup;
  std::size_t group = kNoGroup;  // that it is; none: a node or comment
  Rect rect;
  Positions parts;
};

std::vector<Stand> standsOf(const Picture& picture) {
  std::vector<Stand> stands;
  const std::vector<std::size_t> groups = picture.groupsOfNodes();
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    const std::size_t around = groups[node];
    if (around != kNoGroup && !picture.groups[around].framed()) continue;
    const drawing::NodePicture& part = *picture.nodes[node];
    stands.push_back({around, kNoGroup, part.rect(), {{part.id, part.at()}}});
  }
  for (std::size_t index = 0; index < picture.groups.size(); ++index) {
    const drawing::GroupPicture& group = picture.groups[index];
    if (!group.hidden) stands.push_back({group.outer, index, group.bounds, placesIn(picture, index)});
  }
  return stands;
}

class Growth {
 public:
  Growth(const Picture& before, const Picture& after) : before_(before), after_(after), stands_(standsOf(after)) {}

  Positions run() {
    // From the inside: what gives way in a frame makes the frame grow.
    for (std::size_t index = after_.groups.size(); index-- > 0;) {
      if (!grew(index)) continue;
      for (std::size_t group = index; group != kNoGroup && shownBefore(group) != nullptr;
           group = after_.groups[group].outer) {
        makeRoom(group);
      }
    }
    return std::move(moved_);
  }

 private:
  // Of the sides of a frame, where what stands there gives way.
  enum class Side : std::uint8_t { Right, Left, Below, Above };
  static constexpr std::array kSides{Side::Right, Side::Left, Side::Below, Side::Above};

  const drawing::GroupPicture* shownBefore(std::size_t group) const {
    const std::size_t was = before_.group(after_.groups[group].id);
    return was == kNoGroup || before_.groups[was].hidden ? nullptr : &before_.groups[was];
  }

  bool grew(std::size_t group) const {
    const drawing::GroupPicture* const was = shownBefore(group);
    return was != nullptr && after_.groups[group].framed() && was->bounds != after_.groups[group].bounds;
  }

  Stand& standOf(std::size_t group) {
    return *std::find_if(stands_.begin(), stands_.end(), [&](const Stand& stand) { return stand.group == group; });
  }

  // With frames in it that have moved or grown.
  void fitFrame(Stand& frame) {
    Rect inside;
    for (const Stand& stand : stands_) {
      if (stand.around == frame.group) inside = inside.united(stand.rect);
    }
    if (!inside.empty()) frame.rect = drawing::frameAround(inside);
  }

  void makeRoom(std::size_t group) {
    Stand& frame = standOf(group);
    fitFrame(frame);
    const Rect was = shownBefore(group)->bounds;
    constexpr int kMostRounds = 8;
    for (int round = 0; round < kMostRounds; ++round) {
      bool moved = false;
      for (const Side side : kSides) moved = giveWay(frame, was, side) || moved;
      if (!moved) return;
    }
  }

  // How far something has to go there; where it touched already what was there before, it stays.
  static double way(const Rect& frame, const Rect& rect, Side side) {
    switch (side) {
      case Side::Right: return frame.right() + kBeside - rect.x;
      case Side::Left: return rect.right() + kBeside - frame.x;
      case Side::Below: return frame.bottom() + kAbove - rect.y;
      case Side::Above: return rect.bottom() + kAbove - frame.y;
    }
    return 0;
  }

  static bool isAt(const Rect& was, const Rect& rect, Side side) {
    switch (side) {
      case Side::Right: return rect.x >= was.right();
      case Side::Left: return rect.right() <= was.x;
      case Side::Below: return rect.y >= was.bottom();
      case Side::Above: return rect.bottom() <= was.y;
    }
    return false;
  }

  // Of the sides that something is at, the one where it has the shortest way.
  static bool goesTo(const Rect& frame, const Rect& was, const Rect& rect, Side side) {
    if (!isAt(was, rect, side)) return false;
    return std::all_of(kSides.begin(), kSides.end(), [&](Side other) {
      return !isAt(was, rect, other) || way(frame, rect, side) <= way(frame, rect, other);
    });
  }

  bool giveWay(const Stand& frame, const Rect& was, Side side) {
    double far = 0;
    std::vector<Stand*> moving;
    for (Stand& stand : stands_) {
      const bool beside = stand.around == frame.around && stand.group != frame.group;
      if (!beside || !stand.rect.intersects(clearOf(frame.rect, side)) || !goesTo(frame.rect, was, stand.rect, side)) {
        continue;
      }
      far = std::max(far, way(frame.rect, stand.rect, side));
      moving.push_back(&stand);
    }
    far = std::ceil(far / drawing::kGrid) * drawing::kGrid;
    if (far <= 0) return false;
    const Point by = side == Side::Right   ? Point{far, 0}
                     : side == Side::Left  ? Point{-far, 0}
                     : side == Side::Below ? Point{0, far}
                                           : Point{0, -far};
    for (std::size_t next = 0; next < moving.size(); ++next) {
      const Rect from = moving[next]->rect;
      for (Stand& stand : stands_) {
        const bool beside = stand.around == frame.around && stand.group != frame.group;
        if (!beside || std::find(moving.begin(), moving.end(), &stand) != moving.end()) continue;
        // What would be covered goes along, and what would be nearer than it was and than it should be.
        const bool covered = from.moved(by).intersects(stand.rect);
        const bool nearer = withGap(from.moved(by)).intersects(stand.rect) && !withGap(from).intersects(stand.rect);
        if (covered || nearer) moving.push_back(&stand);
      }
    }
    for (Stand* const stand : moving) move(*stand, by);
    return true;
  }

  // A frame needs little room above and below, and at its sides as much as wires need.
  static Rect clearOf(const Rect& frame, Side side) {
    const bool beside = side == Side::Right || side == Side::Left;
    return beside ? Rect{frame.x - drawing::kGrid, frame.y - kAbove, frame.width + 2 * drawing::kGrid,
                         frame.height + 2 * kAbove}
                  : Rect{frame.x, frame.y - kAbove, frame.width, frame.height + 2 * kAbove};
  }

  void move(Stand& stand, Point by) {
    stand.rect = stand.rect.moved(by);
    for (auto& [id, at] : stand.parts) {
      at = at + by;
      moved_.insert_or_assign(id, at);
    }
    if (stand.group == kNoGroup) return;
    // What stands in it has gone along.
    for (Stand& other : stands_) {
      if (other.around == kNoGroup || !after_.within(other.around, stand.group)) continue;
      other.rect = other.rect.moved(by);
      for (auto& [id, at] : other.parts) at = at + by;
    }
  }

  const Picture& before_;
  const Picture& after_;
  std::vector<Stand> stands_;
  Positions moved_;
};

}  // namespace

Positions movedForFrames(const Picture& before, const Picture& after) {
  const bool same = before.groups == after.groups;
  return same || after.groups.empty() ? Positions{} : Growth(before, after).run();
}

Edit withRoomForFrames(Edit edit, const Picture& before, const drawing::PictureMaker& maker) {
  if (edit.after.groups.empty()) return edit;
  const Positions positions = movedForFrames(before, maker.make(edit.after, {}, before));
  if (!positions.empty()) edit.after = movedTo(edit.after, positions, {}).after;
  return edit;
}

}  // namespace weir::designer
