#include "core/drawing/exports/svg.hpp"

#include <algorithm>
#include <map>
#include <numbers>

#include "core/drawing/exports/internal/markup.hpp"
#include "core/drawing/icons/icons.hpp"
#include "core/drawing/look/colours.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/look/node_areas.hpp"
#include "core/drawing/look/shapes.hpp"
#include "core/drawing/picture/badge_icons.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace weir::drawing {

namespace {

using exports::escaped;
using exports::hexOf;
using exports::number;
using exports::pathData;

// Where the baseline of a text is below the top of its line.
constexpr double kNameBaseline = 14.5;
constexpr double kWordsBaseline = 12;

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}
std::string attribute(std::string_view name, double value) {
  return attribute(name, number(value));
}
std::string at(Point point) {
  return attribute("transform", "translate(" + number(point.x) + " " + number(point.y) + ")");
}
std::string fill(Colour colour) {
  return attribute("fill", hexOf(colour));
}
std::string border(Colour colour, double width) {
  return attribute("stroke", hexOf(colour)) + attribute("stroke-width", width);
}
std::string stroke(Colour colour, double width) {
  return attribute("fill", "none") + border(colour, width);
}
std::string idle(bool is) {
  return is ? attribute("opacity", kIdleOpacity) : "";
}
std::string dashes() {
  return attribute("stroke-dasharray", number(kDash) + " " + number(kDashGap));
}
std::string font(int size, bool bold = false) {
  return (bold ? attribute("font-weight", "600") : "") + (size == kWordsText ? "" : attribute("font-size", size));
}

class SvgWriter {
 public:
  SvgWriter(const Picture& picture, const SvgOptions& options)
      : picture_(picture),
        options_(options),
        colours_(options.dark ? kDarkColours : kLightColours),
        paths_(routed(picture)) {
    Rect all = picture.bounds();
    for (const WirePath& path : paths_) {
      for (const Point& point : path) all = all.united({point.x, point.y, 1, 1});
    }
    frame_ = all.grown(options.margin);
  }

  std::string run() {
    const std::string head = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", frame_.width) +
                             attribute("height", frame_.height) +
                             attribute("viewBox", number(frame_.x) + " " + number(frame_.y) + " " +
                                                      number(frame_.width) + " " + number(frame_.height)) +
                             attribute("font-family", "Inter, sans-serif") + attribute("font-size", kWordsText) + ">\n";
    const std::string step = number(kHatchStep / std::numbers::sqrt2);
    out_ += "<defs><pattern id=\"hatch\"" + attribute("width", step) + attribute("height", step) +
            " patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V" + step + "\"" +
            border(colours_.hatch, kHatchWidth) + "/></pattern></defs>\n";
    rect(frame_, fill(colours_.canvas));
    for (const GroupPicture& group : picture_.groups) {
      if (group.framed()) this->group(group);
    }
    wires();
    for (std::size_t node = 0; node < picture_.nodes.size(); ++node) {
      if (picture_.hiding(node) == nullptr) this->node(*picture_.nodes[node]);
    }
    for (const GroupPicture& group : picture_.groups) {
      if (group.boxed()) this->group(group);
    }
    for (const LinkTag& tag : picture_.links) link(tag);
    for (const CommentPicture& comment : picture_.comments) this->comment(comment);
    const std::string style = options_.fontFaces ? "<style>" + options_.fontFaces(out_) + "</style>\n" : "";
    return head + style + out_ + "</svg>\n";
  }

 private:
  void rect(const Rect& at, const std::string& attributes) {
    out_ += "<rect" + attribute("x", at.x) + attribute("y", at.y) + attribute("width", at.width) +
            attribute("height", at.height) + attributes + "/>\n";
  }
  void path(std::string_view outline, const std::string& attributes) {
    out_ += "<path" + attribute("d", outline) + attributes + "/>\n";
  }
  void text(Point at, std::string_view words, Colour colour, const std::string& font = "") {
    if (words.empty()) return;
    out_ += "<text" + attribute("x", at.x) + attribute("y", at.y) + fill(colour) + font + ">" + escaped(words) +
            "</text>\n";
  }

  void icon(std::string_view name, Point middle, double side, Colour colour) {
    const double scale = side / kIconSide;
    const Point corner = middle - Point{side / 2, side / 2};
    out_ += "<g" +
            attribute("transform",
                      "translate(" + number(corner.x) + " " + number(corner.y) + ") scale(" + number(scale) + ")") +
            stroke(colour, kIconStroke) + attribute("stroke-linecap", "round") + attribute("stroke-linejoin", "round") +
            ">" + std::string(iconDrawing(name)) + "</g>\n";
  }

