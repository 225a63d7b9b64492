#include "drawing/picture.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "drawing/measures.hpp"
#include "drawing/picture_node.hpp"
#include "drawing/words/fit_text.hpp"
#include "topology/problem_codes.hpp"

namespace weir::drawing {

namespace {

using topology::Edge;
using topology::Node;
using topology::Part;
using topology::Problem;
using topology::Problems;
using topology::Topic;
using topology::Topology;

// "node.port", or the id of a topic with no port.
std::pair<std::string_view, std::string_view> endOf(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return {text, {}};
  return {text.substr(0, point), text.substr(point + 1)};
}

// The ports that edges name, by node. Views into the edges, which the memory keeps.
class EdgeUses {
 public:
  explicit EdgeUses(const std::vector<Part<Edge>>& edges) {
    uses_.reserve(2 * edges.size());
    first_.reserve(edges.size());
    // Backwards, so that the list of each node is in the order of the edges.
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
      add((*edge)->from.value, true);
      add((*edge)->to.value, false);
    }
  }

  void collect(std::string_view node, Surroundings& around) const {
    const auto found = first_.find(node);
    if (found == first_.end()) return;
    for (std::size_t use = found->second; use != kEnd; use = uses_[use].next) {
      auto& ports = uses_[use].output ? around.outputs : around.inputs;
      if (std::find(ports.begin(), ports.end(), uses_[use].port) == ports.end()) ports.push_back(uses_[use].port);
    }
  }

 private:
  static constexpr std::size_t kEnd = static_cast<std::size_t>(-1);
  struct Use {
    std::string_view port;
    bool output;
    std::size_t next;
  };

  void add(std::string_view text, bool output) {
    const auto [node, port] = endOf(text);
    std::size_t& first = first_.emplace(node, kEnd).first->second;
    uses_.push_back({port, output, first});
    first = uses_.size() - 1;
  }

  std::vector<Use> uses_;
  std::unordered_map<std::string_view, std::size_t> first_;
};

bool isDraftCode(std::string_view code) {
  return code == topology::codes::kMissingParameter || code == topology::codes::kInputUnconnected ||
         code == topology::codes::kNoSchema;
}

Badge badgeOf(const Problem& problem) {
  if (problem.severity == topology::Severity::Info) return Badge::None;
  if (problem.severity == topology::Severity::Warning) return Badge::Warning;
  return isDraftCode(problem.code) ? Badge::Draft : Badge::Error;
}

using Badges = std::unordered_map<std::string_view, Badge>;

Badge badgeFor(const Badges& badges, std::string_view id) {
  if (badges.empty()) return Badge::None;
  const auto found = badges.find(id);
  return found == badges.end() ? Badge::None : found->second;
}

template <typename T>
bool sameParts(const std::vector<Part<T>>& left, const std::vector<Part<T>>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Part<T>& one, const Part<T>& other) { return one.same(other); });
}

// The part of `before` that was made for `id`, found where the same distance as for the last one leads, else by name.
class Cursor {
 public:
  template <typename Get>
  std::optional<std::size_t> find(std::size_t position, std::string_view id, std::size_t count, const Get& idAt) {
    const std::size_t guess = position + shift_;
    if (guess < count && idAt(guess) == id) return guess;
    if (byId_.empty()) {
      for (std::size_t index = 0; index < count; ++index) byId_.emplace(idAt(index), index);
    }
    const auto found = byId_.find(id);
    if (found == byId_.end()) return std::nullopt;
    shift_ = found->second - position;
    return found->second;
  }

 private:
  std::size_t shift_ = 0;  // wraps around for negative ones
  std::unordered_map<std::string_view, std::size_t> byId_;
};

}  // namespace

struct PictureMemory {
  std::vector<Part<topology::Parameter>> params;
  std::vector<Part<Node>> nodes;
  std::vector<Part<Topic>> topics;
  std::vector<Part<Edge>> edges;
  std::shared_ptr<const EdgeUses> uses;
  std::shared_ptr<const std::unordered_map<std::string, std::size_t>> index;
};

