#include <cstdio>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/base/write_file.hpp"
#include "core/drawing/exports/svg.hpp"
#include "core/drawing/exports/text_exports.hpp"
#include "core/drawing/layout/layered_layout.hpp"
#include "core/topology/check/check.hpp"

namespace weir::app {

namespace {

struct DrawOptions {
  std::string file;
  std::string out;
  std::string form = "--svg";
  bool dark = false;
};

bool parse(Arguments arguments, DrawOptions& options) {
  bool formGiven = false;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const std::string_view argument = arguments[index];
    if (argument == "--svg" || argument == "--mermaid" || argument == "--dot") {
      if (formGiven) return false;
      formGiven = true;
      options.form = argument;
    } else if (argument == "--dark") {
      options.dark = true;
    } else if (argument == "-o" && index + 1 < arguments.size()) {
      options.out = arguments[++index];
    } else if ((argument.starts_with("-") && argument != "-") || !options.file.empty()) {
      return false;
    } else {
      options.file = argument;
    }
  }
  return !options.file.empty() && !(options.dark && options.form != "--svg");
}

int write(const std::string& text, const std::string& path) {
  if (path.empty()) return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? kExitOk : kExitFailed;
  const Result<void> written = writeFile(path, text);
  if (written) return kExitOk;
  std::fprintf(stderr, "weir draw: %s\n", written.error().message.c_str());
  return kExitFailed;
}

}  // namespace

int drawCommand(Arguments arguments) {
  DrawOptions options;
  if (!parse(arguments, options)) {
    std::fputs(kDrawUsage, stderr);
    return kExitErrors;
  }
  Result<topology::Topology> topology = readTopologyFile(options.file);
  if (!topology) {
    std::fprintf(stderr, "%s\n", topology.error().message.c_str());
    return kExitErrors;
  }
  const Result<host::FoundPlugins> plugins = host::findPlugins();
  if (!plugins) {
    std::fprintf(stderr, "weir draw: %s\n", plugins.error().message.c_str());
    return kExitErrors;
  }
  if (!options.out.empty()) {
    topology::Surroundings around = surroundingsOf(options.file, topology->name.value);
    around.outputs.push_back({"-o", options.out});
    const topology::Problems overwritten = topology::checkOutputs(*topology, plugins->catalog, around);
    std::fputs(topology::problemsText(overwritten, options.file).c_str(), stderr);
    if (!overwritten.empty()) return kExitErrors;
  }
  // A topology with mistakes is drawn with them. What only operators know would not show.
  const topology::Problems problems = topology::check(*topology, plugins->catalog, {}).problems;
  const drawing::InterMeasure measure;
  const drawing::PictureMaker maker(plugins->catalog, measure);
  if (options.form == "--svg") drawing::placeMissing(*topology, maker);
  const drawing::Picture picture = maker.make(*topology, problems);
  if (options.form == "--mermaid") return write(drawing::mermaidOf(picture), options.out);
  if (options.form == "--dot") return write(drawing::dotOf(picture, topology->name.value), options.out);
  return write(drawing::svgOf(picture, {.dark = options.dark}), options.out);
}

}  // namespace weir::app
