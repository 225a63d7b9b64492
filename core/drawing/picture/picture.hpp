// The picture of a topology as plain values: what the canvas and the exports paint alike, with the outlines and colours
// of core/drawing/look.
//
// A picture shares the parts that did not change with the picture that it was made from: compare them with same().
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/kinds.hpp"
#include "core/drawing/look/no_group.hpp"
#include "core/drawing/picture/layout_block.hpp"
#include "core/drawing/words/summary.hpp"
#include "core/drawing/words/text_measure.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing {

enum class Badge : std::uint8_t { None, Stopped, Passed, Warning, Draft, Error, Missing };

struct PortPicture {
  std::string name;  // empty: of a topic
  bool output = false;
  double offset = 0;  // of its centre, from the top of the node; outputs sit on the right edge
  PortMark mark = PortMark::Circle;
  bool connected = false;
  bool optional = false;
  bool unknown = false;  // an edge names it, the operator does not have it

  friend bool operator==(const PortPicture&, const PortPicture&) = default;
};

struct NodePicture {
  std::string id;
  std::string use;   // empty: a topic
  std::string icon;  // the manifest's
  NodeKind kind = NodeKind::Stateless;
  Badge badge = Badge::None;
  bool missing = false;  // its plugin, or its operator, is not there
  bool idle = false;     // it does not run: it is disabled, or what it needs is
  std::string name;      // as it is shown
  std::string fullName;  // for the tooltip
  std::array<std::string, 2> words;
  Size size;
  std::vector<PortPicture> ports;
  Place place;

  Point at() const { return place.at.value_or(Point{}); }
  Rect rect() const { return Rect::of(at(), size); }
  const PortPicture* port(std::string_view portName, bool output) const;
  // Where wires end, on the canvas.
  Point portPoint(const PortPicture& port) const;

  friend bool operator==(const NodePicture&, const NodePicture&) = default;
};

struct WirePicture {
  std::string id;  // "a.out -> b.in", as problems and diffs name it
  std::string fromNode;
  std::string fromPort;
  std::string toNode;
  std::string toPort;
  bool aside = false;         // late rows or dead letters
  bool idle = false;          // nothing comes along it, as an end does not run
  Badge badge = Badge::None;  // Warning or Error: there is a problem with this edge
  bool dangling = false;      // an end is not there: there is nothing to paint
  WireLayout layout;

  friend bool operator==(const WirePicture&, const WirePicture&) = default;
};

// A port of a member where a wire crosses the border of a collapsed group, as its box shows it.
struct BorderPort {
  std::size_t node = 0;  // in Picture::nodes
  std::string name;
  bool output = false;
  double offset = 0;  // of its centre, from the top of the box; outputs sit on the right edge
  PortMark mark = PortMark::Circle;

  friend bool operator==(const BorderPort&, const BorderPort&) = default;
};

struct GroupPicture {
  std::string id;
  std::string title;
  std::size_t outer = kNoGroup;    // the group that it lies in, in Picture::groups
  std::vector<std::size_t> nodes;  // indices in Picture::nodes: all that are in it, those of groups in it too
  bool collapsed = false;
  bool hidden = false;            // it lies in a collapsed group
  Rect bounds;                    // of the frame; collapsed: of the box that stands for it; hidden: empty
  Point box;                      // collapsed: the corner of that box, hidden or not
  std::vector<BorderPort> ports;  // of a box that is shown

  bool boxed() const { return collapsed && !hidden; }
  bool framed() const { return !collapsed && !hidden; }
  const BorderPort* port(std::size_t node, std::string_view name, bool output) const;
  // Where wires end, on the canvas. `port` may be null: the middle of that side.
  Point portPoint(const BorderPort* port, bool output) const;

  friend bool operator==(const GroupPicture&, const GroupPicture&) = default;
};

struct CommentPicture {
  std::string id;
  std::string text;
  std::vector<std::string> lines;
  Rect bounds;
  CommentColour colour = CommentColour::Grey;

  friend bool operator==(const CommentPicture&, const CommentPicture&) = default;
};

// At each end of a wire that is a link: it says where the other end is.
struct LinkTag {
  std::size_t wire = 0;  // in Picture::wires
  bool output = false;   // at that end of it
  std::string text;
  Rect bounds;
  std::vector<Point> stub;  // from the port to the tag

  // With the stub.
  Rect area() const;
  friend bool operator==(const LinkTag&, const LinkTag&) = default;
};

struct PictureMemory;  // what the next picture is made from

struct Picture {
  std::vector<topology::Part<NodePicture>> nodes;  // nodes of the topology, then topics, in its order
  std::vector<topology::Part<WirePicture>> wires;  // in the order of the edges
  std::vector<GroupPicture> groups;                // outer ones before those in them
  std::vector<CommentPicture> comments;
  std::vector<LinkTag> links;
  std::shared_ptr<const PictureMemory> memory;  // shared, since pictures are copied

  // Index of a node or topic.
  std::optional<std::size_t> node(std::string_view id) const;
  // Index of a group; kNoGroup: there is none.
  std::size_t group(std::string_view id) const;
  // The group that each node lies in, of the groups around it the innermost; kNoGroup: none.
  std::vector<std::size_t> groupsOfNodes() const;
  // Whether a group is another one or lies in it.
  bool within(std::size_t group, std::size_t other) const;
  // The collapsed group whose box stands for a node, or for a group that is hidden.
  const GroupPicture* hiding(std::size_t node) const;
  const GroupPicture* hidingGroup(std::size_t group) const;
  // Around everything.
  Rect bounds() const;
};

// The ends of a wire as they are shown: ports, or the sides of collapsed groups. Nothing: it is not painted.
struct WireEnds {
  Point from;
  Point to;
};
std::optional<WireEnds> wireEnds(const Picture& picture, const WirePicture& wire);

// Makes pictures. Any thread; the catalog and the measure must outlive it.
class PictureMaker {
 public:
  PictureMaker(const catalog::Catalog& catalog, const TextMeasure& measure, Wording wording = {});

  Picture make(const topology::Topology& topology, const topology::Problems& problems) const;
  // The same, taking from `before` (a picture by this maker) what is as it was. For one changed node among 10,000 it
  // takes one or two milliseconds.
  Picture make(const topology::Topology& topology, const topology::Problems& problems, const Picture& before) const;
  // Keeps the topology instead of a copy of it. `before` may be null.
  Picture make(std::shared_ptr<const topology::Topology> topology, const topology::Problems& problems,
               const Picture* before = nullptr) const;
  // Moves what is as it was out of `before`, which costs less than copying it: only what has changed or is gone is left
  // there, beside groups, comments and links.
  Picture makeOutOf(Picture& before, std::shared_ptr<const topology::Topology> topology,
                    const topology::Problems& problems) const;

  // Parts of it: a node that is not in the topology yet, such as one that is dragged from the palette.
  NodePicture pictureOfNode(const topology::Node& node, const topology::Topology& topology) const;
  NodePicture pictureOfTopic(const topology::Topic& topic, const topology::Topology& topology) const;

 private:
  const catalog::Catalog& catalog_;
  const TextMeasure& measure_;
  Wording wording_;
};

// The box of a group whose members take this room.
Rect frameAround(const Rect& inside);

NodeKind kindOf(const catalog::OperatorSpec& spec);
// "per_minute" -> "Per minute": for nodes without a name.
std::string nameFromId(std::string_view id);

}  // namespace weir::drawing
