#include "plugins/file/committed_end.hpp"

#include <charconv>
#include <filesystem>

#include "weir/sdk/path_pattern.hpp"

namespace weir::file {
namespace {

// No path holds one.
constexpr char kSeparator = '\0';

std::string takeUntil(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  std::string taken(text.substr(0, at));
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

}  // namespace

// "3 LENGTH TAIL", BESIDE and PATH. Version 2 was "2 LENGTH TAIL" or "2 LENGTH TAIL BESIDE"; version 1 "1 LENGTH TAIL",
// of a file that was PATH.uncommitted or in its place.
std::string CommittedEnd::text() const {
  return "3 " + std::to_string(length) + " " + tail + kSeparator + beside + kSeparator + path;
}

std::optional<CommittedEnd> CommittedEnd::parse(std::string_view text, const std::string& path) {
  CommittedEnd end;
  const std::string version = takeUntil(text, ' ');
  const std::string length = takeUntil(text, ' ');
  const auto [after, problem] = std::from_chars(length.data(), length.data() + length.size(), end.length);
  if (problem != std::errc() || after != length.data() + length.size()) return std::nullopt;
  end.tail = takeUntil(text, version == "3" ? kSeparator : ' ');
  if (version == "1") {
    end.beside = std::filesystem::path(path).filename().string() + std::string(kUncommitted);
  } else if (version == "2") {
    end.beside = text;
  } else if (version == "3") {
    end.beside = takeUntil(text, kSeparator);
    end.path = text;
  } else {
    return std::nullopt;
  }
  return end;
}

}  // namespace weir::file