namespace {

class Run {
 public:
  Run(const NodeMaker& maker, const Topology& topology, const Problems& problems, const Picture* before)
      : maker_(maker), topology_(topology), before_(before), places_(topology.layout) {
    if (before_ != nullptr && before_->memory == nullptr) before_ = nullptr;
    if (before_ != nullptr && !sameParts(before_->memory->params, topology.params)) before_ = nullptr;
    for (const Problem& problem : problems) {
      Badges& badges = problem.node.empty() ? edgeBadges_ : nodeBadges_;
      const std::string& id = problem.node.empty() ? problem.edge : problem.node;
      if (id.empty()) continue;
      Badge& badge = badges.emplace(id, Badge::None).first->second;
      badge = std::max(badge, badgeOf(problem));
    }
  }

  Picture run() {
    auto memory = std::make_shared<PictureMemory>();
    memory->params = topology_.params;
    memory->nodes = topology_.nodes;
    memory->topics = topology_.topics;
    memory->edges = topology_.edges;
    sameEdges_ = before_ != nullptr && sameParts(before_->memory->edges, topology_.edges);
    memory->uses = sameEdges_ ? before_->memory->uses : std::make_shared<const EdgeUses>(topology_.edges);
    uses_ = memory->uses.get();
    makeNodes();
    memory->index = nodeIndex();
    picture_.memory = std::move(memory);
    makeWires();
    makeGroups();
    makeComments();
    return std::move(picture_);
  }

 private:
  // A node is as it was when its part, its edges' ports, its badge and its place are.
  template <typename T, typename Make>
  void makeNode(const Part<T>& part, const std::vector<Part<T>>* old, std::size_t offset, Cursor& cursor,
                const Make& make) {
    const std::string& id = part->id.value;
    Surroundings around;
    around.place = places_.place(id);
    around.badge = badgeFor(nodeBadges_, id);
    uses_->collect(id, around);
    if (old != nullptr) {
      const auto found =
          cursor.find(picture_.nodes.size() - (std::is_same_v<T, Topic> ? topology_.nodes.size() : 0), id, old->size(),
                      [&](std::size_t index) { return std::string_view((*old)[index]->id.value); });
      if (found && (*old)[*found].same(part)) {
        const Part<NodePicture>& was = before_->nodes[*found + offset];
        if (stillTrue(*was, around)) {
          picture_.nodes.push_back(was);
          return;
        }
      }
    }
    picture_.nodes.emplace_back(make(*part, around));
  }

  bool stillTrue(const NodePicture& was, const Surroundings& around) const {
    if (!(was.place == around.place)) return false;
    if (was.badge != (was.missing ? Badge::Missing : around.badge)) return false;
    std::size_t connected = 0;
    for (const PortPicture& port : was.ports) {
      const auto& used = port.output ? around.outputs : around.inputs;
      const bool now = was.use.empty() ? !used.empty() : std::find(used.begin(), used.end(), port.name) != used.end();
      if (now != port.connected) return false;
      connected += now ? 1 : 0;
    }
    return was.use.empty() || connected == around.inputs.size() + around.outputs.size();
  }

  void makeNodes() {
    const PictureMemory* const old = before_ == nullptr ? nullptr : before_->memory.get();
    picture_.nodes.reserve(topology_.nodes.size() + topology_.topics.size());
    Cursor nodes;
    for (const Part<Node>& node : topology_.nodes) {
      makeNode(node, old == nullptr ? nullptr : &old->nodes, 0, nodes,
               [&](const Node& value, const Surroundings& around) { return maker_.node(value, around); });
    }
    Cursor topics;
    for (const Part<Topic>& topic : topology_.topics) {
      makeNode(topic, old == nullptr ? nullptr : &old->topics, old == nullptr ? 0 : old->nodes.size(), topics,
               [&](const Topic& value, const Surroundings& around) { return maker_.topic(value, around); });
    }
  }

  std::shared_ptr<const std::unordered_map<std::string, std::size_t>> nodeIndex() const {
    const bool sameOrder =
        before_ != nullptr && before_->nodes.size() == picture_.nodes.size() &&
        std::equal(picture_.nodes.begin(), picture_.nodes.end(), before_->nodes.begin(),
                   [](const auto& now, const auto& was) { return now.same(was) || now->id == was->id; });
    if (sameOrder) return before_->memory->index;
    auto index = std::make_shared<std::unordered_map<std::string, std::size_t>>();
    index->reserve(picture_.nodes.size());
    for (std::size_t node = 0; node < picture_.nodes.size(); ++node) index->emplace(picture_.nodes[node]->id, node);
    return index;
  }

