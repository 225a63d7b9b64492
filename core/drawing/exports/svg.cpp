#include "core/drawing/exports/svg.hpp"

#include <algorithm>
#include <map>

#include "core/drawing/exports/colours.hpp"
#include "core/drawing/exports/markup.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace weir::drawing {

namespace {

using exports::Colours;
using exports::escaped;
using exports::number;

class SvgWriter {
 public:
  SvgWriter(const Picture& picture, const SvgOptions& options)
      : picture_(picture), colours_(options.dark ? exports::kDark : exports::kLight), paths_(routed(picture)) {
    Rect all = picture.bounds();
    for (const WirePath& path : paths_) {
      for (const Point& point : path) all = all.united({point.x, point.y, 1, 1});
    }
    frame_ = all.grown(options.margin);
  }

  std::string run() {
    const std::string size = number(frame_.width) + "\" height=\"" + number(frame_.height);
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" viewBox=\"" + number(frame_.x) + " " +
           number(frame_.y) + " " + number(frame_.width) + " " + number(frame_.height) +
           "\" font-family=\"Inter, sans-serif\" font-size=\"12\">\n";
    out_ +=
        "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"" +
        std::string(colours_.control) + "\" stroke-opacity=\"0.35\"/></pattern></defs>\n";
    rect(frame_, "fill=\"" + std::string(colours_.canvas) + "\"");
    for (const GroupPicture& group : picture_.groups) {
      if (!group.collapsed) openGroup(group);
    }
    wires();
    for (std::size_t node = 0; node < picture_.nodes.size(); ++node) {
      if (picture_.hiding(node) == nullptr) this->node(*picture_.nodes[node]);
    }
    for (const GroupPicture& group : picture_.groups) {
      if (group.collapsed) closedGroup(group);
    }
    for (const CommentPicture& comment : picture_.comments) this->comment(comment);
    return std::move(out_) + "</svg>\n";
  }

 private:
  void rect(const Rect& at, const std::string& attributes) {
    out_ += "<rect x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" width=\"" + number(at.width) + "\" height=\"" +
            number(at.height) + "\" " + attributes + "/>\n";
  }
  void path(std::string_view outline, const std::string& attributes) {
    out_ += "<path d=\"" + std::string(outline) + "\" " + attributes + "/>\n";
  }
  void text(double x, double y, std::string_view words, std::string_view colour, std::string_view more = "") {
    if (words.empty()) return;
    out_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" fill=\"" + std::string(colour) + "\"" +
            std::string(more) + ">" + escaped(words) + "</text>\n";
  }
  static std::string stroke(std::string_view colour, double width) {
    return "fill=\"none\" stroke=\"" + std::string(colour) + "\" stroke-width=\"" + number(width) + "\"";
  }

  void openGroup(const GroupPicture& group) {
    rect(group.bounds, "rx=\"8\" fill=\"" + std::string(colours_.accent) + "\" fill-opacity=\"" +
                           number(colours_.groupOpacity) + "\" stroke=\"" + std::string(colours_.cardBorder) + "\"");
    text(group.bounds.x + 12, group.bounds.y + 20, group.title, colours_.secondText, kBold);
  }

