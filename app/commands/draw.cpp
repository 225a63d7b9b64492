#include <cstdio>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/base/write_file.hpp"
#include "core/drawing/exports/svg.hpp"
#include "core/drawing/exports/text_exports.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/topology/check/check.hpp"

namespace weir::app {

namespace {

int write(const std::string& text, const std::string& path) {
  if (path.empty()) return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? kExitOk : kExitFailed;
  const Result<void> written = writeFile(path, text);
  if (written) return kExitOk;
  fail(written.error());
  return kExitFailed;
}

class Draw final : public Command {
 public:
  Draw() : Command("draw") {
    table_.argument("FILE", file_, Offers::Topologies, "the topology; - is the standard input");
    table_.flag("--svg", svg_, "a picture, which is what is made unless another form is named");
    table_.flag("--mermaid", mermaid_, "a text for Mermaid, instead of the picture");
    table_.flag("--dot", dot_, "a text for Graphviz, instead of the picture");
    table_.flag("--dark", dark_, "the picture (no text) for a dark background");
    table_.file("-o", out_, "the file to write; without it, the standard output");
  }

  Result<void> check() override {
    if (svg_ + mermaid_ + dot_ > 1) return configError("One form at a time: --svg, --mermaid or --dot.");
    if (dark_ && (mermaid_ || dot_)) return configError("--dark is for pictures: it goes with --svg alone.");
    return {};
  }

  int run() override {
    topology::Topology topology;
    if (const int status = takeTopology(file_, topology); status != kExitOk) return status;
    const Result<host::FoundPlugins> plugins = host::findPlugins();
    if (!plugins) return fail(plugins.error());
    if (!out_.empty()) {
      const int status = checkOutput(file_, topology, plugins->catalog, out_);
      if (status != kExitOk) return status;
    }
    // A topology with mistakes is drawn with them. What only operators know would not show.
    topology::Surroundings around;
    around.partsFrom = file_ == "-" ? "" : file_;
    around.parts = topology::partsOfThisMachine();
    const catalog::Catalog catalog = withParts(plugins->catalog, topology, file_);
    const topology::Problems problems = topology::check(topology, catalog, {}, nullptr, around).problems;
    const drawing::InterMeasure measure;
    const drawing::PictureMaker maker(catalog, measure);
    if (!mermaid_ && !dot_) drawing::placeMissing(topology, maker);
    const drawing::Picture picture = maker.make(topology, problems);
    if (mermaid_) return write(drawing::mermaidOf(picture), out_);
    if (dot_) return write(drawing::dotOf(picture, topology.name.value), out_);
    return write(drawing::svgOf(picture, {.dark = dark_}), out_);
  }

 private:
  std::string file_;
  std::string out_;
  bool svg_ = false;
  bool mermaid_ = false;
  bool dot_ = false;
  bool dark_ = false;
};

}  // namespace

std::unique_ptr<Command> makeDraw() {
  return std::make_unique<Draw>();
}

}  // namespace weir::app
