#include "core/topology/parts/part_reader.hpp"

#include <filesystem>

#include "core/base/read_file.hpp"
#include "core/catalog/manifest.hpp"

namespace weir::topology {

PartReader partsOfThisMachine() {
  return [](const std::string& path) {
    constexpr std::size_t kMostBytes = 1U << 20;
    return readFile(path, kMostBytes);
  };
}

std::string partPath(std::string_view use, const std::string& user) {
  const std::filesystem::path named(use.substr(catalog::kPartUse.size()));
  return (std::filesystem::path(user).parent_path() / named).lexically_normal().string();
}

}  // namespace weir::topology