  WirePicture wire(const Edge& edge) const {
    WirePicture out;
    out.id = edge.from.value + " -> " + edge.to.value;
    std::tie(out.fromNode, out.fromPort) = endOf(edge.from.value);
    std::tie(out.toNode, out.toPort) = endOf(edge.to.value);
    out.badge = badgeFor(edgeBadges_, out.id);
    const auto from = picture_.node(out.fromNode);
    const auto to = picture_.node(out.toNode);
    const PortPicture* const fromPort = from ? picture_.nodes[*from]->port(out.fromPort, true) : nullptr;
    const PortPicture* const toPort = to ? picture_.nodes[*to]->port(out.toPort, false) : nullptr;
    out.dangling = fromPort == nullptr || toPort == nullptr;
    out.aside = fromPort != nullptr && fromPort->mark == PortMark::Triangle;
    return out;
  }

  // Whether a wire is as it was, without making it: its edge and nodes are, and its badge.
  bool stillTrue(const WirePicture& was) const {
    if (was.badge != (edgeBadges_.empty() ? Badge::None : badgeFor(edgeBadges_, was.id))) return false;
    for (const std::string* const id : {&was.fromNode, &was.toNode}) {
      const auto now = picture_.node(*id);
      const auto old = before_->node(*id);
      if (!now || !old) return false;
      const NodePicture& one = *picture_.nodes[*now];
      const NodePicture& other = *before_->nodes[*old];
      if (&one != &other && (one.ports.size() != other.ports.size() || one.use != other.use)) return false;
    }
    return true;
  }

  void makeWires() {
    picture_.wires.reserve(topology_.edges.size());
    for (std::size_t edge = 0; edge < topology_.edges.size(); ++edge) {
      const std::size_t guess = before_ == nullptr ? 0 : edge + shift(edge);
      if (before_ != nullptr && guess < before_->wires.size() &&
          before_->memory->edges[guess].same(topology_.edges[edge]) && stillTrue(*before_->wires[guess])) {
        picture_.wires.push_back(before_->wires[guess]);
      } else {
        picture_.wires.emplace_back(wire(*topology_.edges[edge]));
      }
    }
  }

  // How far the edge stands from its place in the picture before: edges are added and removed one at a time or many
  // together, so a step forwards or backwards lasts for all that follow.
  std::size_t shift(std::size_t edge) {
    if (sameEdges_) return 0;
    const std::vector<Part<Edge>>& old = before_->memory->edges;
    const auto at = [&](std::size_t index) { return index < old.size() && old[index].same(topology_.edges[edge]); };
    if (at(edge + edgeShift_)) return edgeShift_;
    for (std::size_t step = 1; step <= 16; ++step) {
      if (at(edge + edgeShift_ + step)) return edgeShift_ += step;
      if (at(edge + edgeShift_ - step)) return edgeShift_ -= step;
    }
    return edgeShift_;
  }

  void makeGroups() {
    for (const Part<topology::Group>& group : topology_.groups) {
      GroupPicture& out = picture_.groups.emplace_back();
      out.id = group->id.value;
      out.title = group->name.empty() ? nameFromId(group->id.value) : group->name.value;
      Rect inside;
      for (const topology::Text& id : group->nodes) {
        const std::optional<std::size_t> node = picture_.node(id.value);
        if (!node) continue;
        out.nodes.push_back(*node);
        inside = inside.united(picture_.nodes[*node]->rect());
      }
      const Place place = places_.place(out.id);
      out.collapsed = place.collapsed;
      if (out.nodes.empty()) inside = Rect::of(place.at.value_or(Point{}), {kNodeWidth, kNodeHeight});
      out.bounds = {inside.x - kGroupSide, inside.y - kGroupTop, inside.width + 2 * kGroupSide,
                    inside.height + kGroupTop + kGroupBottom};
      if (out.collapsed) out.bounds = Rect::of(place.at.value_or(inside.corner()), {kNodeWidth, kNodeHeight});
    }
  }

