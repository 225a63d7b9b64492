#include "core/drawing/exports/text_exports.hpp"

#include <set>
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

// The groups in which nodes are put: each node in the first one that names it.
std::vector<std::vector<std::size_t>> grouped(const Picture& picture, std::set<std::size_t>& inside) {
  std::vector<std::vector<std::size_t>> out;
  for (const GroupPicture& group : picture.groups) {
    out.emplace_back();
    for (const std::size_t node : group.nodes) {
      if (inside.insert(node).second) out.back().push_back(node);
    }
  }
  return out;
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
           std::string(close) + "\n";
  };
  std::string out = "flowchart LR\n";
  std::set<std::size_t> inside;
  const auto groups = grouped(picture, inside);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    out += "  subgraph g" + std::to_string(group) + "[\"" + mermaidText(picture.groups[group].title) + "\"]\n";
    for (const std::size_t node : groups[group]) out += "    " + line(node);
    out += "  end\n";
  }
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    if (inside.count(node) == 0) out += "  " + line(node);
  }
  for (const auto& wire : picture.wires) {
    if (wire->dangling) continue;
    const std::string arrow = wire->aside ? " -. " + mermaidText(wire->fromPort) + " .-> " : " --> ";
    out += "  n" + std::to_string(*picture.node(wire->fromNode)) + arrow + "n" +
           std::to_string(*picture.node(wire->toNode)) + "\n";
  }
  return out;
}

std::string dotOf(const Picture& picture, const std::string& name) {
  const auto line = [&](std::size_t index) {
    const NodePicture& node = *picture.nodes[index];
    std::string_view shape;
    switch (node.kind) {
      case NodeKind::Source: shape = "shape=box, style=rounded"; break;
      case NodeKind::Stateless: shape = "shape=box"; break;
      case NodeKind::Stateful: shape = "shape=box, peripheries=2"; break;
      case NodeKind::Window: shape = "shape=octagon"; break;
      case NodeKind::Sink: shape = "shape=cds"; break;
      case NodeKind::Topic: shape = "shape=cylinder"; break;
    }
    return "\"" + dotText(node.id) + "\" [" + std::string(shape) + ", label=\"" + label(node, dotText, "\\n") +
           "\"];\n";
  };
  std::string out = "digraph \"" + dotText(name) + "\" {\n  rankdir=LR;\n  node [fontname=\"Inter\", fontsize=12];\n";
  std::set<std::size_t> inside;
  const auto groups = grouped(picture, inside);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    out += "  subgraph cluster_" + std::to_string(group) + " {\n    label=\"" + dotText(picture.groups[group].title) +
           "\";\n";
    for (const std::size_t node : groups[group]) out += "    " + line(node);
    out += "  }\n";
  }
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    if (inside.count(node) == 0) out += "  " + line(node);
  }
  for (const auto& wire : picture.wires) {
    if (wire->dangling) continue;
    out += "  \"" + dotText(wire->fromNode) + "\" -> \"" + dotText(wire->toNode) + "\"";
    out += wire->aside ? " [style=dashed, label=\"" + dotText(wire->fromPort) + "\"];\n" : ";\n";
  }
  return out + "}\n";
}

}  // namespace weir::drawing
