// Patterns of paths, the same for whoever reads files and for the checks of a topology:
//
//   ?    one character of a name
//   *    any number of characters of a name, none too
//   **   as a whole part between slashes: any number of folders, none too
//
// Nothing else means anything but itself. Names that begin with a point are met only by a part that begins with one.
// Names that end with ".uncommitted" are met by none.
#pragma once

#include <cstddef>
#include <string_view>

namespace weir {

// A sink that writes PATH may keep what is not committed yet beside it, in files with the name
// PATH.ANYTHING.uncommitted.
inline constexpr std::string_view kUncommitted = ".uncommitted";

inline bool isPathPattern(std::string_view path) {
  return path.find_first_of("*?") != std::string_view::npos;
}

// What comes before the first part that is a pattern, with the slash at its end; all of it when no part is one.
inline std::string_view fixedBeginning(std::string_view path) {
  const std::size_t sign = path.find_first_of("*?");
  if (sign == std::string_view::npos) return path;
  const std::size_t slash = path.rfind('/', sign);
  return path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
}

namespace detail {

// Bytes of the character that begins at `at`: 1 where the text is no UTF-8.
inline std::size_t characterLength(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if ((static_cast<unsigned char>(text[at]) & 0xc0U) == 0xc0U) {
    while (end < text.size() && end < at + 4 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  }
  return end - at;
}

// Takes the first part off a path.
inline std::string_view takePart(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  return part;
}

// By the characters alone.
inline bool matchesText(std::string_view pattern, std::string_view name) {
  std::size_t at = 0;
  std::size_t in = 0;
  // The last star takes one character more whenever what follows it does not fit.
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (in < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = in;
    } else if (at < pattern.size() && pattern[at] == '?') {
      ++at;
      in += detail::characterLength(name, in);
    } else if (at < pattern.size() && pattern[at] == name[in]) {
      ++at;
      ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      taken += detail::characterLength(name, taken);
      in = taken;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

}  // namespace detail

// Whether a part of a pattern meets a name without slashes.
inline bool matchesName(std::string_view pattern, std::string_view name) {
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  return !name.ends_with(kUncommitted) && detail::matchesText(pattern, name);
}

// Whether a pattern meets a path. Both begin at the same place and are without "." and "..".
inline bool matchesPath(std::string_view pattern, std::string_view path) {
  while (!pattern.empty()) {
    std::string_view rest = pattern;
    const std::string_view part = detail::takePart(rest);
    if (part == "**") {
      if (rest.empty()) rest = "*";  // everything below
      for (;;) {
        if (matchesPath(rest, path)) return true;
        const std::string_view folder = detail::takePart(path);
        if (path.empty() || folder.starts_with('.')) return false;
      }
    }
    if (path.empty()) return false;
    if (!matchesName(part, detail::takePart(path))) return false;
    pattern = rest;
  }
  return path.empty();
}

// Whether a pattern may meet something in a folder, or in one below it; as above.
inline bool reachesInto(std::string_view pattern, std::string_view folder) {
  if (pattern.empty() || folder.empty()) return !pattern.empty();
  std::string_view rest = pattern;
  const std::string_view part = detail::takePart(rest);
  if (part == "**" && reachesInto(rest, folder)) return true;
  const std::string_view name = detail::takePart(folder);
  if (part == "**") return !name.starts_with('.') && reachesInto(pattern, folder);
  return matchesName(part, name) && reachesInto(rest, folder);
}

}  // namespace weir