  void group(const GroupPicture& group) {
    const Rect frame = group.bounds.grown(-kBorder / 2);
    const std::string rounded = attribute("rx", kGroupRadius);
    const std::string edge = border(colours_.cardBorder, kBorder);
    if (group.collapsed) {
      rect(frame.moved({kSecondCard, kSecondCard}), rounded + fill(colours_.card) + edge);
      rect(frame, rounded + fill(colours_.card));
    }
    rect(frame, rounded + fill(colours_.accent) + attribute("fill-opacity", colours_.groupOpacity) + edge);
    const Point corner = group.bounds.corner() + Point{kTextMargin, 0};
    text(corner + Point{0, kTitleBaseline}, group.title, colours_.secondaryText, font(kGroupTitleText, true));
    if (!group.collapsed) return;
    text(corner + Point{0, kWordsTop + kWordsBaseline}, std::to_string(group.nodes.size()) + " nodes",
         colours_.secondaryText);
    for (const BorderPort& port : group.ports) this->port(group.portPoint(&port, port.output), port.mark, true);
  }

  // Those of one port together, so that a wire keeps clear of others that it crosses, but not of its own twins.
  void wires() {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> bySource;
    std::vector<const std::vector<std::size_t>*> order;
    for (std::size_t wire = 0; wire < picture_.wires.size(); ++wire) {
      const WirePicture& shown = *picture_.wires[wire];
      auto& list = bySource[{shown.fromNode, shown.fromPort}];
      if (list.empty()) order.push_back(&list);
      list.push_back(wire);
    }
    for (const auto* const list : order) {
      for (const std::size_t wire : *list) {
        if (paths_[wire].empty()) continue;
        path(pathData(wireShape(paths_[wire])), stroke(colours_.canvas, kWireWidth + 2 * kWireCasing));
      }
      for (const std::size_t wire : *list) this->wire(wire);
    }
    for (const LinkTag& tag : picture_.links) {
      const WirePicture& wire = *picture_.wires[tag.wire];
      path(pathData(wireShape(tag.stub)), stroke(colourOf(wire), kWireWidth) + (wire.aside ? dashes() : ""));
    }
  }

  Colour colourOf(const WirePicture& wire) const {
    const bool warns = wire.aside || wire.badge == Badge::Warning;
    return wire.badge == Badge::Error ? colours_.error : warns ? colours_.warning : colours_.wire;
  }

  void link(const LinkTag& tag) {
    const WirePicture& wire = *picture_.wires[tag.wire];
    const Colour colour = colourOf(wire);
    const double width = wire.badge == Badge::None ? kBorder : kStateBorder;
    rect(tag.bounds.grown(-width / 2), attribute("rx", kLinkRadius) + fill(colours_.card) + border(colour, width));
    text(tag.bounds.corner() + Point{kLinkInset, kLinkBaseline}, tag.text,
         wire.badge == Badge::None ? colours_.text : colour);
  }

  void wire(std::size_t index) {
    if (paths_[index].empty()) return;
    const WirePicture& wire = *picture_.wires[index];
    const bool fails = wire.badge == Badge::Error;
    const Colour colour = colourOf(wire);
    path(pathData(wireShape(paths_[index])),
         stroke(colour, kWireWidth) + (wire.aside || wire.idle ? dashes() : "") + idle(wire.idle));
    if (!fails) return;
    const Point middle = middleOf(paths_[index]);
    out_ += "<circle" + attribute("cx", middle.x) + attribute("cy", middle.y) + attribute("r", kBadgeSize / 2) +
            fill(colours_.canvas) + "/>\n";
    icon(iconOf(wire.badge), middle, kBadgeSize, colours_.error);
  }

  std::string borderOf(const NodePicture& node) const {
    switch (node.badge) {
      case Badge::None:
      case Badge::Stopped:
      case Badge::Passed: break;
      case Badge::Error: return stroke(colours_.error, kStateBorder);
      case Badge::Warning: return stroke(colours_.warning, kStateBorder);
      case Badge::Draft:
      case Badge::Missing: return stroke(colours_.control, kStateBorder) + dashes();
    }
    return stroke(colours_.cardBorder, kBorder);
  }

