#include "core/drawing/picture/internal/picture_node.hpp"

#include <algorithm>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/look/node_areas.hpp"
#include "core/drawing/picture/internal/port_places.hpp"
#include "core/drawing/words/fit_text.hpp"
#include "core/topology/model/idle_parts.hpp"

namespace weir::drawing {

namespace {

constexpr std::size_t kMostShown = 8;  // entries of a list that words try to show

PortMark markOf(const catalog::PortSpec& port) {
  if (port.role != catalog::PortRole::Data) return PortMark::Triangle;
  switch (port.shape) {
    case catalog::PortShape::Stream: return PortMark::Circle;
    case catalog::PortShape::Keyed: return PortMark::Diamond;
    case catalog::PortShape::Table: return PortMark::Square;
  }
  return PortMark::Circle;
}

void addPorts(NodePicture& picture, const std::vector<catalog::PortSpec>* specs,
              const std::vector<std::string_view>& used, bool output) {
  if (specs != nullptr) {
    for (const catalog::PortSpec& spec : *specs) {
      PortPicture& port = picture.ports.emplace_back();
      port.name = spec.name;
      port.output = output;
      port.mark = markOf(spec);
      port.optional = spec.optional;
    }
  }
  for (const std::string_view name : used) {
    const auto same = [&](const PortPicture& port) { return port.output == output && port.name == name; };
    auto found = std::find_if(picture.ports.begin(), picture.ports.end(), same);
    if (found == picture.ports.end()) {
      found = picture.ports.emplace(picture.ports.end());
      found->name = name;
      found->output = output;
      found->unknown = true;
    }
    found->connected = true;
  }
}

}  // namespace

NodeKind kindOf(const catalog::OperatorSpec& spec) {
  switch (spec.kind) {
    case catalog::OperatorKind::Source: return NodeKind::Source;
    case catalog::OperatorKind::Sink: return NodeKind::Sink;
    case catalog::OperatorKind::Format:
    case catalog::OperatorKind::Function:
    case catalog::OperatorKind::Aggregate:
    case catalog::OperatorKind::Processor: break;
  }
  if (spec.stores.empty()) return NodeKind::Stateless;
  const bool window = spec.category.starts_with("Window") || spec.category.starts_with("Join");
  return window ? NodeKind::Window : NodeKind::Stateful;
}

std::string nameFromId(std::string_view id) {
  std::string out(id);
  std::replace_if(
      out.begin(), out.end(), [](char character) { return character == '_' || character == '-'; }, ' ');
  out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
  if (out.empty()) return std::string(id);
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

Badge disabledBadge(const topology::Node& node) {
  if (node.disabled.empty()) return Badge::None;
  return topology::passes(node) ? Badge::Passed : Badge::Stopped;
}

std::array<std::string, 2> NodeMaker::cut(std::string_view first, std::string_view second, double width) const {
  return {cutText(first, width, FontRole::Words, measure), cutText(second, width, FontRole::Words, measure)};
}

// As much as fits: all lines as they are, else the first one over both, with ever fewer entries of lists.
std::array<std::string, 2> NodeMaker::words(const catalog::OperatorSpec& spec, const json::Value& params,
                                            double width) const {
  const std::vector<std::string> missing = missingTitles(spec, params);
  if (!missing.empty()) {
    std::string all;
    for (const std::string& title : missing) all += (all.empty() ? "" : ", ") + title;
    std::vector<std::string> lines = wrapText(filled(wording.choose, {all}), width, 2, FontRole::Words, measure);
    lines.resize(2);
    return {lines[0], lines[1]};
  }
  const auto fits = [&](const std::string& text) { return measure.width(text, FontRole::Words) <= width; };
  std::vector<std::string> lines;
  for (std::size_t most = std::min(longestList(params), kMostShown); most > 0; --most) {
    lines = summaryLines(spec, params, most, {topology, wording});
    if (lines.empty()) return {};
    if (lines.size() > 1 && fits(lines[0]) && (fits(lines[1]) || most == 1)) return cut(lines[0], lines[1], width);
    if (wrapsInto(lines[0], width, 2, FontRole::Words, measure)) break;
  }
  lines = wrapText(lines[0], width, 2, FontRole::Words, measure);
  lines.resize(2);
  return {lines[0], lines[1]};
}

void NodeMaker::fitTexts(NodePicture& picture, const catalog::OperatorSpec* spec, const json::Value& params) const {
  // The badge does not make a node wider: nothing jumps when a problem comes or goes.
  const double needed = measure.width(picture.fullName, FontRole::NodeName);
  picture.size.width = needed <= textArea(picture.kind, {kNodeWidth, kNodeHeight}).width ? kNodeWidth : kWideNodeWidth;
  const double width = textArea(picture.kind, picture.size).width;
  const double nameWidth = width - (picture.badge == Badge::None ? 0 : kBadgeShare);
  picture.name = elideMiddle(picture.fullName, nameWidth, FontRole::NodeName, measure);
  if (picture.missing) {
    picture.words = cut(picture.use, wording.missingPlugin, width);
  } else if (spec != nullptr) {
    picture.words = words(*spec, params, width);
  }
}

NodePicture NodeMaker::node(const topology::Node& node, const Surroundings& around) const {
  const catalog::OperatorSpec* spec = catalog.find(node.use.value);
  if (spec != nullptr && !catalog::isNode(spec->kind)) spec = nullptr;
  NodePicture out;
  out.id = node.id.value;
  out.use = node.use.value;
  out.fullName = node.name.empty() ? nameFromId(node.id.value) : node.name.value;
  out.place = around.place;
  out.missing = spec == nullptr;
  out.badge = out.missing ? Badge::Missing : std::max(disabledBadge(node), around.badge);
  out.idle = around.idle || !node.disabled.empty();
  addPorts(out, spec == nullptr ? nullptr : &spec->inputs, around.inputs, false);
  addPorts(out, spec == nullptr ? nullptr : &spec->outputs, around.outputs, true);
  out.size.height = placePorts(out.ports);
  if (spec != nullptr) {
    out.kind = kindOf(*spec);
    out.icon = spec->icon;
  }
  fitTexts(out, spec, node.params);
  return out;
}

NodePicture NodeMaker::topic(const topology::Topic& topic, const Surroundings& around) const {
  const auto text = [&](std::string_view name) -> std::string {
    const json::Value* const value = topic.settings.find(name);
    if (value == nullptr || value->isNull()) return "";
    if (!value->isList()) return readableText(value->asText(), topology);
    std::string all;
    for (const json::Value& item : value->items()) all += (all.empty() ? "" : ", ") + item.asText();
    return all;
  };
  NodePicture out;
  out.id = topic.id.value;
  out.kind = NodeKind::Topic;
  out.fullName = text("topic");
  if (out.fullName.empty()) out.fullName = topic.id.value;
  out.place = around.place;
  out.badge = around.badge;
  out.idle = around.idle;
  const std::string key = text("key");
  for (const bool output : {false, true}) {
    PortPicture& port = out.ports.emplace_back();
    port.output = output;
    port.mark = key.empty() ? PortMark::Circle : PortMark::Diamond;
    port.connected = !(output ? around.outputs : around.inputs).empty();
  }
  out.size.height = placePorts(out.ports);
  fitTexts(out, nullptr, {});

  const std::string count = text("partitions");
  std::string first = count.empty() || count == "1" ? wording.onePartition : filled(wording.partitions, {count});
  if (!key.empty()) first = filled(wording.keyedBy, {first, key});
  const std::string kept = text("retention");
  const double width = textArea(out.kind, out.size).width;
  out.words = cut(first, kept.empty() ? wording.keptForEver : filled(wording.kept, {kept}), width);
  return out;
}

}  // namespace weir::drawing
