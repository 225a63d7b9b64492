// The picture of a topology with what the canvas needs to paint a part of it.
#pragma once

#include <QRectF>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/drawing/look/cell_grid.hpp"
#include "core/drawing/picture/picture.hpp"
#include "core/drawing/routing/wire_routing.hpp"
#include "designer/model/help/wiring.hpp"
#include "designer/ui/canvas/picture/routes.hpp"

namespace weir::designer {

struct PlacedNode {
  const drawing::NodePicture* picture = nullptr;  // of the picture that is placed; null: the place is free
  std::size_t position = 0;                       // in Picture::nodes
  QRectF rect;
  QRectF hidingBox;         // of the collapsed group that hides it
  int hidingGroup = -1;     // its index in Picture::groups
  std::uint64_t looks = 0;  // another number whenever its texts, size or state are others
  std::vector<int> wires;   // that touch it
  bool hidden() const { return !hidingBox.isNull(); }
};

struct PlacedWire {
  const drawing::WirePicture* picture = nullptr;
  std::size_t position = 0;
  int from = -1;  // numbers of nodes
  int to = -1;
  Route route;  // empty: not painted, or a link
  QRectF bounds;
};

// Nodes and wires have numbers that stay theirs from picture to picture.
class PlacedPicture {
 public:
  const drawing::Picture& picture() const { return picture_; }

  // Takes the next picture; only what is another one is placed again.
  void become(drawing::Picture next);
  // Makes the next one out of this one.
  void follow(const drawing::PictureMaker& maker, const std::shared_ptr<const topology::Topology>& topology,
              const topology::Problems& problems);

  // Where the last picture differs from the one before it.
  const std::vector<QRectF>& changed() const { return changed_; }
  // How many times nodes and wires have been placed: for tests of how little that is.
  std::uint64_t placed() const { return placed_; }

  // All numbers, in the order of the picture.
  const std::vector<int>& nodes() const { return nodeOrder_; }
  const std::vector<int>& wires() const { return wireOrder_; }
  const PlacedNode& node(int number) const { return nodes_[static_cast<std::size_t>(number)]; }
  const PlacedWire& wire(int number) const { return wires_[static_cast<std::size_t>(number)]; }
  const PlacedNode* node(std::string_view id) const;
  const PlacedWire* wire(std::string_view id) const;
  // Those that are shown and touch the rectangle, in the order in which they are painted.
  std::vector<int> nodesIn(const QRectF& rect) const;
  std::vector<int> wiresIn(const QRectF& rect) const;

  // Where a wire of the port begins or ends: at the border of a collapsed group that hides its node.
  QPointF pointOf(const PortRef& port) const;

  // The way of a wire that is a link, if it were none.
  Route wholeRoute(const PlacedWire& wire) const;
  // Around a node, group, comment or wire, by id.
  std::optional<QRectF> rectOf(std::string_view id) const;
  QRectF bounds() const;

 private:
  using Grid = drawing::CellGrid<int, 512>;  // about two nodes wide

  void becomeNodes();
  void moveBorders(const drawing::Picture& before);
  void becomeWires();
  void placeNode(int number, const drawing::NodePicture& picture, int hidingGroup);
  void linkWire(int number, const drawing::WirePicture& picture);
  void placeWire(int number);
  void forgetBounds(int number);
  void removeNode(int number);
  void removeWire(int number);
  void makeRoom();
  drawing::WireRequest requestOf(const PlacedWire& wire) const;
  drawing::Point borderPoint(const PlacedNode& hidden, std::string_view port, bool output) const;

  drawing::Picture picture_;
  std::vector<QRectF> changed_;
  std::vector<PlacedNode> nodes_;
  std::vector<PlacedWire> wires_;
  std::vector<int> freeNodes_;
  std::vector<int> freeWires_;
  std::vector<int> nodeOrder_;  // numbers in the order of the picture
  std::vector<int> wireOrder_;
  std::unordered_map<std::string, int> nodeNumbers_;
  std::unordered_map<std::string, int> wireNumbers_;
  Grid nodeGrid_;
  Grid wireGrid_;
  std::vector<int> moved_;      // nodes whose ports may stand elsewhere
  drawing::WireRouter router_;  // knows nodes and wires by their numbers, then collapsed groups
  std::size_t nodeRoom_ = 0;    // how many numbers it has for each
  std::size_t groupRoom_ = 0;
  std::size_t wireRoom_ = 0;
  std::uint64_t looks_ = 0;
  std::uint64_t placed_ = 0;
};

}  // namespace weir::designer
