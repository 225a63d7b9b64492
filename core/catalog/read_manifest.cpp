#include "core/catalog/read_manifest.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/descriptor.hpp"
#include "core/catalog/elf_section.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "weir/abi/plugin.h"
#include "weir/sdk/refusal.hpp"

namespace weir::catalog {

namespace {

constexpr std::size_t kMostManifestBytes = 4U << 20;

bool readAll(int descriptor, std::uint64_t offset, void* out, std::size_t length) {
  auto* to = static_cast<char*>(out);
  while (length > 0) {
    const ssize_t count = ::pread(descriptor, to, length, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    to += count;
    offset += static_cast<std::uint64_t>(count);
    length -= static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

Result<Manifest> readManifest(const std::string& libraryPath) {
  // Without waiting: a named pipe must not hang the reader.
  const Descriptor file(::open(libraryPath.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) {
    return configError(libraryPath + " cannot be opened: " + whyRefused(errno, libraryPath, Access::Read));
  }
  return readManifest(file.get(), libraryPath);
}

Result<Manifest> readManifest(int descriptor, const std::string& libraryPath) {
  WEIR_TRY_ASSIGN(text, readManifestText(descriptor, libraryPath));
  Result<Manifest> manifest = parseManifest(text);
  if (!manifest) return configError(libraryPath + ": " + manifest.error().message);
  return manifest;
}

Result<std::string> readManifestText(int descriptor, const std::string& libraryPath) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    return configError(libraryPath + " is not a regular file.");
  }
  const ByteSource source{
      static_cast<std::uint64_t>(status.st_size),
      [&](std::uint64_t offset, void* out, std::size_t length) { return readAll(descriptor, offset, out, length); }};
  Result<std::string> text = readElfSection(source, WEIR_MANIFEST_SECTION, kMostManifestBytes);
  if (!text) return configError(libraryPath + " " + text.error().message);
  return text;
}

}  // namespace weir::catalog
