#include "core/adapters/embedded/segments/topic_folder.hpp"

#include <cctype>
#include <charconv>
#include <cstdio>
#include <map>

#include "core/adapters/embedded/segments/crc32c.hpp"
#include "core/adapters/embedded/segments/segment_format.hpp"

namespace weir::embedded {

namespace {

constexpr std::string_view kFirstLine = "weir-topic 1";

// Lines of "<word> <number>", then "name" and "description" with their lengths, their bytes and a line end each.
std::string encode(const runtime::TopicSpec& spec) {
  std::string text(kFirstLine);
  text += "\npartitions " + std::to_string(spec.partitions) + "\nsegment_bytes " + std::to_string(spec.segmentBytes) +
          "\nretention_time " + std::to_string(spec.retentionTime) + "\nretention_bytes " +
          std::to_string(spec.retentionBytes) + "\nname " + std::to_string(spec.name.size()) + "\n" + spec.name +
          "\ndescription " + std::to_string(spec.description.size()) + "\n" + spec.description + "\n";
  text += "crc " + std::to_string(crc32c(std::as_bytes(std::span(text)))) + "\n";
  return text;
}

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  std::string_view position() const { return text_; }
  bool word(std::string_view name, std::int64_t& value) {
    const std::size_t end = text_.find('\n');
    if (end == std::string_view::npos || text_.substr(0, name.size()) != name || text_.size() <= name.size() ||
        text_[name.size()] != ' ') {
      return false;
    }
    const auto [after, error] = std::from_chars(text_.data() + name.size() + 1, text_.data() + end, value);
    if (error != std::errc() || after != text_.data() + end) return false;
    text_.remove_prefix(end + 1);
    return true;
  }
  bool text(std::string_view name, std::string& value) {
    std::int64_t length = 0;
    if (!word(name, length) || length < 0 || static_cast<std::size_t>(length) >= text_.size() ||
        text_[static_cast<std::size_t>(length)] != '\n') {
      return false;
    }
    value = text_.substr(0, static_cast<std::size_t>(length));
    text_.remove_prefix(static_cast<std::size_t>(length) + 1);
    return true;
  }

 private:
  std::string_view text_;
};

bool decode(const std::string& bytes, runtime::TopicSpec& spec) {
  Lines lines(std::string_view(bytes).substr(kFirstLine.size() + 1));
  std::int64_t partitions = 0;
  std::int64_t crc = 0;
  const bool read = lines.word("partitions", partitions) && lines.word("segment_bytes", spec.segmentBytes) &&
                    lines.word("retention_time", spec.retentionTime) &&
                    lines.word("retention_bytes", spec.retentionBytes) && lines.text("name", spec.name) &&
                    lines.text("description", spec.description);
  if (!read || partitions < 1 || partitions > INT32_MAX) return false;
  const std::string_view checked(bytes.data(), bytes.size() - lines.position().size());
  spec.partitions = static_cast<std::int32_t>(partitions);
  return lines.word("crc", crc) && crc == std::int64_t{crc32c(std::as_bytes(std::span(checked)))};
}

}  // namespace

std::string folderNameOf(const std::string& topic) {
  std::string name;
  for (const char c : topic) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 128 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || (c == '.' && !name.empty()));
    if (plain) {
      name += c;
    } else {
      char escaped[4];
      std::snprintf(escaped, sizeof(escaped), "%%%02X", byte);
      name += escaped;
    }
  }
  return name;
}

Result<void> writeTopic(runtime::Files& files, const std::string& folder, const runtime::TopicSpec& spec) {
  for (std::int32_t partition = 0; partition < spec.partitions; ++partition) {
    WEIR_TRY(files.makeFolders(folder + "/" + std::to_string(partition)));
  }
  const std::string path = folder + "/topic";
  auto opened = files.open(path + ".new", runtime::OpenMode::Append);
  if (!opened) return opened.error();
  const std::string text = encode(spec);
  WEIR_TRY((*opened)->truncate(0));
  WEIR_TRY((*opened)->append(std::as_bytes(std::span(text))));
  WEIR_TRY((*opened)->sync());
  WEIR_TRY(files.rename(path + ".new", path));
  return files.syncFolder(folder);
}

Result<std::optional<runtime::TopicSpec>> readTopic(runtime::Files& files, const std::string& folder) {
  const std::string path = folder + "/topic";
  WEIR_TRY_ASSIGN(known, files.exists(path));
  if (!known) return std::optional<runtime::TopicSpec>();
  auto opened = files.open(path, runtime::OpenMode::Read);
  if (!opened) return opened.error();
  WEIR_TRY_ASSIGN(size, (*opened)->size());
  std::string text(size, '\0');
  WEIR_TRY((*opened)->read(0, std::as_writable_bytes(std::span(text))));
  if (text.compare(0, 11, kFirstLine.substr(0, 11)) == 0 &&
      text.compare(0, kFirstLine.size() + 1, std::string(kFirstLine) + "\n") != 0) {
    return configError(path + " was written by another version of Weir (it begins '" + text.substr(0, text.find('\n')) +
                       "'). Use the version that wrote it, or a newer one.");
  }
  runtime::TopicSpec spec;
  if (text.compare(0, kFirstLine.size() + 1, std::string(kFirstLine) + "\n") != 0 || !decode(text, spec)) {
    return damagedFile(path, 0, "it is not the description of a topic");
  }
  return std::optional(std::move(spec));
}

}  // namespace weir::embedded
