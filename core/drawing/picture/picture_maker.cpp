#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/internal/link_tags.hpp"
#include "core/drawing/picture/internal/picture_changes.hpp"
#include "core/drawing/picture/internal/picture_memory.hpp"
#include "core/drawing/picture/internal/picture_node.hpp"
#include "core/drawing/picture/internal/port_places.hpp"
#include "core/drawing/picture/picture.hpp"
#include "core/drawing/words/fit_text.hpp"
#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/group_nesting.hpp"
#include "core/topology/model/idle_parts.hpp"

namespace weir::drawing {

namespace {

using topology::Edge;
using topology::Node;
using topology::Part;
using topology::Problem;
using topology::Problems;
using topology::Topic;
using topology::Topology;

Badge badgeOf(const Problem& problem) {
  if (problem.severity == topology::Severity::Info) return Badge::None;
  if (problem.severity == topology::Severity::Warning) return Badge::Warning;
  return topology::isDraft(problem) ? Badge::Draft : Badge::Error;
}

using Badges = std::unordered_map<std::string_view, Badge>;

Badge badgeFor(const Badges& badges, std::string_view id) {
  if (badges.empty()) return Badge::None;
  const auto found = badges.find(id);
  return found == badges.end() ? Badge::None : found->second;
}

class Run {
 public:
  // `spent` is null, or `before` where that may be moved from.
  Run(const NodeMaker& maker, std::shared_ptr<const Topology> topology, const Problems& problems, const Picture* before,
      Picture* spent)
      : maker_(maker),
        shared_(std::move(topology)),
        topology_(*shared_),
        before_(before),
        spent_(spent),
        places_(topology_.layout),
        idle_(topology::idleParts(topology_)) {
    if (before_ != nullptr && before_->memory == nullptr) before_ = nullptr;
    if (before_ != nullptr && !sameParts(before_->memory->topology->params, topology_.params)) before_ = nullptr;
    for (const Problem& problem : problems) {
      Badges& badges = problem.node.empty() ? edgeBadges_ : nodeBadges_;
      const std::string& id = problem.node.empty() ? problem.edge : problem.node;
      if (id.empty()) continue;
      Badge& badge = badges.emplace(id, Badge::None).first->second;
      badge = std::max(badge, badgeOf(problem));
    }
  }

  Picture run() {
    memory_ = std::make_shared<PictureMemory>();
    memory_->topology = shared_;
    memory_->nodeBadges = !nodeBadges_.empty();
    memory_->edgeBadges = !edgeBadges_.empty();
    memory_->idle = !idle_.empty();
    mayIdle_ = memory_->idle || (before_ != nullptr && before_->memory->idle);
    makeNodes();
    makeIndex();
    picture_.memory = memory_;
    readWireLayouts();
    makeWires();
    makeGroups();
    makeComments();
    picture_.links = linkTagsOf(picture_, maker_.measure);
    return std::move(picture_);
  }

 private:
  // A node to be made, and what stood there before.
  struct Due {
    std::size_t index;
    const Part<NodePicture>* was;
  };

  // Takes over nodes whose part, badge, place and edges are as they were, and lists the others.
  template <typename T>
  void takeOver(const std::vector<Part<T>>& parts, const std::vector<Part<T>>* old, std::size_t offset) {
    Cursor cursor;
    // Looks at as little as it can: memory that is not near is what this costs.
    const bool badges = !nodeBadges_.empty() || (before_ != nullptr && before_->memory->nodeBadges);
    for (std::size_t position = 0; position < parts.size(); ++position) {
      const std::size_t index = picture_.nodes.size();
      auto found = old == nullptr ? std::nullopt : cursor.find(position, parts[position], *old);
      // Of two with one id, which no right file has, the first has taken it.
      if (found && before_->nodes[*found + offset].same(nothing_)) found.reset();
      sameOrder_ = sameOrder_ && found == position;
      if (!found) {
        memory_->entries.push_back(places_.entry(parts[position]->id.value));
        picture_.nodes.push_back(nothing_);
        due_.push_back({index, nullptr});
        continue;
      }
      const topology::LayoutEntry* const oldEntry = before_->memory->entries[*found + offset];
      const std::string& id = parts[position]->id.value;
      const topology::LayoutEntry* const entry = places_.entry(id, oldEntry);
      memory_->entries.push_back(entry);
      const Part<NodePicture>& was = before_->nodes[*found + offset];
      const auto sameBadge = [&] {
        return was->badge ==
               (was->missing ? Badge::Missing : std::max(disabledBadge(*parts[position]), badgeFor(nodeBadges_, id)));
      };
      const auto sameIdle = [&] { return was->idle == doesNotRun(*parts[position]); };
      const bool same = (*old)[*found].same(parts[position]) && oldEntry == entry && (!badges || sameBadge()) &&
                        (!mayIdle_ || sameIdle()) && (touched_.empty() || touched_.count(id) == 0);
      if (!same) due_.push_back({index, &was});
      if (!same || spent_ == nullptr) {
        picture_.nodes.push_back(was);
      } else {
        picture_.nodes.push_back(std::exchange(spent_->nodes[*found + offset], nothing_));
      }
    }
  }