  void makeComments() {
    for (Comment& comment : places_.comments()) {
      CommentPicture& out = picture_.comments.emplace_back();
      constexpr std::size_t kMostLines = 200;
      const double inset = kCommentBar + kCommentInset;
      out.id = std::move(comment.id);
      out.lines = wrapText(comment.text, comment.width - inset, kMostLines, FontRole::Comment, maker_.measure);
      out.text = std::move(comment.text);
      const double lines = std::max<double>(1, static_cast<double>(out.lines.size()));
      out.bounds = {comment.at.x, comment.at.y, comment.width, lines * kCommentLine};
    }
  }

  NodeMaker maker_;
  const Topology& topology_;
  const Picture* before_;
  LayoutIndex places_;
  Badges nodeBadges_;
  Badges edgeBadges_;
  const EdgeUses* uses_ = nullptr;
  bool sameEdges_ = false;
  std::size_t edgeShift_ = 0;
  Picture picture_;
};

}  // namespace

const PortPicture* NodePicture::port(std::string_view portName, bool output) const {
  for (const PortPicture& port : ports) {
    if (port.output == output && port.name == portName) return &port;
  }
  return nullptr;
}

Point NodePicture::portPoint(const PortPicture& port) const {
  return at() + Point{port.output ? size.width : 0, port.offset};
}

std::optional<std::size_t> Picture::node(std::string_view id) const {
  if (memory == nullptr) return std::nullopt;
  const auto found = memory->index->find(std::string(id));
  return found == memory->index->end() ? std::nullopt : std::optional(found->second);
}

const GroupPicture* Picture::hiding(std::size_t node) const {
  for (const GroupPicture& group : groups) {
    if (group.collapsed && std::find(group.nodes.begin(), group.nodes.end(), node) != group.nodes.end()) return &group;
  }
  return nullptr;
}

Rect Picture::bounds() const {
  Rect out;
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    if (hiding(index) == nullptr) out = out.united(nodes[index]->rect());
  }
  for (const GroupPicture& group : groups) out = out.united(group.bounds);
  for (const CommentPicture& comment : comments) out = out.united(comment.bounds);
  return out;
}

std::optional<WireEnds> wireEnds(const Picture& picture, const WirePicture& wire) {
  if (wire.dangling) return std::nullopt;
  const auto fromNode = picture.node(wire.fromNode);
  const auto toNode = picture.node(wire.toNode);
  if (!fromNode || !toNode) return std::nullopt;
  const NodePicture& from = *picture.nodes[*fromNode];
  const NodePicture& to = *picture.nodes[*toNode];
  const PortPicture* const out = from.port(wire.fromPort, true);
  const PortPicture* const in = to.port(wire.toPort, false);
  if (out == nullptr || in == nullptr) return std::nullopt;
  WireEnds ends{from.portPoint(*out), to.portPoint(*in)};
  const GroupPicture* const fromGroup = picture.hiding(*fromNode);
  const GroupPicture* const toGroup = picture.hiding(*toNode);
  if (fromGroup != nullptr && fromGroup == toGroup) return std::nullopt;
  if (fromGroup != nullptr) ends.from = {fromGroup->bounds.right(), fromGroup->bounds.y + kOnlyPort};
  if (toGroup != nullptr) ends.to = {toGroup->bounds.x, toGroup->bounds.y + kOnlyPort};
  return ends;
}

PictureMaker::PictureMaker(const catalog::Catalog& catalog, const TextMeasure& measure, Wording wording)
    : catalog_(catalog), measure_(measure), wording_(std::move(wording)) {}

Picture PictureMaker::make(const Topology& topology, const Problems& problems) const {
  return Run({catalog_, measure_, wording_, topology}, topology, problems, nullptr).run();
}

Picture PictureMaker::make(const Topology& topology, const Problems& problems, const Picture& before) const {
  return Run({catalog_, measure_, wording_, topology}, topology, problems, &before).run();
}

NodePicture PictureMaker::pictureOfNode(const Node& node, const Topology& topology) const {
  return NodeMaker{catalog_, measure_, wording_, topology}.node(node, {});
}

NodePicture PictureMaker::pictureOfTopic(const Topic& topic, const Topology& topology) const {
  return NodeMaker{catalog_, measure_, wording_, topology}.topic(topic, {});
}

}  // namespace weir::drawing
