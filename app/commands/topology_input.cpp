#include "commands/topology_input.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace weir::app {

Result<std::string> readWholeFile(std::string_view path) {
  constexpr std::size_t kMostBytes = 256U << 20;
  const std::string name(path);
  const auto close = [](std::FILE* file) {
    if (file != stdin) std::fclose(file);
  };
  const std::unique_ptr<std::FILE, decltype(close)> file(name == "-" ? stdin : std::fopen(name.c_str(), "rb"), close);
  if (!file) return configError(name + " cannot be opened: " + std::strerror(errno) + ".");
  std::string text;
  char buffer[65536];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof(buffer), file.get())) > 0;) {
    text.append(buffer, count);
    if (text.size() > kMostBytes) return configError(name + " is too large for a topology.");
  }
  if (std::ferror(file.get()) != 0) return configError(name + " cannot be read: " + std::strerror(errno) + ".");
  return text;
}

Result<topology::Topology> readTopologyFile(std::string_view path) {
  WEIR_TRY_ASSIGN(text, readWholeFile(path));
  topology::ReadOutcome outcome = topology::readTopology(text);
  if (topology::hasErrors(outcome.problems)) return configError(topology::problemsText(outcome.problems, path));
  return std::move(*outcome.topology);
}

}  // namespace weir::app