  void node(const NodePicture& node) {
    const KindColours& kind = colours_.of(node.kind);
    const std::string shape = pathData(silhouette(node.kind, node.size));
    out_ += "<g" + attribute("id", "node-" + escaped(node.id)) + at(node.at()) + idle(node.idle) + ">\n<title>" +
            escaped(node.fullName) + "</title>\n";
    if (colours_.shadowOpacity > 0) {
      path(shape, at({0, kShadowOffset}) + fill(colours_.shadow) + attribute("fill-opacity", colours_.shadowOpacity));
    }
    if (node.kind == NodeKind::Stateful) {
      path(shape, at({kSecondCard, kSecondCard}) + fill(colours_.card) + border(colours_.cardBorder, kBorder));
    }
    path(shape, fill(colours_.card));
    if (node.missing) path(shape, attribute("fill", "url(#hatch)"));
    path(pathData(capSilhouette(node.kind, node.size)), fill(node.missing ? colours_.control : kind.fill));
    path(shape, borderOf(node));
    icon(node.missing ? iconOf(Badge::Missing) : iconNameFor(node.kind, node.icon),
         {kCapWidth / 2, node.size.height / 2}, kNodeIcon, node.missing ? colours_.card : kind.ink);
    texts(node);
    badge(node);
    for (const PortPicture& port : node.ports) {
      this->port({port.output ? node.size.width : 0, port.offset}, port.mark, port.connected);
    }
    out_ += "</g>\n";
  }

  void texts(const NodePicture& node) {
    const Rect area = textArea(node.kind, node.size);
    const auto line = [&](double y, double height, std::string_view words, FontRole role) {
      if (!node.missing || words.empty()) return;  // else the card is plain already
      const double wanted = InterMeasure().width(words, role) + 2 * kPlateMargin;
      const double x = area.x - kPlateMargin;
      rect({x, y, std::min(wanted, node.size.width - kPlateMargin - area.x), height}, fill(colours_.card));
    };
    line(kNameTop, kNameBottom - kNameTop, node.name, FontRole::NodeName);
    text({area.x, kNameTop + kNameBaseline}, node.name, colours_.text, font(kNameText, true));
    double y = kWordsTop;
    for (const std::string& words : node.words) {
      line(y, kWordsLine, words, FontRole::Words);
      text({area.x, y + kWordsBaseline}, words, colours_.secondaryText);
      y += kWordsLine;
    }
  }

  void badge(const NodePicture& node) {
    const Colour colour = node.badge == Badge::Error     ? colours_.error
                          : node.badge == Badge::Warning ? colours_.warning
                                                         : colours_.secondaryText;
    icon(iconOf(node.badge), badgeArea(node.kind, node.size).centre(), kBadgeSize, colour);
  }

  // One that has a wire keeps clear of the card by a ring; one that has none is a ring.
  void port(Point centre, PortMark mark, bool connected) {
    const Colour colour = mark == PortMark::Triangle ? colours_.warning : colours_.wire;
    const std::string shape = pathData(portShape(mark));
    const std::string place = at(centre);
    if (connected) {
      path(shape, place + stroke(colours_.canvas, 2 * kPortRing));
      path(shape, place + fill(colour));
    } else {
      path(shape, place + fill(colours_.card) + border(colour, kPortRing));
    }
  }

  void comment(const CommentPicture& comment) {
    const std::optional<NodeKind> hue = hueOf(comment.colour);
    const Colour colour = hue ? colours_.of(*hue).fill : colours_.control;
    if (hue) rect(comment.bounds, fill(colour) + attribute("fill-opacity", kCommentGround));
    rect({comment.bounds.x, comment.bounds.y, kCommentBar, comment.bounds.height}, fill(colour));
    Point line = comment.bounds.corner() + Point{kCommentBar + kCommentInset, kNameBaseline};
    for (const std::string& words : comment.lines) {
      text(line, words, colours_.text, font(kCommentText));
      line.y += kCommentLine;
    }
  }

  static constexpr double kHatchWidth = kBorder;
  static constexpr double kTitleBaseline = 20;  // of a group

  const Picture& picture_;
  const SvgOptions& options_;
  const Colours& colours_;
  std::vector<WirePath> paths_;
  Rect frame_;
  std::string out_;
};

}  // namespace

std::string svgOf(const Picture& picture, const SvgOptions& options) {
  return SvgWriter(picture, options).run();
}

}  // namespace weir::drawing
