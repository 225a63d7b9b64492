#include "core/catalog/elf_section.hpp"

#include <elf.h>

#include <cstring>

namespace weir::catalog {

namespace {

// No linker writes more; a hostile file may claim anything.
constexpr std::uint64_t kMostNameBytes = 1U << 20;

bool inside(const ByteSource& source, std::uint64_t offset, std::uint64_t length) {
  return offset <= source.size && length <= source.size - offset;
}

bool readRange(const ByteSource& source, std::uint64_t offset, void* out, std::size_t length) {
  return inside(source, offset, length) && source.read(offset, out, length);
}

Error damaged(std::string_view what) {
  return configError("is damaged: " + std::string(what) + ".");
}

Result<Elf64_Ehdr> readHeader(const ByteSource& source) {
  Elf64_Ehdr header{};
  if (!readRange(source, 0, &header, sizeof(header)) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return configError("is not a shared library (it is no ELF file).");
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return configError("is a library for another kind of machine; Weir needs 64 bits, little-endian.");
  }
  if (header.e_type != ET_DYN) return configError("is not a shared library.");
  return header;
}

}  // namespace

Result<std::string> readElfSection(const ByteSource& source, std::string_view section, std::size_t limit) {
  WEIR_TRY_ASSIGN(header, readHeader(source));
  if (header.e_shoff == 0 || header.e_shnum == 0 || header.e_shstrndx >= header.e_shnum) {
    return configError("has no table of sections, so no manifest can be read from it.");
  }
  if (header.e_shentsize != sizeof(Elf64_Shdr)) return damaged("its sections have an odd size");
  std::vector<Elf64_Shdr> sections(header.e_shnum);
  if (!readRange(source, header.e_shoff, sections.data(), sections.size() * sizeof(Elf64_Shdr))) {
    return damaged("its table of sections lies outside the file");
  }
  const Elf64_Shdr& nameSection = sections[header.e_shstrndx];
  if (nameSection.sh_type != SHT_STRTAB || nameSection.sh_size > kMostNameBytes) {
    return damaged("the names of its sections cannot be read");
  }
  std::string names(nameSection.sh_size, '\0');
  if (!readRange(source, nameSection.sh_offset, names.data(), names.size())) {
    return damaged("the names of its sections lie outside the file");
  }
  for (const Elf64_Shdr& candidate : sections) {
    if (candidate.sh_name >= names.size()) continue;
    // Up to the next zero, which a damaged table may lack.
    const std::string_view rest = std::string_view(names).substr(candidate.sh_name);
    if (rest.substr(0, rest.find('\0')) != section) continue;
    if (candidate.sh_type == SHT_NOBITS || (candidate.sh_flags & SHF_COMPRESSED) != 0) {
      return damaged("its section " + std::string(section) + " has no plain contents");
    }
    if (candidate.sh_size > limit) return damaged("its section " + std::string(section) + " is too large");
    std::string contents(candidate.sh_size, '\0');
    if (!readRange(source, candidate.sh_offset, contents.data(), contents.size())) {
      return damaged("its section " + std::string(section) + " lies outside the file");
    }
    return contents;
  }
  return configError("has no section " + std::string(section) +
                     ": it is no plugin, or was not built with weir_add_plugin.");
}

}  // namespace weir::catalog
