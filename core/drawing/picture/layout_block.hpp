// The `layout` block of a topology file: where things stand. Its form: docs/topology_file.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/drawing/look/comment_colours.hpp"
#include "core/drawing/look/geometry.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing {

// Of a node, a topic, or a group (whose position counts while it is collapsed).
struct Place {
  std::optional<Point> at;
  bool pinned = false;     // laying out does not move it
  bool collapsed = false;  // groups

  friend bool operator==(const Place&, const Place&) = default;
};

// A remark on the canvas. Its id begins with '#', which no id of a node may, and is a member of `layout` like theirs.
struct Comment {
  std::string id;
  std::string text;
  Point at;
  double width = 0;
  CommentColour colour = CommentColour::Grey;

  friend bool operator==(const Comment&, const Comment&) = default;
};

// Of a wire, by the id of its edge.
struct WireLayout {
  std::vector<Point> bends;  // that it goes through, from its output on
  bool link = false;         // tags at its ends stand for it

  friend bool operator==(const WireLayout&, const WireLayout&) = default;
};

using Layout = std::vector<topology::Part<topology::LayoutEntry>>;
using WireLayouts = std::unordered_map<std::string, WireLayout>;

// Finds entries quickly. The layout must outlive it.
class LayoutIndex {
 public:
  explicit LayoutIndex(const Layout& layout) : layout_(layout) {}
  Place place(std::string_view id) const;
  // The entry of an id, or nothing. The same address: the same place.
  const topology::LayoutEntry* entry(std::string_view id) const;
  // The same, when it is likely to be `expected`.
  const topology::LayoutEntry* entry(std::string_view id, const topology::LayoutEntry* expected) const {
    if (next_ >= layout_.size() || &*layout_[next_] != expected) return entry(id);
    ++next_;
    return expected;
  }
  std::vector<Comment> comments() const;

 private:
  const Layout& layout_;
  mutable std::size_t next_ = 0;  // entries are mostly asked for in their order
  mutable std::unordered_map<std::string_view, const topology::LayoutEntry*> entries_;
};

// What an entry says; of none nothing.
Place placeOf(const topology::LayoutEntry* entry);

WireLayout wireLayoutOf(const topology::LayoutEntry& entry);

bool isCommentId(std::string_view id);
bool isWireId(std::string_view id);
// What the layout says of wires, of those of which it says something.
WireLayouts wireLayouts(const Layout& layout);
// "#1", "#2", ...: the first that is free.
std::string freshCommentId(const Layout& layout);

// Writing. Members that are not known here stay as they are; an entry without members is removed.
void setPlace(Layout& layout, const std::string& id, const Place& place);
void setPositions(Layout& layout, const std::vector<std::pair<std::string, Point>>& positions);
void setComment(Layout& layout, const Comment& comment);
void setWireLayout(Layout& layout, const std::string& id, const WireLayout& wire);
void removeEntry(Layout& layout, std::string_view id);

}  // namespace weir::drawing