  void closedGroup(const GroupPicture& group) {
    rect(group.bounds, "rx=\"8\" fill=\"" + std::string(colours_.card) + "\" stroke=\"" +
                           std::string(colours_.cardBorder) + "\" stroke-width=\"2\"");
    text(group.bounds.x + 16, group.bounds.y + 30, group.title, colours_.text, kName);
    text(group.bounds.x + 16, group.bounds.y + 50, std::to_string(group.nodes.size()) + " nodes", colours_.secondText);
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
        if (!paths_[wire].empty()) path(exports::wireOutline(paths_[wire]), stroke(colours_.canvas, 5.5));
      }
      for (const std::size_t wire : *list) this->wire(wire);
    }
  }

  void wire(std::size_t index) {
    if (paths_[index].empty()) return;
    const WirePicture& wire = *picture_.wires[index];
    const bool wrong = wire.badge == Badge::Error || wire.badge == Badge::Draft;
    const std::string_view colour = wrong ? colours_.error : wire.aside ? colours_.warning : colours_.wire;
    path(exports::wireOutline(paths_[index]), stroke(colour, 1.5) + (wire.aside ? " stroke-dasharray=\"4 3\"" : ""));
    if (wire.badge != Badge::Error) return;
    const Point middle = exports::middleOf(paths_[index]);
    path(std::string(kCircle) + std::string(kCross),
         "transform=\"translate(" + number(middle.x) + " " + number(middle.y) + ")\" fill=\"" +
             std::string(colours_.canvas) + "\" stroke=\"" + std::string(colours_.error) +
             "\" stroke-width=\"1.5\" stroke-linecap=\"round\"");
  }

  void node(const NodePicture& node) {
    const auto kind = static_cast<std::size_t>(node.kind);
    const std::string shape = exports::outline(node.kind, node.size);
    out_ += "<g id=\"node-" + escaped(node.id) + "\" transform=\"translate(" + number(node.at().x) + " " +
            number(node.at().y) + ")\">\n<title>" + escaped(node.fullName) + "</title>\n";
    if (colours_.shadow) path(shape, "transform=\"translate(0 2)\" fill=\"#1B1F24\" fill-opacity=\"0.07\"");
    std::string border = " stroke=\"" + std::string(colours_.cardBorder) + "\"";
    if (node.badge == Badge::Draft || node.missing) {
      border = " stroke=\"" + std::string(colours_.control) + "\" stroke-dasharray=\"4 3\"";
    } else if (node.badge != Badge::None) {
      border = " stroke=\"" + std::string(node.badge == Badge::Error ? colours_.error : colours_.warning) +
               "\" stroke-width=\"1.5\"";
    }
    const std::string card = "fill=\"" + std::string(colours_.card) + "\"";
    if (node.kind == NodeKind::Stateful) {
      path(shape, "transform=\"translate(4 4)\" " + card + " stroke=\"" + std::string(colours_.cardBorder) + "\"");
    }
    path(shape, card);
    if (node.missing) hatch(node);
    path(exports::capOutline(node.kind, node.size),
         "fill=\"" + std::string(node.missing ? colours_.control : colours_.kinds[kind]) + "\"");
    path(shape, "fill=\"none\"" + border);
    path(node.missing ? kPuzzle : exports::iconOutline(node.kind),
         "transform=\"translate(" + number(kCapWidth / 2) + " " + number(node.size.height / 2) + ")\" " +
             stroke(colours_.darkIcons[kind] ? "#14161A" : "#FFFFFF", 1.5) +
             " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    const double x = kCapWidth + kTextInset;
    text(x, kNameTop + 14.5, node.name, colours_.text, kName);
    text(x, kWordsTop + 12, node.words[0], colours_.secondText);
    text(x, kWordsTop + kWordsLine + 12, node.words[1], colours_.secondText);
    badge(node);
    for (const PortPicture& port : node.ports) this->port(node, port);
    out_ += "</g>\n";
  }

  // Its texts stay on plain ground.
  void hatch(const NodePicture& node) {
    path(exports::outline(node.kind, node.size), "fill=\"url(#hatch)\"");
    const double x = kCapWidth + kTextInset;
    const InterMeasure measure;
    const auto plate = [&](double y, double height, std::string_view words, FontRole role) {
      if (words.empty()) return;
      const double width = std::min(measure.width(words, role) + 8, node.size.width - x - 4);
      rect({x - 4, y, width, height}, "rx=\"3\" fill=\"" + std::string(colours_.card) + "\"");
    };
    plate(kNameTop, kNameBottom - kNameTop, node.name, FontRole::NodeName);
    plate(kWordsTop, kWordsLine, node.words[0], FontRole::Words);
    plate(kWordsTop + kWordsLine, kWordsLine, node.words[1], FontRole::Words);
  }

  void badge(const NodePicture& node) {
    if (node.badge == Badge::None) return;
    const std::string place = "transform=\"translate(" + number(node.size.width - kTextMargin - kBadgeSize / 2) + " " +
                              number(kNameTop + 10) + ")\" stroke-linecap=\"round\" ";
    switch (node.badge) {
      case Badge::Error: path(std::string(kCircle) + std::string(kCross), place + stroke(colours_.error, 1.5)); break;
      case Badge::Warning: path("M0 -6.5L7.5 6H-7.5ZM0 -2.5V1.5M0 4V4.1", place + stroke(colours_.warning, 1.5)); break;
      case Badge::Draft:
        path(std::string(kCircle) + "M-2 -2A2 2 0 1 1 0 0.5V1M0 3.5V3.6", place + stroke(colours_.secondText, 1.5));
        break;
      case Badge::Missing: path(kPuzzle, place + stroke(colours_.secondText, 1.5)); break;
      case Badge::None: break;
    }
  }

  void port(const NodePicture& node, const PortPicture& port) {
    const std::string_view colour = port.mark == PortMark::Triangle ? colours_.warning : colours_.wire;
    const std::string paint =
        port.connected ? "fill=\"" + std::string(colour) + "\" stroke=\"" + std::string(colours_.canvas) + "\""
                       : "fill=\"" + std::string(colours_.card) + "\" stroke=\"" + std::string(colour) + "\"";
    std::string_view shape;
    switch (port.mark) {
      case PortMark::Circle: shape = "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z"; break;
      case PortMark::Diamond: shape = "M0 -6L6 0L0 6L-6 0Z"; break;
      case PortMark::Square: shape = "M-4.5 -4.5H4.5V4.5H-4.5Z"; break;
      case PortMark::Triangle: shape = "M-4 -5L5 0L-4 5Z"; break;
    }
    path(shape, "transform=\"translate(" + number(port.output ? node.size.width : 0) + " " + number(port.offset) +
                    ")\" " + paint + " stroke-width=\"1.5\"");
  }

  void comment(const CommentPicture& comment) {
    rect({comment.bounds.x, comment.bounds.y, kCommentBar, comment.bounds.height},
         "fill=\"" + std::string(colours_.cardBorder) + "\"");
    double y = comment.bounds.y + 14.5;
    for (const std::string& line : comment.lines) {
      text(comment.bounds.x + kCommentBar + kCommentInset, y, line, colours_.text, " font-size=\"13\"");
      y += kCommentLine;
    }
  }

  static constexpr std::string_view kPuzzle = "M-6 -4H-2A2 2 0 1 1 2 -4H6V0A2 2 0 1 1 6 4V7H-6Z";
  static constexpr std::string_view kCircle = "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0";
  static constexpr std::string_view kCross = "M-2.5 -2.5L2.5 2.5M-2.5 2.5L2.5 -2.5";
  static constexpr std::string_view kBold = " font-weight=\"600\"";
  static constexpr std::string_view kName = " font-weight=\"600\" font-size=\"13\"";

  const Picture& picture_;
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