  void makeNodes() {
    const Topology* const old = before_ == nullptr ? nullptr : before_->memory->topology.get();
    picture_.nodes.reserve(topology_.nodes.size() + topology_.topics.size());
    memory_->entries.reserve(topology_.nodes.size() + topology_.topics.size());
    if (old != nullptr) {
      const EdgeChange change(old->edges, topology_.edges);
      change.collect(old->edges, touched_);
      change.collect(topology_.edges, touched_);
    }
    takeOver(topology_.nodes, old == nullptr ? nullptr : &old->nodes, 0);
    takeOver(topology_.topics, old == nullptr ? nullptr : &old->topics, old == nullptr ? 0 : old->nodes.size());
    Ids ids;
    for (const Due& due : due_) {
      if (!sameUses(due)) ids.insert(idOf(due.index));
    }
    const EdgeUses uses(topology_.edges, due_.size() == picture_.nodes.size() ? nullptr : &ids);
    for (const Due& due : due_) {
      Surroundings around;
      around.place = placeOf(memory_->entries[due.index]);
      around.badge = badgeFor(nodeBadges_, idOf(due.index));
      around.idle = idle_.contains(idOf(due.index));
      if (sameUses(due)) {
        collectUses(**due.was, around);
      } else {
        uses.collect(idOf(due.index), around);
      }
      const std::size_t nodes = topology_.nodes.size();
      NodePicture made = due.index < nodes ? maker_.node(*topology_.nodes[due.index], around)
                                           : maker_.topic(*topology_.topics[due.index - nodes], around);
      if (due.was == nullptr || !samePorts(**due.was, made)) rewired_.insert(idOf(due.index));
      picture_.nodes[due.index] =
          due.was != nullptr && **due.was == made ? *due.was : Part<NodePicture>(std::move(made));
    }
  }

  // Edges name the same ports of it as before, in the same order: there is no need to read all edges.
  bool sameUses(const Due& due) const {
    if (due.was == nullptr || touched_.count(idOf(due.index)) > 0) return false;
    return due.index >= topology_.nodes.size() || (*due.was)->use == topology_.nodes[due.index]->use.value;
  }

  static void collectUses(const NodePicture& was, Surroundings& around) {
    for (const PortPicture& port : was.ports) {
      if (port.connected) (port.output ? around.outputs : around.inputs).push_back(port.name);
    }
  }

  std::string_view idOf(std::size_t index) const {
    const std::size_t nodes = topology_.nodes.size();
    return index < nodes ? topology_.nodes[index]->id.value : topology_.topics[index - nodes]->id.value;
  }

  // Whether wires that end here look as before.
  static bool samePorts(const NodePicture& was, const NodePicture& now) {
    return std::equal(was.ports.begin(), was.ports.end(), now.ports.begin(), now.ports.end(),
                      [](const PortPicture& one, const PortPicture& two) {
                        return one.name == two.name && one.output == two.output && one.mark == two.mark;
                      });
  }

  bool doesNotRun(const Node& node) const { return !node.disabled.empty() || idle_.contains(node.id.value); }
  bool doesNotRun(const Topic& topic) const { return idle_.contains(topic.id.value); }
  bool isIdle(const WirePicture& wire) const {
    return !idle_.empty() && (idle_.contains(wire.fromNode) || idle_.contains(wire.toNode));
  }

  void makeIndex() {
    if (before_ != nullptr && before_->nodes.size() == picture_.nodes.size() && sameOrder_) {
      memory_->index = before_->memory->index;
      return;
    }
    auto index = std::make_shared<NodeIndex>();
    index->reserve(picture_.nodes.size());
    for (std::size_t node = 0; node < picture_.nodes.size(); ++node) index->emplace(picture_.nodes[node]->id, node);
    if (before_ != nullptr) {
      for (const auto& was : before_->nodes) {
        if (index->find(was->id) == index->end()) rewired_.insert(was->id);
      }
    }
    memory_->index = std::move(index);
  }

  void readWireLayouts() {
    const bool same = before_ != nullptr && sameWires(before_->memory->topology->layout, topology_.layout);
    memory_->wireLayouts = same ? before_->memory->wireLayouts
                                : std::make_shared<const WireLayouts>(drawing::wireLayouts(topology_.layout));
  }

