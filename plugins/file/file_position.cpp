#include "plugins/file/file_position.hpp"

#include <algorithm>
#include <charconv>

namespace weir::file {
namespace {

constexpr std::string_view kVersion = "2:";

std::optional<std::uint64_t> number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || after != end) return std::nullopt;
  return value;
}

std::string_view takeField(std::string_view& text) {
  const std::size_t colon = text.find(':');
  const std::string_view field = text.substr(0, colon);
  text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
  return field;
}

}  // namespace

std::string FilePosition::text() const {
  return std::string(kVersion) + std::to_string(offset) + ":" + hexadecimal(head) + ":" + hexadecimal(tail) + ":" +
         path;
}

std::optional<FilePosition> FilePosition::parse(std::string_view text) {
  FilePosition position;
  if (text.empty()) return position;
  const bool bare = !text.starts_with(kVersion);
  if (!bare) text.remove_prefix(kVersion.size());
  const auto offset = number(takeField(text), 10);
  if (!offset) return std::nullopt;
  position.offset = *offset;
  if (bare) {
    position.bare = *offset != 0;
    return text.empty() ? std::optional(position) : std::nullopt;
  }
  const auto head = number(takeField(text), 16);
  const auto tail = number(takeField(text), 16);
  if (!head || !tail) return std::nullopt;
  position.head = *head;
  position.tail = *tail;
  position.path = text;
  return position;
}

Comparison compare(int file, std::uint64_t size, const FilePosition& position) {
  char bytes[kHeadLength];
  const auto hashOf = [&](std::uint64_t at, std::uint64_t length) -> std::optional<std::uint64_t> {
    const std::int64_t count = readFully(file, bytes, length, at);
    if (count < 0) return std::nullopt;
    return hashBytes({bytes, static_cast<std::size_t>(count)});
  };
  const bool shorter = size < position.offset;
  if (position.bare) {
    if (shorter) return {Resemblance::Shorter};
    if (size == position.offset) return {Resemblance::Same};
    if (readFully(file, bytes, 1, position.offset - 1) < 0) return {Resemblance::Other, errno};
    return {bytes[0] == '\n' ? Resemblance::Same : Resemblance::Rewritten};
  }
  // One that is too short for the comparison may be what is left of it.
  if (size < position.headLength()) return {Resemblance::Shorter};
  const auto head = hashOf(0, position.headLength());
  if (!head) return {Resemblance::Other, errno};
  if (*head != position.head) return {Resemblance::Other};
  if (shorter) return {Resemblance::Shorter};
  const auto tail = hashOf(position.offset - position.tailLength(), position.tailLength());
  if (!tail) return {Resemblance::Other, errno};
  return {*tail == position.tail ? Resemblance::Same : Resemblance::Rewritten};
}

}  // namespace weir::file
