#include "core/catalog/elf_section.hpp"

#include <elf.h>

#include <QTemporaryDir>
#include <cstring>
#include <fstream>
#include <random>

#include "core/catalog/manifest.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "core/catalog/read_manifest.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::catalog;

namespace {

constexpr std::string_view kContents =
    R"({"manifest_version":1,"plugin":"p","version":"1","operators":[{"id":"f","kind":"format"}]})";

// A library of three sections: nothing, the manifest, the names.
struct Image {
  Elf64_Ehdr header{};
  Elf64_Shdr sections[3]{};
  std::string names = std::string("\0weir_manifest\0.shstrtab\0", 25);
  std::string contents = std::string(kContents);

  Image() {
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_DYN;
    header.e_shoff = sizeof(Elf64_Ehdr);
    header.e_shnum = 3;
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shstrndx = 2;
    sections[1].sh_name = 1;
    sections[1].sh_type = SHT_PROGBITS;
    sections[1].sh_offset = sizeof(header) + sizeof(sections) + names.size();
    sections[1].sh_size = contents.size();
    sections[2].sh_name = 15;
    sections[2].sh_type = SHT_STRTAB;
    sections[2].sh_offset = sizeof(header) + sizeof(sections);
    sections[2].sh_size = names.size();
  }

  std::string bytes() const {
    std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
    out.append(reinterpret_cast<const char*>(sections), sizeof(sections));
    return out + names + contents;
  }
};

Result<std::string> section(const std::string& bytes, std::size_t limit = 1 << 20) {
  const ByteSource source{bytes.size(), [&](std::uint64_t offset, void* out, std::size_t length) {
                            if (offset > bytes.size() || length > bytes.size() - offset)
                              qFatal("read outside the image");
                            std::memcpy(out, bytes.data() + offset, length);
                            return true;
                          }};
  return readElfSection(source, "weir_manifest", limit);
}

std::string refusal(const Image& image, std::size_t limit = 1 << 20) {
  const Result<std::string> outcome = section(image.bytes(), limit);
  return outcome ? "it was accepted" : outcome.error().message;
}

}  // namespace

class ElfSectionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theManifestIsFound() {
    const Result<std::string> contents = section(Image().bytes());
    QVERIFY(contents.ok());
    QCOMPARE(*contents, std::string(kContents));
  }

  void whatIsNoLibraryIsRefused() {
    QVERIFY(section("").error().message.find("no ELF file") != std::string::npos);
    QVERIFY(section(std::string(1000, 'x')).error().message.find("no ELF file") != std::string::npos);
    Image other;
    other.header.e_ident[EI_CLASS] = ELFCLASS32;
    QVERIFY(refusal(other).find("another kind of machine") != std::string::npos);
    Image program;
    program.header.e_type = ET_EXEC;
    QVERIFY(refusal(program).find("not a shared library") != std::string::npos);
  }

  void aLibraryWithoutTheSectionIsNoPlugin() {
    Image image;
    image.names[1] = 'x';
    QVERIFY(refusal(image).find("no section weir_manifest") != std::string::npos);
  }

  void liesAboutPlacesAndSizesAreRefused() {
    Image table;
    table.header.e_shoff = UINT64_MAX - 8;
    QVERIFY(refusal(table).find("outside the file") != std::string::npos);
    Image names;
    names.sections[2].sh_offset = 1 << 30;
    QVERIFY(refusal(names).find("outside the file") != std::string::npos);
    Image nameBytes;
    nameBytes.sections[2].sh_size = UINT64_MAX;
    QVERIFY(refusal(nameBytes).find("cannot be read") != std::string::npos);
    Image contents;
    contents.sections[1].sh_offset = UINT64_MAX - 2;
    QVERIFY(refusal(contents).find("outside the file") != std::string::npos);
    Image empty;
    empty.sections[1].sh_type = SHT_NOBITS;
    QVERIFY(refusal(empty).find("no plain contents") != std::string::npos);
    Image strange;
    strange.header.e_shentsize = 1;
    QVERIFY(refusal(strange).find("damaged") != std::string::npos);
    Image nameless;
    nameless.header.e_shstrndx = 9;
    QVERIFY(refusal(nameless).find("no table of sections") != std::string::npos);
    QVERIFY(refusal(Image(), 10).find("too large") != std::string::npos);
  }

  void damagedLibrariesNeverHarm() {
    constexpr unsigned kSeed = 20240501;
    std::mt19937 random(kSeed);
    const std::string whole = Image().bytes();
    for (int round = 0; round < 20000; ++round) {
      std::string bytes = whole;
      for (unsigned flips = 1 + random() % 4; flips > 0; --flips) bytes[random() % 256] = static_cast<char>(random());
      if (random() % 4 == 0) bytes.resize(random() % bytes.size());
      const Result<std::string> contents = section(bytes);
      if (contents) (void)parseManifest(*contents);
    }
  }

  void aFileIsReadWithoutLoadingIt() {
    const QTemporaryDir folder;
    const std::string path = folder.filePath("p.so").toStdString();
    std::ofstream(path, std::ios::binary) << Image().bytes();
    const Result<Manifest> manifest = readManifest(path);
    QVERIFY2(manifest.ok(), manifest ? "" : manifest.error().message.c_str());
    QCOMPARE(manifest->plugin, std::string("p"));
  }

  void whatIsNoFileIsRefusedAtOnce() {
    QVERIFY(readManifest("/nowhere/p.so").error().message.find("cannot be opened") != std::string::npos);
    QVERIFY(readManifest("/dev/null").error().message.find("not a regular file") != std::string::npos);
  }
};

WEIR_TEST(ElfSectionTest)
#include "elf_section_test.moc"