  WireLayout layoutOf(const std::string& wire) const {
    if (memory_->wireLayouts->empty()) return {};
    const auto found = memory_->wireLayouts->find(wire);
    return found == memory_->wireLayouts->end() ? WireLayout{} : found->second;
  }

  WirePicture wire(const Edge& edge) const {
    WirePicture out;
    out.id = edgeId(edge);
    out.layout = layoutOf(out.id);
    std::tie(out.fromNode, out.fromPort) = endOf(edge.from.value);
    std::tie(out.toNode, out.toPort) = endOf(edge.to.value);
    out.badge = badgeFor(edgeBadges_, out.id);
    const auto from = picture_.node(out.fromNode);
    const auto to = picture_.node(out.toNode);
    const PortPicture* const fromPort = from ? picture_.nodes[*from]->port(out.fromPort, true) : nullptr;
    const PortPicture* const toPort = to ? picture_.nodes[*to]->port(out.toPort, false) : nullptr;
    out.idle = isIdle(out);
    out.dangling = fromPort == nullptr || toPort == nullptr;
    out.aside = fromPort != nullptr && fromPort->mark == PortMark::Triangle;
    return out;
  }

  bool stillTrue(const WirePicture& was) const {
    if (was.badge != badgeFor(edgeBadges_, was.id) || was.layout != layoutOf(was.id)) return false;
    if (was.idle != isIdle(was)) return false;
    return rewired_.empty() || (rewired_.count(was.fromNode) == 0 && rewired_.count(was.toNode) == 0);
  }

  void makeWires() {
    picture_.wires.reserve(topology_.edges.size());
    const EdgeChange change(before_ == nullptr ? topology_.edges : before_->memory->topology->edges, topology_.edges);
    const bool untouched = before_ != nullptr && rewired_.empty() && edgeBadges_.empty() && !mayIdle_ &&
                           !before_->memory->edgeBadges && memory_->wireLayouts == before_->memory->wireLayouts;
    for (std::size_t edge = 0; edge < topology_.edges.size(); ++edge) {
      if (before_ != nullptr && (edge < change.head || edge + change.tail >= topology_.edges.size())) {
        const std::size_t old = edge < change.head ? edge : edge + before_->wires.size() - topology_.edges.size();
        if (untouched || stillTrue(*before_->wires[old])) {
          if (spent_ == nullptr) {
            picture_.wires.push_back(before_->wires[old]);
          } else {
            picture_.wires.push_back(std::exchange(spent_->wires[old], noWire_));
          }
          continue;
        }
      }
      picture_.wires.emplace_back(wire(*topology_.edges[edge]));
    }
  }

  void makeGroups() {
    const topology::GroupNesting nesting(topology_);
    std::vector<std::size_t> indexOf(topology_.groups.size());
    std::vector<char> grouped(picture_.nodes.size(), 0);
    for (const std::size_t from : nesting.outerFirst()) {
      const topology::Group& group = *topology_.groups[from];
      const std::size_t index = indexOf[from] = picture_.groups.size();
      GroupPicture& out = picture_.groups.emplace_back();
      out.id = group.id.value;
      out.title = group.name.empty() ? nameFromId(group.id.value) : group.name.value;
      if (nesting.around(from) != nesting.kNone) out.outer = indexOf[nesting.around(from)];
      const GroupPicture* const outer = out.outer == kNoGroup ? nullptr : &picture_.groups[out.outer];
      out.collapsed = places_.place(out.id).collapsed;
      out.hidden = outer != nullptr && (outer->collapsed || outer->hidden);
      for (const topology::Text& id : group.nodes) {
        const std::optional<std::size_t> node = picture_.node(id.value);
        if (!node || nesting.around(id.value) != from || std::exchange(grouped[*node], 1) != 0) continue;
        for (std::size_t in = index; in != kNoGroup; in = picture_.groups[in].outer) {
          picture_.groups[in].nodes.push_back(*node);
        }
      }
    }
    makeBorders();
    makeFrames();
  }

  // From the inside: a frame goes round the frames in it.
  void makeFrames() {
    std::vector<Rect> inside(picture_.groups.size());
    const std::vector<std::size_t> groups = picture_.groupsOfNodes();
    for (std::size_t node = 0; node < groups.size(); ++node) {
      if (groups[node] != kNoGroup) inside[groups[node]] = inside[groups[node]].united(picture_.nodes[node]->rect());
    }
    for (std::size_t index = picture_.groups.size(); index-- > 0;) {
      GroupPicture& group = picture_.groups[index];
      const std::optional<Point> at = places_.place(group.id).at;
      if (inside[index].empty()) inside[index] = Rect::of(at.value_or(Point{}), {kNodeWidth, kNodeHeight});
      group.bounds = frameAround(inside[index]);
      if (group.collapsed) {
        group.box = at.value_or(inside[index].corner());
        group.bounds = Rect::of(group.box, {kNodeWidth, placePorts(group.ports)});
      }
      if (group.outer != kNoGroup) inside[group.outer] = inside[group.outer].united(group.bounds);
      if (group.hidden) group.bounds = {};
    }
  }

