#include "core/drawing/picture/internal/link_tags.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/internal/picture_memory.hpp"
#include "core/drawing/words/fit_text.hpp"

namespace weir::drawing {

namespace {

// A tag that looks for a height at the side of a node, or of the box that stands for it.
struct Wanted {
  LinkTag tag;
  Point port;
};

struct SideOfNode {
  std::vector<Wanted> tags;
  std::vector<double> wires;  // heights at which wires begin or end that are no links
};

class Tags {
 public:
  Tags(const Picture& picture, const TextMeasure& measure) : picture_(picture), measure_(measure) {}

  std::vector<LinkTag> run() {
    for (std::size_t wire = 0; wire < picture_.wires.size(); ++wire) {
      if (picture_.wires[wire]->layout.link) addLink(wire);
    }
    if (sides_.empty()) return {};
    for (const auto& wire : picture_.wires) {
      if (!wire->layout.link && (nodes_.count(wire->fromNode) > 0 || nodes_.count(wire->toNode) > 0)) avoid(*wire);
    }
    std::vector<LinkTag> out;
    for (auto& [key, side] : sides_) place(side, out);
    std::sort(out.begin(), out.end(), [](const LinkTag& one, const LinkTag& other) {
      return std::tuple(one.wire, !one.output) < std::tuple(other.wire, !other.output);
    });
    return out;
  }

 private:
  SideOfNode& sideOf(const std::string& node, bool output) {
    const std::size_t index = *picture_.node(node);
    const GroupPicture* const group = picture_.hiding(index);
    return sides_[{group == nullptr ? node : group->id, output}];
  }

  void addLink(std::size_t number) {
    const WirePicture& wire = *picture_.wires[number];
    const std::optional<WireEnds> ends = wireEnds(picture_, wire);
    if (!ends) return;
    const auto name = [&](const std::string& node) {
      return cutText(picture_.nodes[*picture_.node(node)]->fullName, kLinkText, FontRole::Words, measure_);
    };
    sideOf(wire.fromNode, true).tags.push_back({{number, true, "→ " + name(wire.toNode), {}, {}}, ends->from});
    sideOf(wire.toNode, false).tags.push_back({{number, false, name(wire.fromNode) + " →", {}, {}}, ends->to});
    nodes_.insert(wire.fromNode);
    nodes_.insert(wire.toNode);
  }

  void avoid(const WirePicture& wire) {
    const std::optional<WireEnds> ends = wireEnds(picture_, wire);
    if (!ends) return;
    if (nodes_.count(wire.fromNode) > 0) sideOf(wire.fromNode, true).wires.push_back(ends->from.y);
    if (nodes_.count(wire.toNode) > 0) sideOf(wire.toNode, false).wires.push_back(ends->to.y);
  }

  void place(SideOfNode& side, std::vector<LinkTag>& out) const {
    std::stable_sort(side.tags.begin(), side.tags.end(),
                     [](const Wanted& one, const Wanted& other) { return one.port.y < other.port.y; });
    std::sort(side.wires.begin(), side.wires.end());
    double free = side.tags.empty() ? 0 : side.tags.front().port.y;
    for (Wanted& wanted : side.tags) {
      double y = std::max(free, wanted.port.y);
      for (const double wire : side.wires) {
        if (std::abs(wire - y) < kPortStep) y = wire + kPortStep;
      }
      free = y + kPortStep;
      out.push_back(placed(std::move(wanted), y));
    }
  }

  LinkTag placed(Wanted wanted, double y) const {
    LinkTag tag = std::move(wanted.tag);
    const Point port = wanted.port;
    const double away = tag.output ? kLinkStub : -kLinkStub;
    const double width = std::ceil(measure_.width(tag.text, FontRole::Words)) + 2 * kLinkInset;
    tag.bounds = {tag.output ? port.x + away : port.x + away - width, y - kLinkHeight / 2, width, kLinkHeight};
    tag.stub = {port, {port.x + away, y}};
    if (y != port.y) tag.stub = {port, {port.x + away / 2, port.y}, {port.x + away / 2, y}, {port.x + away, y}};
    return tag;
  }

  const Picture& picture_;
  const TextMeasure& measure_;
  std::map<std::pair<std::string, bool>, SideOfNode> sides_;
  std::set<std::string_view> nodes_;
};

}  // namespace

std::vector<LinkTag> linkTagsOf(const Picture& picture, const TextMeasure& measure) {
  const WireLayouts& layouts = *picture.memory->wireLayouts;
  const bool any = std::any_of(layouts.begin(), layouts.end(), [](const auto& entry) { return entry.second.link; });
  return any ? Tags(picture, measure).run() : std::vector<LinkTag>();
}

}  // namespace weir::drawing
