// Any bytes as a library and as a manifest: no crash, and no read outside the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "core/catalog/elf_section.hpp"
#include "core/catalog/manifest.hpp"
#include "core/catalog/parse_manifest.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::catalog;  // NOLINT: a program of one file
  const ByteSource source{size, [&](std::uint64_t offset, void* out, std::size_t length) {
                            if (offset > size || length > size - offset) std::abort();
                            if (length != 0) std::memcpy(out, data + offset, length);
                            return true;
                          }};
  const weir::Result<std::string> section = readElfSection(source, "weir_manifest", 1U << 20);
  if (section) (void)parseManifest(*section);
  (void)parseManifest({reinterpret_cast<const char*>(data), size});
  return 0;
}
