#include "core/drawing/exports/text_exports.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace weir::drawing {

namespace {

// Characters with a meaning in labels of Mermaid, by their numbers.
std::string mermaidText(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (std::string_view("\"<>&#;`{}[]()|\\").find(character) != std::string_view::npos) {
      out += "#" + std::to_string(static_cast<int>(character)) + ";";
    } else if (static_cast<unsigned char>(character) >= 0x20) {
      out += character;
    }
  }
  return out;
}

std::string dotText(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (character == '"' || character == '\\') out += '\\';
    if (static_cast<unsigned char>(character) >= 0x20) out += character;
  }
  return out;
}

// Name and words, one a line.
template <typename Escape>
std::string label(const NodePicture& node, const Escape& escape, std::string_view lineFeed) {
  std::string out = escape(node.fullName);
  for (const std::string& line : node.words) {
    if (!line.empty()) out += std::string(lineFeed) + escape(line);
  }
  return out;
}

// Calls `open` and `close` for each group, `line` for each node: what lies in a group comes between its two.
template <typename Open, typename Line, typename Close>
void walk(const Picture& picture, const Open& open, const Line& line, const Close& close) {
  const std::vector<std::size_t> groups = picture.groupsOfNodes();
  const std::function<void(std::size_t, const std::string&)> within = [&](std::size_t around,
                                                                          const std::string& indent) {
    for (std::size_t group = 0; group < picture.groups.size(); ++group) {
      if (picture.groups[group].outer != around) continue;
      open(group, indent);
      within(group, indent + "  ");
      close(indent);
    }
    const std::vector<std::size_t>* const members = around == kNoGroup ? nullptr : &picture.groups[around].nodes;
    const std::size_t count = members == nullptr ? picture.nodes.size() : members->size();
    for (std::size_t at = 0; at < count; ++at) {
      const std::size_t node = members == nullptr ? at : (*members)[at];
      if (groups[node] == around) line(node, indent);
    }
  };
  within(kNoGroup, "  ");
}

}  // namespace

std::string mermaidOf(const Picture& picture) {
  const auto line = [&](std::size_t index) {
    const NodePicture& node = *picture.nodes[index];
    std::string_view open;
    std::string_view close;
    switch (node.kind) {
      case NodeKind::Source: open = "([", close = "])"; break;
      case NodeKind::Stateless: open = "[", close = "]"; break;
      case NodeKind::Stateful: open = "[[", close = "]]"; break;
      case NodeKind::Window: open = "{{", close = "}}"; break;
      case NodeKind::Sink: open = "[/", close = "/]"; break;
      case NodeKind::Topic: open = "[(", close = ")]"; break;
    }
    return "n" + std::to_string(index) + std::string(open) + "\"" + label(node, mermaidText, "<br/>") + "\"" +
           std::string(close) + (node.idle ? ":::idle\n" : "\n");
  };
  std::string out = "flowchart LR\n";
  walk(
      picture,
      [&](std::size_t group, const std::string& indent) {
        out +=
            indent + "subgraph g" + std::to_string(group) + "[\"" + mermaidText(picture.groups[group].title) + "\"]\n";
      },
      [&](std::size_t node, const std::string& indent) { out += indent + line(node); },
      [&](const std::string& indent) { out += indent + "end\n"; });
  for (const auto& wire : picture.wires) {
    if (wire->dangling) continue;
    std::string arrow = wire->idle ? " -.-> " : " --> ";
    if (wire->aside) arrow = " -. " + mermaidText(wire->fromPort) + " .-> ";
    out += "  n" + std::to_string(*picture.node(wire->fromNode)) + arrow + "n" +
           std::to_string(*picture.node(wire->toNode)) + "\n";
  }
  const auto& nodes = picture.nodes;
  const bool idle = std::any_of(nodes.begin(), nodes.end(), [](const auto& node) { return node->idle; });
  if (idle) out += "  classDef idle opacity:0.5,stroke-dasharray:4\n";
  return out;
}

std::string dotOf(const Picture& picture, const std::string& name) {
  const auto line = [&](std::size_t index) {
    const NodePicture& node = *picture.nodes[index];
    std::string_view shape;
    switch (node.kind) {
      case NodeKind::Source:
      case NodeKind::Stateless: shape = "shape=box"; break;
      case NodeKind::Stateful: shape = "shape=box, peripheries=2"; break;
      case NodeKind::Window: shape = "shape=octagon"; break;
      case NodeKind::Sink: shape = "shape=cds"; break;
      case NodeKind::Topic: shape = "shape=cylinder"; break;
    }
    std::string look(shape);
    std::string style = node.kind == NodeKind::Source ? "rounded" : "";
    if (node.idle) style += style.empty() ? "dashed" : ",dashed";
    if (!style.empty()) look += ", style=\"" + style + "\"";
    if (node.idle) look += ", fontcolor=gray50";
    return "\"" + dotText(node.id) + "\" [" + look + ", label=\"" + label(node, dotText, "\\n") + "\"];\n";
  };
  std::string out = "digraph \"" + dotText(name) + "\" {\n  rankdir=LR;\n  node [fontname=\"Inter\", fontsize=12];\n";
  walk(
      picture,
      [&](std::size_t group, const std::string& indent) {
        out += indent + "subgraph cluster_" + std::to_string(group) + " {\n" + indent + "  label=\"" +
               dotText(picture.groups[group].title) + "\";\n";
      },
      [&](std::size_t node, const std::string& indent) { out += indent + line(node); },
      [&](const std::string& indent) { out += indent + "}\n"; });
  for (const auto& wire : picture.wires) {
    if (wire->dangling) continue;
    out += "  \"" + dotText(wire->fromNode) + "\" -> \"" + dotText(wire->toNode) + "\"";
    if (wire->aside) {
      out += " [style=dashed, label=\"" + dotText(wire->fromPort) + "\"];\n";
    } else {
      out += wire->idle ? " [style=dashed];\n" : ";\n";
    }
  }
  return out + "}\n";
}

}  // namespace weir::drawing