  // The ports at which wires cross the borders of collapsed groups, from the top as their members stand.
  void makeBorders() {
    std::unordered_map<std::string_view, std::pair<GroupPicture*, std::size_t>> hidden;
    for (GroupPicture& group : picture_.groups) {
      if (!group.boxed()) continue;
      for (const std::size_t node : group.nodes) hidden.emplace(idOf(node), std::pair(&group, node));
    }
    if (hidden.empty()) return;
    const auto groupAt = [&](const std::string& node) {
      const auto found = hidden.find(node);
      return found == hidden.end() ? std::pair<GroupPicture*, std::size_t>(nullptr, 0) : found->second;
    };
    const auto add = [&](GroupPicture& group, std::size_t node, const std::string& name, bool output) {
      const PortPicture* const port = picture_.nodes[node]->port(name, output);
      if (port == nullptr || group.port(node, name, output) != nullptr) return;
      group.ports.push_back({node, name, output, 0, port->mark});
    };
    for (const auto& wire : picture_.wires) {
      const auto [from, fromNode] = groupAt(wire->fromNode);
      const auto [to, toNode] = groupAt(wire->toNode);
      if (wire->dangling || from == to) continue;
      if (from != nullptr) add(*from, fromNode, wire->fromPort, true);
      if (to != nullptr) add(*to, toNode, wire->toPort, false);
    }
    const auto stands = [&](const BorderPort& port) {
      const NodePicture& node = *picture_.nodes[port.node];
      const Point at = node.portPoint(*node.port(port.name, port.output));
      return std::tuple(at.y, at.x, port.node);
    };
    for (GroupPicture& group : picture_.groups) {
      std::stable_sort(group.ports.begin(), group.ports.end(),
                       [&](const BorderPort& one, const BorderPort& other) { return stands(one) < stands(other); });
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
      out.colour = comment.colour;
    }
  }

  NodeMaker maker_;
  std::shared_ptr<const Topology> shared_;
  const Topology& topology_;
  const Picture* before_;
  Picture* spent_;
  LayoutIndex places_;
  const std::set<std::string, std::less<>> idle_;
  bool mayIdle_ = false;  // something does not run, or did not in the picture before
  Badges nodeBadges_;
  Badges edgeBadges_;
  Ids touched_;  // nodes at whose edges something changed
  Ids rewired_;  // nodes that are new or gone, or whose ports changed
  std::vector<Due> due_;
  bool sameOrder_ = true;  // nodes stand where they stood
  const Part<NodePicture> nothing_{NodePicture()};
  const Part<WirePicture> noWire_{WirePicture()};
  std::shared_ptr<PictureMemory> memory_;
  Picture picture_;
};

}  // namespace

PictureMaker::PictureMaker(const catalog::Catalog& catalog, const TextMeasure& measure, Wording wording)
    : catalog_(catalog), measure_(measure), wording_(std::move(wording)) {}

Picture PictureMaker::make(const Topology& topology, const Problems& problems) const {
  return make(std::make_shared<const Topology>(topology), problems);
}

Picture PictureMaker::make(const Topology& topology, const Problems& problems, const Picture& before) const {
  return make(std::make_shared<const Topology>(topology), problems, &before);
}

Picture PictureMaker::make(std::shared_ptr<const Topology> topology, const Problems& problems,
                           const Picture* before) const {
  const NodeMaker maker{catalog_, measure_, wording_, *topology};
  return Run(maker, std::move(topology), problems, before, nullptr).run();
}

Picture PictureMaker::makeOutOf(Picture& before, std::shared_ptr<const Topology> topology,
                                const Problems& problems) const {
  const NodeMaker maker{catalog_, measure_, wording_, *topology};
  return Run(maker, std::move(topology), problems, &before, &before).run();
}

NodePicture PictureMaker::pictureOfNode(const Node& node, const Topology& topology) const {
  return NodeMaker{catalog_, measure_, wording_, topology}.node(node, {});
}

NodePicture PictureMaker::pictureOfTopic(const Topic& topic, const Topology& topology) const {
  return NodeMaker{catalog_, measure_, wording_, topology}.topic(topic, {});
}

}  // namespace weir::drawing
